// play.js: a button that moves one control on, step by step, as fast as the pictures come. Moving another one begins anew.
/** @param {Panel} panel @returns {Extra} */
EXTRAS.play = panel => {
  const [name, word] = panel.spec.play, { low, high, step } = panel.control(name);
  let on = false;
  const element = button(word, () => set(!on), { class: "snn-play", "aria-pressed": "false" });
  const ahead = () => { if (on && !panel.closed) panel.moveAll({ [name]: panel.values[name] + step }, "play"); };
  const set = (/** @type {boolean} */ go) => {
    if (go === on || (go && panel.goal?.shut)) return;
    on = go;
    element.textContent = on ? "Pause" : word;
    element.setAttribute("aria-pressed", String(on));
    // as long as it goes on it is one move, which is told when it is over
    panel.hold(on);
    if (!on) return;
    if (panel.values[name] >= high) panel.setAll({ [name]: low }, "play");
    else ahead();
  };
  /** @type {HTMLElement} */ (panel.figure.querySelector(".snn-actions")).prepend(element);
  return {
    moved(values, source) {
      if (source === "play" || source === "python") return values;
      if (name in values) set(false);
      return name in values ? values : { ...values, [name]: low };
    },
    done(data) {
      if (!on || data.values[name] !== panel.values[name]) return;
      if (panel.values[name] >= high) set(false);
      else requestAnimationFrame(ahead);
    },
    reset() { set(false); },
    close() { on = false; },
  };
};
