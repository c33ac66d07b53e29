// layout.js: picture and controls are seen together: side by side on a wide screen; on a narrow one the picture stays while
// the sliders pass below it. The picture is as high as the screen lets it be, and all its frames grow or shrink alike.
const WIDE = 1000, NARROW = 600, LOW = 640; // pixels: from here on beside, below this narrow, below this high beside if possible
const LEAST = 320; // the picture's height on a wide screen
const HAND = 122; // what a slider takes that a finger moves

class Layout {
  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel;
    this.width = this.height = 0;
    const { question, result, stop: { signal } } = panel;
    // The question is as wide as the panel. What the words of the result once took they keep until there is another width.
    const sizes = new ResizeObserver(() => { this.place(); this.keep(); });
    for (const part of [question, result]) sizes.observe(part);
    addEventListener("resize", () => this.place(), { signal });
    signal.addEventListener("abort", () => sizes.disconnect());
  }
  // JupyterLab's notebooks scroll in a part of the window; a slide gives a panel a part of itself
  get screen() {
    const { figure } = this.panel;
    return figure.closest(".jp-WindowedPanel-outer, [data-screen]")?.clientHeight || document.documentElement.clientHeight || innerHeight;
  }
  keep() {
    const { result } = this.panel;
    // without any width, as in a tab that is hidden, words would stand below one another
    if (result.offsetWidth) result.style.minHeight = `${Math.ceil(boxOf(result).height)}px`;
  }
  // something has come or gone
  again() { this.width = 0; this.place(); }
  place() {
    const { panel } = this, { figure, stage, side, question } = panel, width = question.offsetWidth, { screen } = this;
    if (!width || !panel.data || (width === this.width && screen === this.height)) return;
    Object.assign(this, { width, height: screen });
    const kind = width >= WIDE || (width >= NARROW && screen < LOW) ? "beside" : width >= NARROW ? "below" : "narrow";
    figure.dataset.layout = kind;
    delete figure.dataset.stacked;
    this.reserve();
    const words = question.offsetHeight + 24, head = parseFloat(getComputedStyle(stage).top) || 0;
    const result = panel.result.offsetHeight + 8, controls = /** @type {HTMLElement} */ (side.firstChild).offsetHeight, all = stage.offsetWidth;
    let rows = this.rows();
    /** @param {number} times */
    const tall = times => rows.reduce((sum, row) => sum + Math.max(...row.map(({ view, wide, more }) => view.heightFor(times, wide).height + more)), 12 * (rows.length - 1));
    let left = screen - head - result, low = 0.2, high = 2.5, target = 0;
    if (kind === "narrow") {
      high = 1;
      target = Math.min(left - HAND, Math.max(tall(0.5), Math.min(tall(1), 0.62 * left)));
    } else {
      left -= words + (kind === "below" ? controls : 0);
      // maps that keep their ratio and would be small side by side stand below one another
      if (tall(high) < LEAST) {
        figure.dataset.stacked = "";
        rows = this.rows();
        target = left;
      }
      target = Math.max(LEAST, target, Math.min(left, Math.max(tall(1), 0.46 * all)));
    }
    for (let k = 0; k < 20; k++) {
      const middle = (low + high) / 2;
      if (tall(middle) < target) low = middle;
      else high = middle;
    }
    for (const { view, wide } of rows.flat()) view.stretch(high, wide);
    figure.style.setProperty("--snn-stage", kind === "narrow" ? `${stage.offsetHeight + head + 1}px` : "0px");
  }
  // the views that stand side by side: their lower edges are at the same height
  rows() {
    const rows = /** @type {Map<number, { view: View<any, any>, wide: number, more: number }[]>} */ (new Map());
    for (const view of this.panel.views) {
      const { bottom, width, height } = boxOf(view.element), at = Math.round(bottom);
      if (width) rows.set(at, [...rows.get(at) ?? [], { view, wide: width, more: height - view.height }]);
    }
    return [...rows.values()];
  }
  // The result has room for longer words and numbers than those of now, so that the picture stays where it is under a hand.
  reserve() {
    const { spec, data, result, big, change, detail, decimals } = this.panel, parts = [big, change, detail], said = parts.map(part => part.textContent);
    const { unit, decimals: digits, words, name, none = "" } = /** @type {ReadOut} */ (spec.readouts.find(read => read.name === spec.headline));
    const longest = (/** @type {string[]} */ texts) => texts.reduce((a, b) => b.length > a.length ? b : a);
    /** @type {Record<string, any>} */
    const known = { ...data?.values };
    for (const c of spec.controls) known[c.name] = longest([c.low, c.high].map(v => fixed(v, c.decimals)));
    for (const { name, words } of spec.readouts) {
      const now = data?.[name] || 0;
      known[name] = words.length ? longest(words) : (now < 0 ? -8.888 : 8.888) * 10 ** Math.max(1, Math.ceil(Math.log10(Math.abs(now) + 1)));
    }
    result.style.minHeight = "";
    big.textContent = words.length ? known[name] : longest([withUnit(fixed(known[name], digits), unit), none]);
    change.textContent = words.length ? "" : withUnit("+" + fixed(known[name], digits), unit) + (this.panel.pinned ? " from the pin" : "");
    // what is said where there is no number may be longer than what is said of one
    detail.textContent = longest([known[name], none ? NaN : known[name]].map(value => together(fill(spec.detail, { ...known, [name]: value }, decimals))));
    this.keep();
    parts.forEach((part, k) => { part.textContent = said[k]; });
  }
}

// the figure alone on the screen, where the page may do that
/** @param {() => HTMLElement} figure @param {AbortSignal} signal */
function fullScreen(figure, signal) {
  if (!document.fullscreenEnabled) return [];
  const element = button("Full screen", () => document.fullscreenElement ? document.exitFullscreen() : figure().requestFullscreen());
  document.addEventListener("fullscreenchange", () => {
    element.textContent = document.fullscreenElement ? "Leave full screen" : "Full screen";
  }, { signal });
  return [element];
}
