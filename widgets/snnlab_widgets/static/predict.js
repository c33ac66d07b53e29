// predict.js: a curve to draw before it is shown. Every point is a slider: by hand, by key, or swept over with a mouse.
class PredictGoal extends Goal {
  /** @param {Panel} panel */
  constructor(panel) {
    super(panel);
    const { view, points, top } = this.spec;
    this.view = /** @type {CurveView} */ (panel.views[view]);
    /** @type {Ends} */
    this.range = [0, top];
    this.plain = this.view.draw;
    this.view.draw = () => this.draw();
    this.dots = points.map((_, k) => this.dot(k));
    this.view.element.append(...this.dots);
    this.sweep();
  }
  get caption() { return "Show the curve"; }
  extra() {
    this.shut = true;
    this.panel.figure.classList.add("snn-shut");
    this.again = button("Draw again", () => this.redraw(), { hidden: "" });
    this.form.append(this.again);
    return [];
  }
  // what the engine computes for the start values is the truth
  /** @param {Data} data */
  done(data) {
    if (this.truth) return;
    const { x, y } = this.view.spec, grid = Array.from(data[x]);
    this.truth = this.spec.points.map(p => {
      const off = grid.map(v => Math.abs(v - p));
      return data[y][off.indexOf(Math.min(...off))];
    });
    this.level();
  }
  level() {
    const start = startHeight(this.spec, this.truth);
    this.drawn = this.truth.map(() => start);
    this.dots.forEach((_, k) => this.set(k, start));
  }
  /** @param {number} k @param {number} value */
  set(k, value) {
    const { top, step, decimals, unit, given } = this.spec;
    if (k === given) return;
    const y = Number((Math.round(Math.min(top, Math.max(0, value)) / step) * step).toFixed(decimals));
    this.drawn[k] = y;
    this.dots[k].setAttribute("aria-valuenow", String(y));
    this.dots[k].setAttribute("aria-valuetext", withUnit(fixed(y, decimals), unit));
  }
  /** @param {number} k */
  dot(k) {
    const { points, given, top, decimals_x, unit_x, step } = this.spec, at = withUnit(fixed(points[k], decimals_x), unit_x);
    if (k === given) return node("div", { class: "snn-dot snn-given", hidden: "" });
    const element = node("div", {
      class: "snn-dot", role: "slider", tabindex: "0", "aria-label": `Your curve at ${at}`, "aria-orientation": "vertical",
      "aria-valuemin": 0, "aria-valuemax": top, "data-lm-suppress-shortcuts": "true",
    });
    element.addEventListener("keydown", event => {
      const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
      const value = { Home: 0, End: top }[event.key] ?? (steps && this.drawn[k] + steps * step);
      if (value === undefined) return;
      event.preventDefault();
      this.set(k, value);
      this.panel.paint();
    });
    let held = false;
    element.addEventListener("pointerdown", event => {
      held = !event.button;
      if (held) element.setPointerCapture(event.pointerId);
    });
    element.addEventListener("pointermove", event => { if (held) this.to(event, k); });
    for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, () => { held = false; });
    return element;
  }
  // a mouse or a pen that sweeps over the picture takes the points along; a finger scrolls the page
  sweep() {
    const { canvas } = this.view;
    let held = false;
    canvas.addEventListener("pointerdown", event => {
      if (!this.shut || event.button || event.pointerType === "touch") return;
      held = true;
      canvas.setPointerCapture(event.pointerId);
      this.to(event);
    });
    canvas.addEventListener("pointermove", event => { if (held) for (const each of event.getCoalescedEvents?.() ?? [event]) this.to(each); });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { held = false; });
  }
  /** @param {MouseEvent} event @param {number | null} k */
  to(event, k = null) {
    const { view, range } = this, [x, y] = view.at(event);
    const off = this.spec.points.map(p => Math.abs(view.x(p, view.range) - x));
    this.set(k ?? off.indexOf(Math.min(...off)), (view.bottom - y) / (view.bottom - view.top) * range[1]);
    this.panel.paint();
  }
  draw() {
    const { view, spec, shut } = this;
    if (!shut) this.plain.call(view);
    const range = shut ? this.range : /** @type {Ends} */ (view.rangeY);
    /** @type {(y: number, k: number) => Point} */
    const at = (y, k) => [view.x(spec.points[k], view.range), view.y(y, range)];
    if (shut) {
      view.axisY(range, view.spec.label_y);
      view.axisX(view.range, view.spec.label_x);
    }
    const { given } = spec;
    view.clip(view.top - 6, view.bottom + 6, () => {
      view.line(this.drawn.flatMap((y, k) => at(k === given ? this.truth[k] : y, k)), "q1", 2, { dash: shut ? [] : [3, 4] });
      if (shut) view.dot(...at(this.truth[given], given), 6, "trace");
    });
    if (shut) {
      const [x, y] = at(this.truth[given], given);
      view.text(x, y - 14, "given", "center", "trace");
    }
    this.dots.forEach((dot, k) => {
      if (k === given) return;
      const [x, y] = at(this.drawn[k], k);
      dot.style.left = x + "px";
      dot.style.top = y + "px";
    });
  }
  judge() { return judgeDrawing(this.spec, this.drawn, this.truth); }
  answer() {
    const verdict = super.answer();
    if (!verdict.unread) this.open(true);
    return verdict;
  }
  /** @param {boolean} on */
  open(on) {
    const focused = this.form.contains(this.panel.root.activeElement);
    this.shut = !on;
    this.panel.figure.classList.toggle("snn-shut", !on);
    this.check.hidden = on;
    this.again.hidden = !on;
    if (focused) (on ? this.again : this.check).focus();
    this.panel.layout.again();
    this.panel.paint();
  }
  redraw() {
    const { panel } = this;
    this.shut = false;
    panel.setAll(Object.fromEntries(panel.spec.controls.map(c => [c.name, c.start])));
    this.level();
    this.open(false);
    this.tell("");
  }
}
GOALS.predict = PredictGoal;
