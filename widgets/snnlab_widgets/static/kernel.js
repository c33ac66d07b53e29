// kernel.js: what only a notebook has: the engine in Python, whose answer comes in binary buffers, and anywidget's door
let asked = 0;
class KernelEngine {
  /** @param {Model} model @param {Spec} spec @param {Done} done @param {Failed} failed */
  constructor(model, spec, done, failed) {
    this.model = model;
    let /** @type {number | null} */ mine = null, /** @type {any} */ sent = null;
    this.gate = new Gate(values => {
      mine = ++asked;
      sent = { ...values };
      model.send({ type: "run", id: mine, values: sent });
    });
    /** @type {(message: any, buffers: any) => void} */
    this.hear = (message, buffers) => {
      if (message.type !== "frame" || message.id !== mine) return;
      if (message.error) failed(message.error);
      else done({ ...unpack(message, buffers, spec), values: sent });
      this.gate.answered();
    };
    model.on("msg:custom", this.hear);
  }
  /** @param {Values} values */
  ask(values) { this.gate.ask(values); }
  close() { this.model.off("msg:custom", this.hear); }
}

/** @param {{ names: string[], types: ArrayCode[] }} head @param {(DataView | ArrayBuffer)[]} buffers @param {Spec} spec */
function unpack({ names, types }, buffers, spec) {
  /** @type {Record<string, any>} */
  const data = {};
  names.forEach((name, k) => {
    const b = buffers[k], bytes = "buffer" in b ? b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength) : b;
    const array = new TYPED[types[k]](bytes), [base, part] = name.split(".");
    if (part) (data[base] ||= {})[part] = array;
    else if (name === "reads") array.forEach((/** @type {number} */ x, /** @type {number} */ j) => { data[spec.readouts[j].name] = x; });
    else data[name] = array;
  });
  return data;
}

/** @param {{ model: Model, el: HTMLElement & { snnlab?: Panel } }} place */
function render({ model, el }) {
  const panel = new Panel(model, el);
  el.snnlab = panel;
  return () => panel.close();
}
