// raster.js: spikes of many rows as vertical ticks, and under them the rate of all rows
/**
 * @typedef {ViewSpec & {
 *   times: string,
 *   units: string,
 *   rows: number | string,
 *   duration: number,
 *   label: string,
 *   strip: string,
 *   strip_label: string,
 *   expected: string,
 *   focus: number,
 *   label_x: string,
 *   groups: [string, number][],
 *   parts: string[],
 * }} RasterSpec
 *
 * @typedef {{
 *   times: Float64Array,
 *   units: Int32Array,
 *   rows: number,
 *   strip: Float64Array | null,
 * }} ShownRaster
 */
/** @extends {View<RasterSpec, ShownRaster>} */
class RasterView extends View {
  /** @param {Panel} panel @param {RasterSpec} spec */
  constructor(panel, spec) {
    super(panel, spec);
    this.high = 0; // of the strip, from the first picture on
    if (spec.expected) this.grip(spec.expected, "y", {
      range: () => [0, this.high],
      band: () => this.strip,
      near: (x, y) => x > this.left && x < this.right && Math.abs(y - this.y(panel.values[spec.expected], [0, this.high], ...this.strip)) < 9,
    });
  }
  /** @returns {Ends} */
  get strip() { return [this.bottom + this.size.gap, this.bottom + this.size.gap + this.size.strip]; }
  /** @param {Data} data @returns {ShownRaster} */
  prepare(data) {
    const { spec } = this;
    return {
      times: Float64Array.from(data[spec.times]), units: Int32Array.from(data[spec.units]),
      rows: typeof spec.rows === "number" ? spec.rows : Math.trunc(data.values[spec.rows]),
      strip: spec.strip ? Float64Array.from(data[spec.strip]) : null,
    };
  }
  /** @returns {Ends} */
  get span() { return [0, this.spec.duration]; }
  get time() { return this.shown; }
  /** @param {Float64Array} strip */
  stairs(strip) {
    /** @type {number[]} */
    const points = [];
    strip.forEach((v, k) => {
      for (const edge of [k, k + 1]) points.push(this.x(edge * this.spec.duration / strip.length, this.time), this.y(v, [0, this.high], ...this.strip));
    });
    return points;
  }
  /** @param {number} x @param {number} y @returns {Reading | null} */
  read(x, y) {
    const { spec, now, time } = this, t = this.across(x, time), row = Math.floor((y - this.top) / (this.bottom - this.top) * now.rows);
    let best = -1, far = 8;
    /** @type {number[]} */ (this.drawn).forEach((at, k) => {
      const distance = Math.abs(at - x);
      if (now.units[k] === row && distance < far) { best = k; far = distance; }
    });
    if (best < 0) return this.readAt(t, spec.label_x);
    return { x: this.x(now.times[best], time), along: now.times[best], lines: [`${named(spec.label)[0]} ${row + 1}`, spoken(`spike at (${named(spec.label_x)[1]})`, now.times[best], [0, (time[1] - time[0]) / 10])] };
  }
  /** @param {number} t @param {string} label @returns {Reading | null} */
  readAt(t, label) {
    const { spec, now, time } = this;
    if (label !== spec.label_x || t < time[0] || t > time[1]) return null;
    const lines = [spoken(spec.label_x, t, time)];
    if (now.strip) lines.push(spoken(spec.strip_label, now.strip[Math.min(now.strip.length - 1, Math.floor(t / spec.duration * now.strip.length))], [0, this.high]));
    return { x: this.x(t, time), along: t, lines };
  }
  // the names of groups and parts, and the lines between them
  /** @param {number} height */
  named(height) {
    const { groups, parts, duration } = this.spec;
    let begin = 0;
    for (const [name, n] of groups) {
      const y = Math.round(this.top + begin * height) + 0.5;
      if (begin) this.line([this.left, y, this.right, y], "rule");
      this.text(this.right + 6, this.top + (begin + 0.5 * n) * height + 4, name);
      begin += n;
    }
    parts.forEach((name, k) => {
      const [x, end] = [k, k + 1].map(n => this.x(n * duration / parts.length, this.time));
      if (end <= this.left + 1 || x >= this.right - 1) return;
      if (k && x > this.left) this.line([x, this.top, x, this.bottom], "soft", 1, { dash: [2, 3] });
      this.text((Math.max(x, this.left) + Math.min(end, this.right)) / 2, this.top - 10, name, "center");
    });
  }
  draw() {
    const { spec, now, ghost, panel } = this, { rows } = now, height = (this.bottom - this.top) / rows;
    this.text(0, this.top - 10, spec.label);
    const few = rows <= 10 ? rows : 5, labels = new Set([1, ...ticks(0, rows, few).list.filter(t => t >= 1 && Number.isInteger(t)), rows]);
    for (const row of labels) {
      if (row === 1 || row === rows || ((row - 1) * height > 13 && (rows - row) * height > 13)) this.text(this.left - 6, this.top + (row - 0.5) * height + 4, String(row), "right");
    }
    if (spec.focus) {
      this.cx.globalAlpha = 0.12;
      this.cx.fillStyle = this.colour.trace;
      this.cx.fillRect(this.left, this.top + (spec.focus - 1) * height, this.right - this.left, height);
      this.cx.globalAlpha = 1;
    }
    this.named(height);
    const from = Array.from(now.units, u => this.top + u * height + 0.1 * height);
    this.drawn = Array.from(now.times, t => t >= this.time[0] && t <= this.time[1] ? this.x(t, this.time) : NaN);
    this.strokes(this.drawn, from, from.map(y => y + 0.8 * height), "ink", 1.2);
    let bottom = this.bottom;
    if (now.strip) {
      bottom = this.strip[1];
      const expected = spec.expected ? panel.values[spec.expected] : 0;
      // the axis stays as it is under the hand
      this.high = this.high && panel.held ? this.high : niceTop(highest(now.strip, [1.5 * expected]));
      this.axisY([0, this.high], "", 2, ...this.strip);
      this.text(0, this.strip[0] - 8, spec.strip_label);
      if (ghost) this.clip(...this.strip, () => this.line(this.stairs(/** @type {Float64Array} */ (ghost.strip)), "trace", 1.25, { alpha: 0.25 }));
      this.clip(this.strip[0] - 1, this.strip[1] + 1, () => this.line(this.stairs(/** @type {Float64Array} */ (now.strip)), "trace", 1.5));
      if (spec.expected) {
        const y = Math.max(this.strip[0], this.y(expected, [0, this.high], ...this.strip));
        this.line([this.left, y, this.right, y], "q" + panel.control(spec.expected).colour, 1.5, { dash: [6, 4] });
      }
    }
    this.axisX(this.time, spec.label_x, bottom);
  }
}
VIEWS.raster = RasterView;
