// play.js: a process in time: play, pause and step. Its time is a control, or the axis that its pictures have in common,
// along which as much of them is seen as has happened.
/** @type {(view: View<any, any>) => Ends} */
const along = ({ span, spec }) => span ?? /** @type {Ends} */ ([spec.low_x ?? spec.low, spec.high_x ?? spec.high]);
// whether a picture has no line as yet, or no bar
/** @type {(view: View<any, any>) => boolean} */
const bare = ({ now }) => now?.counts ? now.counts.every((/** @type {number} */ n) => !n)
  : (now?.curves ?? (now?.y ? [now.y] : [])).some((/** @type {Float64Array} */ y) => y.filter(Number.isFinite).length < 2);

/** Of a picture only what lies left of a value. @param {View<any, any>} view @param {number} value @param {() => void} draw */
function upTo(view, value, draw) {
  const { cx, top, bottom, right, width, height, size } = view, head = Math.max(0, top - 24), foot = bottom + size.gap + size.strip;
  const now = Math.max(view.left, view.x(value, view.span ? view.shown : along(view)));
  cx.save();
  cx.beginPath();
  for (const [x, y, w, h] of [[0, 0, now, height], [now, 0, width - now, head], [right, head, width - right, height - head], [now, foot, right - now, height]]) cx.rect(x, y, w, h);
  cx.clip();
  draw();
  cx.restore();
}
/** A control, which the kernel follows. @param {Panel} panel @param {string} name @returns {Clock} */
function byControl(panel, name) {
  const { low, high, step } = panel.control(name);
  return { ends: () => [low, high, step], now: () => panel.values[name], go: value => panel.moveAll({ [name]: value }, "play") };
}
/** An axis: the numbers stay, and the pictures over it are drawn up to now. @param {Panel} panel @param {string} label @param {() => void} went @returns {Clock} */
function byAxis(panel, label, went) {
  for (const view of panel.views.filter(({ spec }) => spec.label_x === label)) {
    const draw = view.draw.bind(view);
    view.draw = () => panel.seen === undefined ? draw() : upTo(view, panel.seen, draw);
  }
  const slider = node("input", { type: "range", "aria-label": label, "data-lm-suppress-shortcuts": "true" });
  /** @returns {[low: number, high: number, step: number]} */
  const ends = () => {
    const spans = panel.views.filter(view => view.spec.label_x === label && view.now).map(along);
    const low = Math.min(...spans.map(([from]) => from)), high = Math.max(...spans.map(([, to]) => to)), wide = high - low;
    return [low, high, Number.isInteger(wide) && wide <= 200 ? 1 : niceTop(wide / 100)];
  };
  const now = () => panel.seen ?? ends()[1];
  const show = () => {
    const [min, max, step] = ends(), value = now();
    Object.assign(slider, { min, max, step, value });
    slider.style.setProperty("--snn-now", String((value - min) / (max - min)));
    slider.setAttribute("aria-valuetext", spoken(label, value, [min, max]));
  };
  /** @param {number} value */
  const go = value => {
    const [, high] = ends();
    panel.seen = value < high ? value : undefined;
    panel.paint();
    panel.reading.along(label, value < high ? value : NaN);
    show();
    went();
  };
  slider.addEventListener("input", () => go(Number(slider.value)));
  return { ends, now, go, slider, show };
}

/** @param {Panel} panel @returns {Extra} */
EXTRAS.play = panel => {
  const [name, word, anew] = panel.spec.play, control = panel.spec.controls.find(c => c.name === name);
  let on = false, begun = 0, timer = 0;
  const clock = control ? byControl(panel, name) : byAxis(panel, name, () => went());
  const play = button(word, () => set(!on), { class: "snn-play", "aria-pressed": "false" });
  const step = button("Step", () => { set(false); onwards(); }, { class: "snn-step" });
  // the same button in a picture that is empty as yet; the keyboard has the other one
  const first = button(word, () => set(true), { class: "snn-first", tabindex: -1, "aria-hidden": "true", hidden: "" });
  // at its end it begins anew
  const onwards = () => {
    const [low, high, by] = clock.ends(), now = clock.now();
    begun = performance.now();
    clock.go(now >= high ? low : Math.min(high, now + by));
  };
  /** @param {boolean} go */
  const set = go => {
    if (go === on || (go && panel.goal?.shut)) return;
    on = go;
    first.hidden ||= on;
    clearTimeout(timer);
    play.textContent = on ? "Pause" : word;
    play.setAttribute("aria-pressed", String(on));
    // as long as it goes on it is one move, which is told when it is over
    if (control) panel.hold(on);
    if (on) onwards();
  };
  // A picture came: the next step follows as soon as it can, but the whole of it takes six seconds at least, so that one can follow.
  const went = () => {
    const [low, high, by] = clock.ends();
    if (!on) return;
    if (clock.now() >= high) return set(false);
    timer = setTimeout(() => { if (on && !panel.closed) onwards(); }, Math.min(250, 6000 * by / (high - low)) - (performance.now() - begun));
  };
  const all = node("span", { class: "snn-clock", role: "group", "aria-label": control?.label ?? name }, play, step, ...(clock.slider ? [clock.slider] : []));
  /** @type {HTMLElement} */ (panel.figure.querySelector(".snn-actions")).prepend(all);
  return {
    moved(values, source) {
      if (!control || source === "play" || source === "python") return values;
      if (name in values) set(false);
      return name in values || anew !== "anew" ? values : { ...values, [name]: control.low };
    },
    done(data) {
      const empty = panel.views.find(bare);
      first.hidden = !empty || on || clock.now() > clock.ends()[0];
      if (empty && first.parentElement !== empty.element) empty.element.append(first);
      if (!control) clock.show?.();
      else if (data.values[name] === panel.values[name]) went();
    },
    reset() {
      set(false);
      if (!control) clock.go(clock.ends()[1]);
    },
    close() { set(false); },
  };
};
