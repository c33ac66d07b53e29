// rates.js: the f–I curve of a cell, and those of the neurons that were fitted to it (own_cell.js)
/**
 * @typedef {ViewSpec & { label_x: string, label_y: string }} RatesSpec
 * @typedef {{ current: Numbers, lif: Float64Array | null, adaptive: Float64Array }} RateCurves currents in nA, rates in Hz; no LIF where it could not be fitted
 * @typedef {{ cell: Point[], chosen: number, curves?: RateCurves }} ShownRates of each sweep its current (pA) and its rate, and which of them the trace shows
 */
/** @extends {View<RatesSpec, ShownRates>} */
class RatesView extends View {
  /** @param {Data} data @returns {ShownRates} */
  prepare({ cell, chosen, curves }) { return { cell, chosen, curves }; }
  /** @returns {[name: string, colour: string, rates: Float64Array][]} */
  get lines() {
    const { curves } = this.now;
    if (!curves) return [];
    return [...(curves.lif ? [/** @type {[string, string, Float64Array]} */ (["LIF", "q2", curves.lif])] : []), ["adaptive threshold", "trace", curves.adaptive]];
  }
  /** @returns {[across: Ends, up: Ends]} */
  get ranges() {
    const [low, high] = extent(this.now.cell.map(([current]) => current)), edge = 0.03 * (high - low || 1);
    return [[low - edge, high + edge], [0, niceTop(highest(this.now.cell.map(([, rate]) => rate), ...this.lines.map(line => line[2])))]];
  }
  /** @param {number} x @returns {Reading} */
  read(x) {
    const { spec, now } = this, [across, up] = this.ranges, dots = now.cell.map(([current]) => this.x(current, across));
    const near = dots.reduce((best, at, k) => Math.abs(at - x) < Math.abs(dots[best] - x) ? k : best, 0), [current, rate] = now.cell[near];
    const on = Math.abs(dots[near] - x) < 8, grid = Array.from(now.curves?.current ?? [], i => 1000 * i), k = nearest(grid, on ? current : this.across(x, across));
    const lines = this.lines.map(([name, colour, rates]) => ({ text: spoken(`${name} (Hz)`, rates[k], up), spot: /** @type {[number, string]} */ ([this.y(rates[k], up), colour]) }));
    return {
      x: on ? dots[near] : x, lines: [spoken(spec.label_x, on ? current : this.across(x, across), across), ...(on ? [spoken("cell (Hz)", rate, up)] : []), ...lines.map(({ text }) => text)],
      spots: [...(on ? [/** @type {[number, string]} */ ([this.y(rate, up), "ink"])] : []), ...lines.map(({ spot }) => spot)],
    };
  }
  draw() {
    const { spec, now, lines } = this, [across, up] = this.ranges;
    const dashes = lines.map((_, k) => lines.length > 1 && !k ? DASHES[1] : []);
    inRows(this, [["cell"], ...lines], (k, x, y) => {
      if (k) this.line([x, y - 4, x + 20, y - 4], lines[k - 1][1], 2, { dash: dashes[k - 1] });
      else this.dot(x + 10, y - 4, 4, "ink");
      this.text(x + 24, y, k ? lines[k - 1][0] : "cell", "left", k ? lines[k - 1][1] : "ink");
    });
    this.axisY(up, spec.label_y);
    this.clip(this.top - 1, this.bottom + 1, () => lines.forEach(([, colour, rates], k) => {
      const { current } = /** @type {RateCurves} */ (now.curves);
      this.line(Array.from(rates).flatMap((rate, j) => [this.x(1000 * current[j], across), this.y(rate, up)]), colour, 2, { dash: dashes[k] });
    }));
    this.axisX(across, spec.label_x);
    now.cell.forEach(([current, rate], k) => {
      if (k === now.chosen) this.dot(this.x(current, across), this.y(rate, up), 8, "ink", 0.3);
      this.dot(this.x(current, across), this.y(rate, up), 4, "ink");
    });
  }
}
