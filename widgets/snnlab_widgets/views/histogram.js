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
  /** @param {Data} data @returns {ShownHistogram} */
  prepare(data) {
    const { counts, law } = this.spec;
    return { counts: Float64Array.from(data[counts]), law: law ? Float64Array.from(data[law]) : [] };
  }
  /** @param {Float64Array} counts @param {Ends} high */
  stairs(counts, high) {
    /** @type {number[]} */
    const points = [], bins = /** @type {Ends} */ ([0, counts.length]);
    counts.forEach((n, k) => points.push(this.x(k, bins), this.y(n, high), this.x(k + 1, bins), this.y(n, high)));
    return points;
  }
  /** @param {number} x @returns {Reading} */
  read(x) {
    const { spec, now } = this, n = now.counts.length, range = /** @type {Ends} */ ([spec.low, spec.high]), high = /** @type {Ends} */ (this.high);
    const k = Math.min(n - 1, Math.max(0, Math.floor(this.across(x, [0, n])))), width = (spec.high - spec.low) / n, middle = spec.low + (k + 0.5) * width;
    const lines = [spec.names_x ? spec.names_x[k] : spoken(spec.label_x, middle, range), spoken(spec.label_y, now.counts[k], high)];
    if (now.law.length) lines.push(spoken(`${spec.lines[1][0]} (${named(spec.label_y)[1]})`, now.law[k], high));
    return { x: this.x(k + 0.5, [0, n]), lines, spots: [[this.y(now.counts[k], high), "trace"]] };
  }
  draw() {
    const { spec, now, ghost } = this, high = this.high = /** @type {Ends} */ ([0, niceTop(highest(now.counts, now.law))]);
    if (now.law.length) legend(this, spec.lines);
    this.axisY(high, spec.label_y);
    if (ghost) this.clip(this.top, this.bottom, () => this.line(this.stairs(ghost.counts, high), "trace", 1.25, { alpha: 0.25 }));
    this.line(this.stairs(now.counts, high), "trace", 1.5);
    /** @type {number[]} */
    const middles = [];
    now.law.forEach((n, k) => middles.push(this.x(k + 0.5, [0, now.law.length]), this.y(n, high)));
    if (now.law.length) this.line(middles, "q" + spec.colour, 2, { dash: DASHES[1] });
    this.axisX([spec.low, spec.high], spec.label_x);
  }
}
VIEWS.histogram = HistogramView;
