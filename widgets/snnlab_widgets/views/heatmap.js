// heatmap.js: a matrix over two axes as colours, the bar that says what they mean, and a point
/**
 * @typedef {PlaneSpec & {
 *   z: string,
 *   low: number,
 *   high: number,
 *   label: string,
 *   scale: string,
 *   at: HandleSpec | null,
 *   kinds: [value: number, name: string][],
 *   nothing: string,
 *   ruled: number,
 *   cells?: string[],
 *   swatches: [name: string, level: number][],
 * }} HeatMapSpec
 *
 * @typedef {{
 *   values: Float64Array,
 *   columns: number,
 *   picture: HTMLCanvasElement,
 *   spot?: number[],
 * }} ShownHeatMap
 */
/** @extends {View<HeatMapSpec, ShownHeatMap>} */
class HeatMapView extends View {
  /** @param {Panel} panel @param {HeatMapSpec} spec */
  constructor(panel, spec) {
    super(panel, spec);
    /** @type {[x: Ends, y: Ends]} */
    this.ranges = [[spec.low_x, spec.high_x], [spec.low_y, spec.high_y]];
    this.scale = Uint8Array.from(/** @type {string[]} */ (spec.scale.match(/../g)), hex => parseInt(hex, 16));
    if (spec.ruled) this.element.classList.add("snn-map");
    if (spec.at) this.handle = new Handle(this, spec.at, this.ranges);
    this.bar = this.cells(Float64Array.from({ length: this.levels }, (_, k) => k + 0.5), 1, 0, this.levels);
  }
  get levels() { return this.scale.length / 3; }
  /** @param {Data} data @returns {ShownHeatMap} */
  prepare(data) {
    const { z, low, high } = this.spec, sent = data[z], values = Float64Array.from(sent.value ?? sent);
    const columns = sent.columns?.[0] ?? /** @type {ArrayArgument} */ (this.panel.spec.call.find(a => a.name === z)).shape[1];
    return { values, columns, picture: this.cells(values, columns, low, high), spot: this.handle?.where(data.values, data) };
  }
  // one pixel a cell; the first row is the lowest
  /** @param {Float64Array} values @param {number} columns @param {number} low @param {number} high */
  cells(values, columns, low, high) {
    const rows = values.length / columns, canvas = node("canvas", { width: columns, height: rows });
    const cx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")), image = cx.createImageData(columns, rows);
    values.forEach((v, k) => {
      if (Number.isNaN(v)) return;
      const level = Math.min(this.levels - 1, Math.max(0, Math.floor((v - low) / (high - low) * this.levels)));
      const at = 4 * ((rows - 1 - Math.floor(k / columns)) * columns + k % columns);
      for (let c = 0; c < 3; c++) image.data[at + c] = this.scale[3 * level + c];
      image.data[at + 3] = 255;
    });
    cx.putImageData(image, 0, 0);
    return canvas;
  }
  /** @param {number} x @param {number} y @returns {Reading | null} */
  read(x, y) {
    const { spec, now, ranges: [across, up] } = this, rows = now.values.length / now.columns;
    if (y < this.top || y >= this.bottom) return null;
    const column = Math.min(now.columns - 1, Math.floor(this.across(x, [0, now.columns])));
    const row = Math.min(rows - 1, Math.floor((this.bottom - y) / (this.bottom - this.top) * rows)), value = now.values[row * now.columns + column];
    // cells that are counted have a number, the others a place
    /** @type {(label: string, ends: Ends, cells: number, cell: number, at: number) => string} */
    const where = (label, ends, cells, cell, at) => ends[1] - ends[0] === cells && !named(label)[1]
      ? spoken(label, Math.ceil(ends[0] + cell), [0, 500]) : spoken(label, at, ends);
    // parts without numbers say nothing, kinds of cells their name
    const [names, ups] = [spec.names_x, spec.names_y];
    const kind = Number.isNaN(value) ? spec.nothing : spec.kinds.find(([of]) => Math.abs(of - value) < 1e-9)?.[1];
    const said = kind || spoken(spec.label, value, [spec.low, spec.high]), at = { x, along: this.across(x, across) };
    if (spec.cells?.length) return { ...at, spots: [[y, "ink"]], lines: [spec.cells[row * now.columns + column], said] };
    return {
      ...at, spots: [[y, "ink"]],
      lines: [names ? names[Math.floor(column / now.columns * names.length)] : where(spec.label_x, across, now.columns, column, this.across(x, across)),
        ups ? "" : where(spec.label_y, up, rows, row, up[0] + (this.bottom - y) / (this.bottom - this.top) * (up[1] - up[0])), said].filter(Boolean),
    };
  }
  /** @param {number} v @param {string} label @returns {Reading | null} */
  readAt(v, label) { return label === this.spec.label_x ? { x: this.x(v, this.ranges[0]), along: v, lines: [spoken(label, v, this.ranges[0])] } : null; }
  draw() {
    const { spec, now, ghost, cx, ranges, handle } = this, tall = this.bottom - this.top, bar = this.right + 16;
    cx.imageSmoothingEnabled = false;
    cx.drawImage(now.picture, this.left, this.top, this.right - this.left, tall);
    if (spec.ruled) {
      const [[west, east], [south, north]] = ranges;
      const strong = (/** @type {number} */ v) => v % spec.ruled ? 1 : 2.5;
      for (let v = west; v <= east; v++) this.line([this.x(v, ranges[0]), this.top, this.x(v, ranges[0]), this.bottom], "edge", strong(v));
      for (let v = south; v <= north; v++) this.line([this.left, this.y(v, ranges[1]), this.right, this.y(v, ranges[1])], "edge", strong(v));
    }
    inRows(this, spec.swatches, (k, x, y) => {
      const [name, level] = spec.swatches[k], edge = [x, y - 10, x + 16, y - 10, x + 16, y + 2, x, y + 2, x, y - 10];
      cx.fillStyle = level < this.levels ? `rgb(${this.scale.subarray(3 * level, 3 * level + 3).join()})` : "transparent";
      cx.fillRect(x, y - 10, 16, 12);
      this.line(edge, "edge");
      this.text(x + 24, y, name);
    });
    this.text(0, this.size.head, spec.label_y);
    /** @type {[number, number, Ends][]} */
    const sides = [];
    if (!spec.names_y) sides.push([this.left, -1, ranges[1]]);
    if (!spec.kinds.length) {
      cx.drawImage(this.bar, bar, this.top, 12, tall);
      this.text(this.right + this.size.right, this.size.head, spec.label, "right");
      sides.push([bar + 12, 1, [spec.low, spec.high]]);
    }
    for (const [x, side, range] of sides) {
      const { list, decimals } = ticks(...range, 4);
      for (const v of list) {
        const y = Math.round(this.y(v, range)) + 0.5;
        this.line([x, y, x + 4 * side, y], "soft");
        this.text(x + 7 * side, y + 4, fixed(v, decimals), side < 0 ? "right" : "left");
      }
    }
    if (handle) {
      // light around dark, or dark around light: one of them is seen on every colour
      handle.draw(() => [["ink", 1.5, {}], ["rule", 1.5, { dash: [4, 4] }]]);
      if (ghost) {
        this.dot(...handle.at(ghost.spot), 5.5, "rule");
        this.dot(...handle.at(ghost.spot), 3.5, "edge");
      }
      this.dot(...handle.at(), 7, "rule");
      this.dot(...handle.at(), 4, "ink");
    }
    this.axisX(ranges[0], spec.label_x);
  }
}
VIEWS.heatmap = HeatMapView;
