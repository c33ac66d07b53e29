// play.js: a process in time: play, pause and step. Its time is a control, or the axis that its pictures have in common,
// along which as much of them is seen as has happened.
/** A control, which the kernel follows. @param {Panel} panel @param {string} name @returns {Clock} */
function byControl(panel, name) {
  const { low, high, step } = panel.control(name);
  return { ends: () => [low, high, step], now: () => panel.values[name], go: value => panel.moveAll({ [name]: value }, "play") };
}
/** An axis: the numbers stay, and the pictures over it are drawn up to now. @param {Panel} panel @param {string} label @param {() => void} went @returns {Clock} */
function byAxis(panel, label, went) {
  const slider = node("input", { type: "range", "aria-label": label, "data-lm-suppress-shortcuts": "true" });
  /** @returns {[low: number, high: number, step: number]} */
  const ends = () => {
    const spans = panel.views.filter(view => view.spec.label_x === label && view.now).map(view => view.span);
    const low = Math.min(...spans.map(([from]) => from)), high = Math.max(...spans.map(([, to]) => to)), wide = high - low;
    return [low, high, Number.isInteger(wide) && wide <= 200 ? 1 : niceTop(wide / 100)];
  };
  const now = () => panel.seen?.value ?? ends()[1];
  const show = () => {
    const [min, max, step] = ends(), value = now();
    Object.assign(slider, { min, max, step, value });
    slider.style.setProperty("--snn-now", String((value - min) / (max - min)));
    slider.setAttribute("aria-valuetext", spoken(label, value, [min, max]));
  };
  /** @param {number} value */
  const go = value => {
    const [, high] = ends();
    panel.seen = value < high ? { label, value } : undefined;
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
      const empty = panel.views.find(view => view.bare);
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
