// trace.js: quantities over time. Spikes are drawn from their times, never from the trace.
/**
 * @typedef {ViewSpec & {
 *   y: string,
 *   dt: number,
 *   low: number,
 *   high: number,
 *   label: string,
 *   label_x: string,
 *   line: string,
 *   spikes: string,
 *   on: [] | [control: string, start: number, stop: number],
 *   behind: string,
 *   behind_spikes: string,
 *   rows: string[],
 *   also: [result: string, name: string, colour: number][],
 *   lines: LegendEntry[],
 *   handles: HandleSpec[],
 *   until: number,
 *   colour: number,
 * }} TraceSpec
 *
 * @typedef {{
 *   trace: Thinned,
 *   also: Thinned[],
 *   end: number,
 *   spikes: Numbers,
 *   behind: "" | Thinned,
 *   cell: Numbers,
 *   line: number,
 *   spots: number[][],
 * }} ShownTrace
 */

// Noise turns at every few points: it looks the same in a line of one pixel, which is painted five times as fast.
/** @param {Numbers} points */
function restless(points) {
  let turns = 0;
  for (let k = 5; k < points.length; k += 2) turns += Number((points[k] - points[k - 2]) * (points[k - 2] - points[k - 4]) < 0);
  return turns > points.length / 8;
}

