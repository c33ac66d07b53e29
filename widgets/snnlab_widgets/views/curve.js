// curve.js: a curve and the point at which we are
/**
 * @typedef {ViewSpec & {
 *   x: string,
 *   y: string,
 *   at: string,
 *   value: string,
 *   low: number,
 *   high: number,
 *   label_x: string,
 *   label_y: string,
 *   least: number,
 * }} CurveSpec
 *
 * @typedef {{
 *   x: Float64Array,
 *   y: Float64Array,
 *   at: number,
 *   value: number,
 * }} ShownCurve
 */
/** @extends {View<CurveSpec, ShownCurve>} */
class CurveView extends View {
  /** @param {Panel} panel @param {CurveSpec} spec */
  constructor(panel, spec) {
    super(panel, spec);
    /** @type {Ends} */
    this.range = [spec.low, spec.high];
    this.grip(spec.at, "x", {
      range: () => this.range,
      near: (x, y) => y > this.top && y < this.bottom && Math.abs(x - this.x(panel.values[spec.at], this.range)) < 9,
    });
  }
  /** @param {Data} data @returns {ShownCurve} */
  prepare(data) {
    const { spec } = this, at = data.values[spec.at];
    return { x: Float64Array.from(data[spec.x]), y: this.onSide(data[spec.x], data[spec.y], at), at, value: data[spec.value] };
  }
  /** @param {ShownCurve} shown @param {Ends} range */
  points({ x, y }, range) {
    /** @type {number[]} */
    const points = [];
    x.forEach((v, k) => points.push(this.x(v, this.range), this.y(y[k], range)));
    return points;
  }
  /** @param {number} x @returns {Reading} */
  read(x) {
    const { spec, now, range } = this, k = nearest(now.x, this.across(x, range)), high = /** @type {Ends} */ (this.rangeY);
    return { x: this.x(now.x[k], range), along: now.x[k], lines: [spoken(spec.label_x, now.x[k], range), spoken(spec.label_y, now.y[k], high)], spots: [[this.y(now.y[k], high), "trace"]] };
  }
  /** @param {number} v @param {string} label @returns {Reading | null} */
  readAt(v, label) { return label === this.spec.label_x && v >= this.range[0] && v <= this.range[1] ? this.read(this.x(v, this.range)) : null; }
  draw() {
    const { spec, now, ghost, panel } = this, colour = "q" + panel.control(spec.at).colour;
    // the axis stays as it is while something moves; at rest it has room for what was before, too
    if (!this.rangeY || !panel.moving) {
      this.rangeY = /** @type {Ends} */ ([0, niceTop(highest([spec.least, now.value], now.y, ...(ghost ? [[ghost.value], ghost.y] : [])))]);
    }
    const range = this.rangeY;
    this.axisY(range, spec.label_y);
    const x = this.x(now.at, this.range), y = Math.max(this.top, this.y(now.value, range));
    if (ghost) this.clip(this.top, this.bottom, () => this.line(this.points(ghost, range), "trace", 1.5, { alpha: 0.25 }));
    this.line([x, this.top, x, this.bottom], colour, 1.5, { dash: [6, 4] });
    this.clip(this.top - 1, this.bottom + 1, () => this.line(this.points(now, range), "trace", 2));
    if (ghost && ghost.value <= range[1]) this.dot(this.x(ghost.at, this.range), this.y(ghost.value, range), 4.5, colour, 0.35);
    this.dot(x, y, 5, colour);
    this.axisX(this.range, spec.label_x);
  }
}
VIEWS.curve = CurveView;
