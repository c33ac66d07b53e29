// best.js: the first guess and the best so far of one read-out, taken whenever the reader lets go
/** @param {Panel} panel @returns {Extra} */
EXTRAS.best = panel => {
  const { best: name, readouts } = panel.spec, read = /** @type {ReadOut} */ (readouts.find(each => each.name === name));
  const element = node("span", { class: "snn-best" }), text = (/** @type {number} */ value) => readOutText(read, value);
  panel.detail.after(element);
  let /** @type {number | undefined} */ first, /** @type {number | undefined} */ best;
  return {
    get text() { return element.textContent; },
    rest(by) {
      if (by === "python" || by === "reset") return;
      /** @type {number} */
      const value = /** @type {Data} */ (panel.data)[name];
      first ??= value;
      if (best === undefined || Number.isNaN(best) || value > best) best = value;
      element.textContent = `first guess ${text(first)}, best ${text(best)}`;
    },
    reset() {
      first = best = undefined;
      element.textContent = "";
    },
  };
};
