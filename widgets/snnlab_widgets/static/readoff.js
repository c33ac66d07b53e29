// readoff.js: what lies under the pointer: its values, its places, and one line through all pictures over the same axis
/** "v (mV)" as a name and a unit @param {string} label @returns {[name: string, unit: string]} */
function named(label) {
  const [, name, unit] = /** @type {string[]} */ (/^(.*?)(?: \(([^():]*)\))?$/.exec(label) ?? ["", label]);
  return [name, unit ?? ""];
}
// as exact as a pixel is, and not more
/** @param {string} label @param {number} value @param {Ends} range */
function spoken(label, value, [low, high]) {
  const [name, unit] = named(label), decimals = Math.min(6, Math.max(0, Math.round(-Math.log10((high - low) / 500))));
  // "0: 3.7", where "0 3.7" would be two numbers
  return `${name}${/[\d:]/.test(name) ? ":" : ""} ${withUnit(fixed(value, decimals), unit)}`.trim();
}
/** @param {Numbers} sorted @param {number} value */
function nearest(sorted, value) {
  let low = 0, high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - sorted[low - 1] < sorted[low] - value ? low - 1 : low;
}

/** @param {Panel} panel @param {AbortSignal} signal @returns {ReadOff} */
function readOff(panel, signal) {
  const marks = panel.views.map(view => {
    const line = node("div", { class: "snn-line" }), words = node("div", { class: "snn-read" }), dots = [0, 1, 2, 3].map(() => node("i", { class: "snn-spot" }));
    const all = node("div", { class: "snn-under", "aria-hidden": "true", hidden: "" }, line, ...dots, words);
    view.element.append(all);
    return { view, all, line, words, dots };
  });
  const hide = () => { for (const { all } of marks) all.hidden = true; };
  /** @param {typeof marks[0]} mark @param {Reading | null | undefined} found */
  const show = ({ view, all, line, words, dots }, found) => {
    all.hidden = !found;
    if (!found) return;
    const { x, lines, spots = [] } = found, left = x > (view.left + view.right) / 2;
    Object.assign(line.style, { left: `${x}px`, top: `${view.top}px`, height: `${view.bottom - view.top}px` });
    dots.forEach((dot, k) => {
      dot.hidden = !Number.isFinite(spots[k]?.[0]);
      if (!dot.hidden) Object.assign(dot.style, { left: `${x}px`, top: `${spots[k][0]}px`, background: `var(--snn-${spots[k][1]})` });
    });
    words.replaceChildren(...lines.map(text => node("span", {}, text)));
    // within the picture, however narrow the screen is
    Object.assign(words.style, { top: `${view.top + 4}px`, left: "0" });
    const wide = words.offsetWidth, place = left ? x - 8 - wide : x + 8;
    words.style.left = `${Math.max(0, Math.min(view.width - wide, place))}px`;
  };
  for (const mark of marks) {
    const { view } = mark;
    /** @param {PointerEvent} event */
    const read = event => {
      const [x, y] = view.at(event), inside = view.now && x >= view.left && x <= view.right && y >= 0 && y <= view.height;
      if (!inside || panel.held || panel.goal?.shut) return hide();
      const found = view.read?.(x, y);
      show(mark, found);
      for (const other of marks) {
        if (other === mark) continue;
        const along = found?.along === undefined ? null : other.view.readAt?.(found.along, view.spec.label_x);
        show(other, along);
      }
    };
    view.canvas.addEventListener("pointermove", read, { signal });
    view.canvas.addEventListener("pointerdown", read, { signal });
    view.canvas.addEventListener("pointerleave", event => { if (event.pointerType === "mouse") hide(); }, { signal });
  }
  // a finger leaves what it has read; the next touch elsewhere takes it away
  addEventListener("pointerdown", event => {
    if (!panel.views.some(view => view.canvas === event.composedPath()[0])) hide();
  }, { signal });
  addEventListener("keydown", event => { if (event.key === "Escape") hide(); }, { signal });
  /** @param {string} label @param {number} value */
  const along = (label, value) => {
    for (const mark of marks) show(mark, Number.isFinite(value) ? mark.view.readAt?.(value, label) : null);
  };
  return { hide, along };
}
