// panel.js: the panel itself, on anywidget's model or on the stand-in of a page without a kernel
const CLICKS = ["button", "switch", "reset", "play"];
class Panel {
  /** @param {Model} model @param {HTMLElement} el */
  constructor(model, el) {
    /** @type {Spec} */
    const spec = model.get("spec");
    this.model = model; this.spec = spec;
    this.names = spec.controls.map(c => c.name).concat(Object.keys(spec.drawn), spec.seed === null ? [] : ["seed"]);
    this.values = Object.fromEntries(this.names.map(name => [name, model.get(name)]));
    this.decimals = Object.fromEntries([...spec.controls, ...spec.readouts].map(c => [c.name, c.decimals]).concat([["seed", 0]]));
    this.changed = new Set();
    /** @type {Record<string, Ends>} */
    this.windows = {};
    this.compare = new Compare(this);
    this.views = spec.views.map(view => new VIEWS[view.kind](this, view));
    /** @type {[control: string, row: Row][]} */
    this.rows = spec.controls.map(c => [c.name, controlRow(this, c)]);
    this.build(el);
    this.extras = Object.keys(EXTRAS).filter(name => /** @type {any} */ (spec)[name]?.length).map(name => EXTRAS[name](this));
    this.palette = readPalette(this.figure);
    this.watch();
    this.layout = new Layout(this);
    this.reading = readOff(this, this.stop.signal);
    zoomable(this, this.stop.signal);
    if (spec.goal) {
      this.goal = new GOALS[spec.goal.kind](this);
      /** @type {HTMLElement} */ (this.figure.querySelector(".snn-body")).after(this.goal.build());
    }
    this.start();
  }
  // JupyterLab attaches the panel after it was made: asked any earlier, it would be its own root
  get root() { return /** @type {Document | ShadowRoot} */ (this.figure?.getRootNode() ?? document); }
  /** @param {string} name @returns {Control} */
  control(name) { return /** @type {Control} */ (this.spec.controls.find(c => c.name === name)); }
  /** @param {string} name */
  textOf(name) {
    const control = this.control(name), { decimals, unit } = control;
    if (isSwitch(control)) return this.values[name] ? "on" : "off";
    return withUnit(fixed(this.values[name], decimals), unit);
  }

  // ---- the page: question, result, picture, controls, code
  /** @param {HTMLElement} el */
  build(el) {
    const { spec } = this;
    /** @type {(tag: "div" | "figure" | "p" | "span", name: string, attributes?: Attributes, ...children: (Node | string)[]) => HTMLElement} */
    const part = (tag, name, attributes, ...children) => node(tag, { class: "snn-" + name, ...attributes }, ...children);
    this.stop = new AbortController();
    // words may take two lines, a number and its unit stay together
    this.big = node("b", spec.readouts.some(({ name, words }) => name === spec.headline && words.length) ? {} : { class: "snn-one-line" });
    this.change = node("span", { class: "snn-change snn-one-line" });
    this.detail = part("span", "detail");
    this.error = part("p", "error", { role: "alert", hidden: "" });
    this.live = part("div", "live", { "aria-live": "polite" });
    const [save, saved] = saving(this);
    this.result = part("p", "result", {}, this.big, " ", this.change, " ", this.detail);
    this.question = part("p", "question", {}, together(spec.question));
    this.stage = part("div", "stage", {}, this.result, this.error, part("div", "views", {}, ...this.views.map(view => view.element)));
    this.side = part("div", "side", {}, part("div", "controls", {}, ...this.rows.map(([, row]) => row.element)),
      part("div", "actions", {}, ...this.actions(save, ...fullScreen(() => this.figure, this.stop.signal))), saved);
    this.figure = part("figure", "panel", { role: "group", "aria-label": spec.title },
      this.question, part("div", "body", {}, this.stage, this.side), this.code(), this.live);
    if (spec.note) this.figure.append(part("p", "note", {}, together(spec.note)));
    this.figure.classList.add("snnlab");
    // JupyterLab would take the arrow keys for itself
    this.figure.setAttribute("data-lm-suppress-shortcuts", "true");
    el.append(this.figure);
  }
  /** @param {HTMLElement[]} save */
  actions(...save) {
    const { spec } = this;
    this.presets = Object.entries(spec.presets).map(([label, settings]) => {
      const full = Object.fromEntries(spec.controls.map(c => [c.name, settings[c.name] ?? c.start]));
      return /** @type {[HTMLButtonElement, Values]} */ ([button(label, () => this.setAll(full), { "aria-pressed": "false" }), full]);
    });
    /** @type {Values} */
    const start = Object.assign(Object.fromEntries(spec.controls.map(c => [c.name, c.start])), spec.drawn);
    if (spec.seed !== null) start.seed = spec.seed;
    /** @type {HTMLElement[]} */
    const parts = [...this.presets.map(([element]) => element), button("Reset", () => this.reset(start), { class: "snn-reset" }), ...this.compare.buttons, ...save];
    if (spec.seed !== null) {
      const seed = this.seed = node("input", { type: "text", inputmode: "numeric", size: 6, "data-lm-suppress-shortcuts": "true" });
      /** @param {bigint} n */
      const use = n => this.setAll(/** @type {any} */ ({ seed: String(n) }));
      seed.addEventListener("change", () => {
        if (/^\d+$/.test(seed.value.trim()) && BigInt(seed.value) < 2n ** 64n) use(BigInt(seed.value));
        seed.value = this.values.seed;
      });
      const next = () => use((BigInt(this.values.seed) + 1n) % 2n ** 64n);
      parts.push(node("span", { class: "snn-seed" }, node("label", {}, "Seed ", seed), button("Roll again", next)));
    }
    return parts;
  }
  // it opens the panel with the values of now
  get link() {
    return `${location.href.split("#")[0]}#${this.model.address}?${this.names.map(name => `${name}=${this.values[name]}`).join("&")}`;
  }
  code() {
    const { spec } = this, call = node("pre"), details = node("details", { class: "snn-code" }, node("summary", {}, "The code behind this figure"));
    const block = (/** @type {string} */ text, /** @type {HTMLElement[]} */ ...buttons) => details.append(node("p", {}, text, ...buttons));
    this.callText = call;
    if (spec.python) {
      block("The call behind what you see ", button("Copy as Python", element => copy(call.textContent, element, call)));
      details.append(call);
    }
    if (spec.source) {
      block(this.spec.call.length ? "The Numba functions that just ran" : "The function that just ran");
      details.append(node("pre", { tabindex: "0" }, spec.source));
    }
    return details;
  }

