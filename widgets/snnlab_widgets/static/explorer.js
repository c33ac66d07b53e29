// explorer.js: the explorer in a notebook. Python counts and draws; here are the buttons, the words and Bokeh's place.
const BUTTONS = [
  ["Earlier", "time back"], ["Later", "time on"], ["Zoom in", "time closer"], ["Zoom out", "time further"],
  ["Neurons down", "neurons back"], ["Neurons up", "neurons on"], ["Fewer neurons", "neurons closer"],
  ["More neurons", "neurons further"], ["All", "all"],
];

/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {Record<string, string>} attributes @param {(Node | string)[]} children */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

// what the style sheet makes of its tokens on this page, light or dark
/** @param {Element} figure */
function coloursOf(figure) {
  /** @type {Record<string, string>} */
  const colours = {}, probe = figure.appendChild(make("i", { hidden: "" }));
  for (const token of ["ink", "soft", "rule", "trace"]) {
    probe.style.color = `var(--snn-${token})`;
    colours[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

// one answer of Python to one question
/** @param {Model} model @param {object} question @param {string} type @returns {Promise<[message: any, buffers: any]>} */
function ask(model, question, type) {
  return new Promise((found, failed) => {
    const late = setTimeout(() => failed(new Error("no answer")), 20000);
    /** @type {(message: any, buffers: any) => void} */
    const hear = (message, buffers) => {
      if (message.type !== type) return;
      clearTimeout(late);
      model.off("msg:custom", hear);
      if (message.error) failed(new Error(message.error));
      else found([message, buffers]);
    };
    model.on("msg:custom", hear);
    model.send(question);
  });
}

// BokehJS comes from Python, once a page, and only where no other figure has brought this version
/** @param {Model} model @param {string} version */
async function library(model, version) {
  if (globalThis.Bokeh?.version === version) return;
  globalThis.snnlabBokeh ??= ask(model, { type: "library" }, "library").then(async ([, [packed]]) => {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    document.head.append(make("script", {}, await new Response(stream).text()));
  });
  await globalThis.snnlabBokeh;
}

// The axes of the raster. Python is asked to count anew when they have moved: one question at a time, the last move wins.
class Axes {
  /** @param {Model} model @param {{ x: string, y: string, raster: string }} ids */
  constructor(model, { x, y, raster }) {
    const document = [...Bokeh.documents].reverse().find(d => d.get_model_by_id(x));
    this.model = model;
    this.x = document.get_model_by_id(x);
    this.y = document.get_model_by_id(y);
    this.raster = document.get_model_by_id(raster);
    this.told = this.now();
    const changed = [this.x.change, this.y.change, this.raster.properties.inner_width.change];
    for (const signal of changed) signal.connect(() => setTimeout(() => this.tell()));
    /** @type {(message: any) => void} */
    this.hear = message => {
      if (message.type === "go") this.go(message.ends);
      if (message.type === "drawn") setTimeout(() => { this.busy = false; this.tell(); }, message.pause);
    };
    model.on("msg:custom", this.hear);
    this.tell();
  }
  // 0 before the raster has been laid out
  get pixels() { return this.raster.properties.inner_width.is_unset ? 0 : this.raster.inner_width; }
  now() { return [this.x.start, this.x.end, this.y.start, this.y.end, this.pixels]; }
  tell() {
    const now = this.now();
    if (this.busy || !now[4] || String(now) === String(this.told)) return;
    this.busy = true;
    this.told = now;
    this.model.send({ type: "moved", ends: now.slice(0, 4), pixels: now[4] });
  }
  // Python has drawn this already
  /** @param {number[]} ends */
  go([x0, x1, y0, y1]) {
    this.told = [x0, x1, y0, y1, this.pixels];
    this.x.setv({ start: x0, end: x1 });
    this.y.setv({ start: y0, end: y1 });
  }
  close() { this.model.off("msg:custom", this.hear); }
}

/** @param {{ model: any, el: HTMLElement }} place */
function render({ model, el }) {
  const place = make("div", { class: "snn-bokeh" });
  const said = make("figcaption", { role: "status", "aria-live": "polite" });
  const actions = make("div", { class: "snn-actions", role: "group", "aria-label": "What is in view" });
  for (const [label, by] of BUTTONS) {
    const button = make("button", { type: "button", "data-by": by }, label);
    button.addEventListener("click", () => model.send({ type: "move", by }));
    actions.append(button);
  }
  const figure = make("figure", { class: "snnlab snn-explorer", "aria-label": model.get("title") }, place, actions, said);
  el.append(figure);
  const tell = () => { said.textContent = model.get("sentence") + "."; };
  model.on("change:sentence", tell);
  tell();

  let shown = "", /** @type {Axes | undefined} */ axes;
  const recolour = () => {
    const colours = coloursOf(figure), now = JSON.stringify(colours);
    if (now !== shown) model.send({ type: "colours", colours });
    shown = now;
  };
  const watch = new MutationObserver(recolour), dark = matchMedia("(prefers-color-scheme: dark)");
  const start = async () => {
    const colours = coloursOf(figure);
    shown = JSON.stringify(colours);
    const [{ id, version, models }] = await ask(model, { type: "begin", colours }, "child");
    await library(model, version);
    const child = await model.widget_manager.get_model(id);
    const view = await model.widget_manager.create_view(child);
    place.append(view.el);
    axes = new Axes(model, models);
    watch.observe(document.body, { attributes: true });
    dark.addEventListener("change", recolour);
  };
  // the style sheet counts once the figure stands in the page
  const there = new ResizeObserver(() => {
    there.disconnect();
    start().catch(error => {
      actions.remove();
      place.replaceChildren(make("p", { class: "snn-note" }, `Python draws this figure: run the cell again (${error.message}).`));
    });
  });
  there.observe(figure);
  return () => {
    model.off("change:sentence", tell);
    axes?.close();
    there.disconnect();
    watch.disconnect();
    dark.removeEventListener("change", recolour);
  };
}

export default { render };
