// histogram.js: counts in bins of equal width, and what a theory expects in each
/**
 * @typedef {ViewSpec & {
 *   counts: string,
 *   law: string,
 *   low: number,
 *   high: number,
 *   label_x: string,
 *   label_y: string,
 *   colour: number,
 *   line: string,
 *   lines: LegendEntry[],
 * }} HistogramSpec
 *
 * @typedef {{
 *   counts: Float64Array,
 *   law: Float64Array | number[],
 * }} ShownHistogram
 */
/** @extends {View<HistogramSpec, ShownHistogram>} */
class HistogramView extends View {
  /** @param {Panel} panel @param {HistogramSpec} spec */
  constructor(panel, spec) {
    super(panel, spec);
    /** @type {Ends} */
    this.high = [0, 0];
    if (spec.line) this.grip(spec.line, "y", {
      range: () => this.high,
      near: (x, y) => x > this.left && x < this.right && Math.abs(y - this.y(panel.values[spec.line], this.high)) < 9,
    });
  }
  /** @param {Data} data @returns {ShownHistogram} */
  prepare(data) {
    const { counts, law } = this.spec;
    return { counts: Float64Array.from(data[counts]), law: law ? Float64Array.from(data[law]) : [] };
  }
  /** @param {Float64Array} counts @param {Ends} high */
  stairs(counts, high) {
    /** @type {number[]} */
    const points = [], bins = /** @type {Ends} */ ([0, counts.length]);
    counts.forEach((n, k) => { for (const edge of [k, k + 1]) points.push(this.x(edge, bins), this.y(Math.max(0, n), high)); });
    return points;
  }
  /** @param {number} x @returns {Reading} */
  read(x) {
    const { spec, now } = this, n = now.counts.length, range = /** @type {Ends} */ ([spec.low, spec.high]), { high } = this;
    const k = Math.min(n - 1, Math.max(0, Math.floor(this.across(x, [0, n])))), width = (spec.high - spec.low) / n, middle = spec.low + (k + 0.5) * width;
    const lines = [spec.names_x ? spec.names_x[k] : spoken(spec.label_x, middle, range), spoken(spec.label_y, now.counts[k], high)];
    if (now.law.length) lines.push(spoken(`${spec.lines[1][0]} (${named(spec.label_y)[1]})`, now.law[k], high));
    return { x: this.x(k + 0.5, [0, n]), lines, spots: [[this.y(now.counts[k], high), "trace"]] };
  }
  draw() {
    const { spec, now, ghost, panel } = this, level = spec.line ? panel.values[spec.line] : 0;
    // the axis stays as it is under a hand in the picture; a slider and Play let it follow
    if (!spec.line || !this.high[1] || !panel.held || panel.by !== "drag") this.high = [0, niceTop(highest(now.counts, now.law, [1.5 * level]))];
    const { high } = this;
    if (now.law.length) legend(this, spec.lines);
    this.axisY(high, spec.label_y);
    if (ghost) this.clip(this.top, this.bottom, () => this.line(this.stairs(ghost.counts, high), "trace", 1.25, { alpha: 0.25 }));
    this.clip(this.top - 1, this.bottom + 1, () => this.line(this.stairs(now.counts, high), "trace", 1.5));
    /** @type {number[]} */
    const middles = [];
    now.law.forEach((n, k) => middles.push(this.x(k + 0.5, [0, now.law.length]), this.y(n, high)));
    if (now.law.length) this.line(middles, "q" + spec.colour, 2, { dash: DASHES[1] });
    if (spec.line) {
      const y = Math.max(this.top, this.y(level, high));
      this.line([this.left, y, this.right, y], "q" + panel.control(spec.line).colour, 1.5, { dash: [6, 4] });
    }
    this.axisX([spec.low, spec.high], spec.label_x);
  }
}
VIEWS.histogram = HistogramView;