  // ---- from a move to a picture
  /** @param {string} name @param {number} value @param {Source} source */
  move(name, value, source) { this.moveAll({ [name]: value }, source); }
  /** @param {Values} values @param {Source} source */
  moveAll(values, source) {
    /** @type {Values} */
    const moved = {};
    for (const name in values) {
      const { low, high, step, decimals } = this.control(name), v = Math.min(high, Math.max(low, values[name]));
      moved[name] = source === "typed" ? v : Math.min(high, Number((low + Math.round((v - low) / step) * step).toFixed(decimals)));
    }
    this.setAll(moved, source);
    this.hurry();
  }
  // back to the start, and nothing that was before counts any longer, unless it is pinned
  /** @param {Values} start */
  reset(start) {
    this.setAll(start, "reset");
    this.source = undefined;
    if (!this.pinned) {
      this.before = undefined;
      for (const view of this.views) view.ghost = undefined;
    }
    for (const extra of this.extras) extra.reset?.();
  }
  /** @param {Values} values @param {Source} source */
  setAll(values, source = "button") {
    if (this.goal?.shut && source !== "python") return;
    for (const extra of this.extras ?? []) values = extra.moved?.(values, source) ?? values;
    const moved = Object.keys(values).filter(name => values[name] !== this.values[name]);
    if (!moved.length) return;
    if (this.remember(source) && source !== "undo") this.compare.begin({ ...this.values });
    for (const name of moved) {
      this.values[name] = values[name];
      if (source !== "python") this.changed.add(name);
    }
    Object.assign(this, { moved: true, resting: false, by: source });
    this.schedule();
    clearTimeout(this.timer);
    if (!this.held) this.timer = setTimeout(() => this.announce(), 500);
  }
  // The picture before a move stays as a ghost. A drag is one move, and so is a burst of keys, but each click is one of its
  // own: two presets, a switch there and back. Whether one begins.
  /** @param {Source} source @returns {boolean} */
  remember(source) {
    const now = performance.now(), again = source === this.source && !CLICKS.includes(source) && now - this.last < 1500;
    this.last = now;
    if (this.fresh === false || (this.fresh === undefined && again) || !this.data) return false;
    if (this.fresh) this.fresh = false;
    this.source = source;
    if (this.pinned) return true;
    this.before = this.data[this.spec.headline];
    for (const view of this.views) view.ghost = view.now;
    return true;
  }
  /** @param {boolean} on */
  hold(on) {
    this.held = on;
    this.fresh = on ? true : undefined;
    if (!on) this.announce();
  }
  announce() {
    clearTimeout(this.timer);
    this.resting = true;
    this.paint();
    this.settle();
  }
  // somebody drags, types or presses keys, and is not done
  get moving() { return this.held || (this.resting === false && ![...CLICKS, "python"].includes(this.by)); }
  // nobody moves anything, and the numbers are those of the values shown
  settle() {
    const { data, values } = this;
    if (!this.moved || !this.resting || this.names.some(name => data?.values[name] !== values[name])) return;
    this.moved = false;
    for (const extra of this.extras) extra.rest?.(this.by);
    this.live.textContent = [this.sentence, this.change.textContent, ...this.extras.map(extra => extra.text)].filter(Boolean).join(", ");
  }
  schedule() {
    this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.update(); });
  }
  // The first move before a frame is computed at once, so that the frame only has to paint; the others wait for it.
  hurry() {
    if (!this.frame || this.hurried) return;
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.hurried = true;
    requestAnimationFrame(() => { this.hurried = false; });
    this.update();
  }
  update() {
    if (!this.goal || this.goal.allows()) this.ask();
    this.showValues();
    // the picture first: Python hears of the values when the frame has been painted
    if (this.changed.size && !this.model.alone) this.telling ||= requestAnimationFrame(() => setTimeout(() => this.tell()));
  }
  tell() {
    this.telling = 0;
    for (const name of this.changed) this.model.set(name, this.values[name]);
    this.model.save_changes();
    this.changed.clear();
  }
  ask() {
    try {
      this.engine.ask(this.values);
      // Python's answer comes later: let the line follow the hand at once
      if (this.engine.later) this.paint();
    } catch (error) {
      this.fail(String(error instanceof Error && error.message || error));
    }
  }
  /** @param {Data} data */
  done(data) {
    this.data = data;
    this.reading.hide();
    this.error.hidden = true;
    this.goal?.done(data);
    for (const view of this.views) view.show(data);
    this.paint();
    const { spec } = this, known = { ...data.values, ...data }, c = /** @type {ReadOut} */ (spec.readouts.find(r => r.name === spec.headline));
    for (const read of spec.readouts) if (read.words.length) known[read.name] = read.words[data[read.name]];
    this.big.textContent = readOutText(c, data[c.name]);
    this.showChange();
    this.detail.textContent = together(fill(spec.detail, known, this.decimals));
    this.sentence = fill(spec.sentence, known, this.decimals);
    for (const extra of this.extras) extra.done?.(data);
    this.layout.place();
    for (const view of this.views) view.canvas.setAttribute("aria-label", `${view.spec.title}. ${this.sentence}`);
    this.settle();
  }
  // what the last move has done to the result, or all moves since the pin; what is shown as 0 is not said
  showChange() {
    const { data, spec } = this, c = /** @type {ReadOut} */ (spec.readouts.find(r => r.name === spec.headline));
    const difference = c.words.length ? NaN : data?.[c.name] - (this.before ?? NaN), text = fixed(difference, c.decimals, true);
    const since = this.pinned ? " from the pin" : "";
    this.change.textContent = Number.isFinite(difference) && /[1-9]/.test(text) ? withUnit(text, c.unit) + since : "";
  }
  /** @param {string} sentence */
  fail(sentence) {
    this.error.textContent = sentence;
    this.error.hidden = false;
  }
  // all sizes are asked for first: after the first change the page would have to be laid out for each of them
  paint() {
    const widths = this.views.map(view => boxOf(view.canvas).width);
    this.views.forEach((view, k) => view.paint(widths[k]));
  }
  showValues() {
    for (const [name, row] of this.rows) row.show(this.values[name]);
    for (const [element, full] of this.presets) {
      element.setAttribute("aria-pressed", String(Object.keys(full).every(name => full[name] === this.values[name])));
    }
    if (this.seed) this.seed.value = this.values.seed;
    this.callText.textContent = asCode(this.spec.python, this.values, this.decimals);
  }

  start() {
    const { model, spec } = this, wasm = model.get("wasm");
    const done = (/** @type {Data} */ data) => this.done(data), failed = (/** @type {string} */ text) => this.fail(text);
    if (wasm?.byteLength) {
      this.engine = new BrowserEngine(new Uint8Array(wasm.buffer ?? wasm, wasm.byteOffset ?? 0, wasm.byteLength), spec, done, failed);
    } else {
      this.engine = new KernelEngine(model, spec, done, failed);
      this.engine.later = true;
    }
    for (const name of this.names) {
      model.on("change:" + name, () => this.setAll({ [name]: model.get(name) }, "python"));
    }
    this.update();
  }
  // the size, the theme and the printer change the picture, not the numbers
  watch() {
    const { signal } = this.stop, recolour = () => { this.palette = readPalette(this.figure); this.paint(); };
    // JupyterLab attaches the panel after it was made, and only then it has a size and colours
    this.sizes = new ResizeObserver(entries => {
      for (const { target, devicePixelContentBoxSize: sizes } of entries) {
        if (sizes) /** @type {View<any, any>} */ (this.views.find(view => view.canvas === target)).screen = sizes[0];
      }
      recolour();
    });
    for (const { canvas } of this.views) {
      try {
        this.sizes.observe(canvas, { box: "device-pixel-content-box" });
      } catch {
        this.sizes.observe(canvas);
      }
    }
    // JupyterLab hides its whole page from the moment its theme is a new one until the next frame: nothing can be drawn before
    this.themes = new MutationObserver(() => { recolour(); requestAnimationFrame(recolour); });
    for (const element of [document.documentElement, document.body]) {
      this.themes.observe(element, { attributes: true, attributeFilter: ["data-theme", "data-jp-theme-light"] });
    }
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, { signal });
    const code = /** @type {HTMLDetailsElement} */ (this.figure.querySelector(".snn-code"));
    matchMedia("print").addEventListener("change", event => {
      this.printing = event.matches;
      if (event.matches ? !code.open : this.unfolded) code.open = this.unfolded = event.matches;
      recolour();
    }, { signal });
  }
  close() {
    this.stop.abort();
    this.sizes.disconnect();
    this.themes.disconnect();
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    this.engine.close();
    for (const extra of this.extras) extra.close?.();
    this.closed = true;
  }
}