/** @extends {View<TraceSpec, ShownTrace>} */
class TraceView extends View {
  /** @param {Panel} panel @param {TraceSpec} spec */
  constructor(panel, spec) {
    super(panel, spec);
    /** @type {Ends} */
    this.range = [spec.low, spec.high];
    this.first = spec.colour ? "q" + spec.colour : "trace";
    this.ranges = /** @type {[Ends, Ends]} */ ([[0, 1], this.range]);
    this.handles = spec.handles.map(handle => new Handle(this, handle, this.ranges));
    if (spec.line) this.grip(spec.line, "y", {
      range: () => this.range,
      near: (x, y) => x > this.left && x < this.right && Math.abs(y - this.y(panel.values[spec.line], this.range)) < 9,
    });
  }
  /** @param {Data} data @returns {ShownTrace} */
  prepare(data) {
    const { spec } = this, { y, behind, spikes, behind_spikes } = spec, [trace, ...also] = [y, ...spec.also.map(line => line[0])].map(name => this.part(data, name));
    const end = trace.n * spec.dt;
    /** @type {(name: string) => Numbers} */
    const upTo = name => name ? Float64Array.from(data[name]).filter(t => t <= end * (1 + 1e-9)) : [];
    return { trace, also, end, spikes: upTo(spikes), behind: behind && this.part(data, behind), cell: upTo(behind_spikes), line: data.values[spec.line], spots: this.handles.map(handle => handle.where(data.values, data)) };
  }
  // what is shown of a result, thinned, and how many values that is: as frames.shown in Python
  /** @param {Data} data @param {string} name @returns {Thinned} */
  part(data, name) {
    const { y, dt, until } = this.spec, sent = data[until ? `${name}<${this.panel.spec.views.indexOf(this.spec)}` : name];
    // Python thins the trace itself, to send less
    if (sent?.value) return { ...sent, n: sent.steps[0] };
    const whole = data[name], total = data[y].length * dt;
    const shown = until && until < total ? whole.subarray(0, Math.floor(whole.length * until / total + 0.5)) : whole;
    return { ...thin(shown), n: shown.length, whole: shown.length > 1200 ? shown.slice() : undefined };
  }
  // the value of step k is the one at its end; sample k of a recording is taken at its begin
  /** @param {Thinned} shown @param {Ends} time @param {boolean} [sample] */
  points({ at, value, n }, time, sample) {
    const points = new Float32Array(2 * at.length);
    for (let k = 0; k < at.length; k++) {
      points[2 * k] = this.x(sample ? at[k] * this.now.end / n : (at[k] + 1) * this.spec.dt, time);
      points[2 * k + 1] = this.y(value[k], this.range);
    }
    return points;
  }
  /** @param {Thinned} trace @param {Ends} time @param {string} colour @param {number} width @param {Pen} [style] @param {boolean} [sample] */
  curve(trace, time, colour, width, style, sample) {
    const points = this.points(this.fine(trace), time, sample);
    this.line(points, colour, restless(points) ? 1 : width, style);
  }
  /** @param {number} x @param {number} y @returns {Reading | null} */
  read(x, y) {
    const time = this.shown, t = this.across(x, time);
    // above the picture are the spikes
    const rows = y < this.top ? y < this.top - 22 ? this.now.cell : this.now.spikes : [];
    const near = rows.length ? nearest(rows, t) : -1;
    if (near >= 0 && Math.abs(this.x(rows[near], time) - x) < 5) {
      return { x: this.x(rows[near], time), lines: [spoken(`spike at (${named(this.spec.label_x)[1]})`, rows[near], [0, (time[1] - time[0]) / 10])], along: rows[near] };
    }
    return this.readAt(t, this.spec.label_x);
  }
  /** @param {number} t @param {string} label @returns {Reading | null} */
  readAt(t, label) {
    const { spec, now } = this, time = this.shown;
    if (label !== spec.label_x || t < time[0] || t > time[1]) return null;
    const first = spec.lines.length ? spec.lines[0][0] : named(spec.label)[0], unit = named(spec.label)[1];
    /** @type {[line: Thinned, name: string, colour: string][]} */
    const curves = [[now.trace, first, this.first], ...now.also.map((line, k) => /** @type {[Thinned, string, string]} */ ([line, spec.also[k][1], "q" + spec.also[k][2]]))];
    const values = curves.map(([line, name, colour]) => {
      const { at, value: all } = this.fine(line), value = all[nearest(at, t / spec.dt - 1)];
      return { value, text: spoken(`${name} (${unit})`, value, this.range), colour };
    });
    return {
      x: this.x(t, time), along: t, lines: [spoken(spec.label_x, t, time), ...values.map(({ text }) => text)],
      spots: values.map(({ value, colour }) => [this.y(value, this.range), colour]),
    };
  }
  /** @returns {Ends} */
  get span() { return [0, this.now.end]; }
  // of a stretch the thinned points are too few
  /** @param {Thinned} trace @returns {Thinned} */
  fine(trace) {
    const { whole, n } = trace, { end } = this.now, [from, to] = this.shown;
    if (!whole || to - from >= end) return trace;
    const first = Math.max(0, Math.floor(from / end * n) - 1), { at, value } = thin(whole.subarray(first, Math.ceil(to / end * n) + 1));
    return { at: at.map(k => k + first), value, n };
  }
  draw() {
    const { spec, now, ghost, panel } = this, time = this.ranges[0] = this.shown;
    if (spec.lines.length) legend(this, spec.lines);
    this.axisY(this.range, spec.label);
    /** @type {(spikes: Numbers) => number[]} */
    const ticksAt = spikes => Array.from(spikes, t => t >= time[0] && t <= time[1] ? this.x(t, time) : NaN);
    if (now.behind) this.clip(this.top, this.bottom, () => this.curve(/** @type {Thinned} */ (now.behind), time, "edge", 1.5, {}, true));
    if (ghost) {
      this.clip(this.top, this.bottom, () => {
        this.curve(ghost.trace, time, this.first, 1.25, { alpha: 0.3 });
        ghost.also.forEach((line, k) => this.curve(line, time, "q" + spec.also[k][2], 1.25, { alpha: 0.3 }));
      });
      this.strokes(ticksAt(ghost.spikes), this.top - 26, this.top - 22, "ink", 1.5, 0.45);
    }
    if (spec.on.length && spec.on[1] < time[1] && spec.on[2] > time[0]) {
      const [name, start, stop] = spec.on, colour = "q" + panel.control(name).colour;
      const y = this.bottom - 4, x = this.x(Math.max(start, time[0]), time);
      this.line([x, y, this.x(Math.min(stop, time[1]), time), y], colour, 5);
      this.text(x, this.bottom - 16, `${panel.control(name).label.toLowerCase()} ${panel.textOf(name)}`, "left", colour);
    }
    if (spec.line) {
      const colour = "q" + panel.control(spec.line).colour, y = this.y(panel.values[spec.line], this.range);
      if (ghost && ghost.line !== panel.values[spec.line]) {
        const old = this.y(ghost.line, this.range);
        this.line([this.left, old, this.right, old], colour, 1, { dash: [2, 4], alpha: 0.5 });
      }
      this.line([this.left, y, this.right, y], colour, 1.5, { dash: [6, 4] });
    }
    this.clip(this.top - 1, this.bottom + 1, () => {
      for (let k = now.also.length; k--;) this.curve(now.also[k], time, "q" + spec.also[k][2], 1.5, { dash: DASHES[(k + 1) % 4] });
      this.curve(now.trace, time, this.first, 1.5);
    });
    this.strokes(this.drawn = ticksAt(now.spikes), this.top - 20, this.top - 4, "ink", 1.5);
    this.strokes(this.grey = ticksAt(now.cell), this.top - 42, this.top - 26, "edge", 1.5);
    spec.rows.forEach((name, k) => this.text(this.right + 6, this.top - 29 + 22 * k, name));
    if (this.handles.length) drawHandles(this, this.handles, ghost?.spots);
    this.axisX(time, spec.label_x);
  }
}
VIEWS.trace = TraceView;
