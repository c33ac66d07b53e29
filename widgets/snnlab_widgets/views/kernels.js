// kernels.js: named curves over one axis, and the points that shape them
/**
 * @typedef {PlaneSpec & {
 *   x: string,
 *   curves: [result: string, name: string, colour: number][],
 *   handles: HandleSpec[],
 * }} KernelsSpec
 *
 * @typedef {{
 *   x: Float64Array,
 *   turns?: boolean,
 *   curves: Float64Array[],
 *   spots: number[][],
 * }} ShownKernels
 */
/** @extends {View<KernelsSpec, ShownKernels>} */
class KernelsView extends View {
  /** @param {Panel} panel @param {KernelsSpec} spec */
  constructor(panel, spec) {
    super(panel, spec);
    /** @type {[x: Ends, y: Ends]} */
    this.ranges = [[spec.low_x, spec.high_x], [spec.low_y, spec.high_y]];
    this.handles = spec.handles.map(handle => new Handle(this, handle, this.ranges));
  }
  /** @param {Data} data @returns {ShownKernels} */
  prepare(data) {
    const { spec } = this, at = spec.side ? data.values[/** @type {string} */ (spec.handles[0][1])] : NaN;
    const curves = spec.curves.map(([name]) => this.onSide(data[spec.x], data[name], at));
    const x = Float64Array.from(data[spec.x]);
    return { x, turns: x.some((v, k) => !(k === 0 || v >= x[k - 1])), curves, spots: this.handles.map(handle => handle.where(data.values, data)) };
  }
  /** @param {Float64Array} x @param {Float64Array} y */
  points(x, y) {
    const points = new Float64Array(2 * x.length);
    x.forEach((v, k) => { points[2 * k] = this.x(v, this.ranges[0]); points[2 * k + 1] = this.y(y[k], this.ranges[1]); });
    return points;
  }
  // a circle, a dial: what does not go on to the right is read at the point that is near
  /** @param {number} x @param {number} y @returns {Reading | null} */
  readNear(x, y) {
    const { spec, now, ranges: [across, up] } = this;
    let best = 12, /** @type {Reading | null} */ found = null;
    spec.curves.forEach(([, name, colour], j) => now.x.forEach((v, k) => {
      const at = this.x(v, across), high = this.y(now.curves[j][k], up), far = Math.hypot(at - x, high - y);
      if (!(far < best)) return;
      best = far;
      found = { x: at, lines: [name, spoken(spec.label_x, v, across), spoken(spec.label_y, now.curves[j][k], up)], spots: [[high, "q" + colour]] };
    }));
    return found;
  }
  /** @param {number} x @param {number} [y] @returns {Reading | null} */
  read(x, y = NaN) {
    if (this.now.turns) return this.readNear(x, y);
    const { spec, now, ranges: [across, up] } = this, k = nearest(now.x, this.across(x, across)), [, unit] = named(spec.label_y);
    return {
      x: this.x(now.x[k], across), along: now.x[k],
      lines: [spoken(spec.label_x, now.x[k], across), ...spec.curves.map(([, name], j) => spoken(`${name} (${unit})`, now.curves[j][k], up))],
      spots: spec.curves.map(([, , colour], j) => [this.y(now.curves[j][k], up), "q" + colour]),
    };
  }
  /** @param {number} v @param {string} label @returns {Reading | null} */
  readAt(v, label) {
    const { spec, ranges: [across] } = this;
    return label === spec.label_x && v >= across[0] && v <= across[1] ? this.read(this.x(v, across)) : null;
  }
  draw() {
    const { spec, now, ghost, ranges } = this, { curves } = spec;
    legend(this, curves.map(([, name, colour]) => [name, "q" + colour]));
    this.axisY(ranges[1], spec.label_y);
    if (spec.low_y < 0 && spec.high_y > 0) {
      const zero = Math.round(this.y(0, ranges[1])) + 0.5;
      this.line([this.left, zero, this.right, zero], "edge");
    }
    this.clip(this.top - 1, this.bottom + 1, () => {
      if (ghost) curves.forEach(([, , colour], k) => this.line(this.points(ghost.x, ghost.curves[k]), "q" + colour, 1.25, { alpha: 0.3 }));
      curves.forEach(([, , colour], k) => this.line(this.points(now.x, now.curves[k]), "q" + colour, 2, { dash: DASHES[k % 4] }));
    });
    drawHandles(this, this.handles, ghost?.spots);
    this.axisX(ranges[0], spec.label_x);
  }
}
VIEWS.kernels = KernelsView;
