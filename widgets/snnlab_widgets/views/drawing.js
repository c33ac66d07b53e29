// drawing.js: a square on which the reader draws: strokes of mouse, pen, finger or keys, kept as text
/**
 * @typedef {ViewSpec & {
 *   strokes: string,
 *   what: string,
 *   whole: number,
 *   most: number,
 *   pen: number,
 *   columns: number,
 *   bands: string[],
 * }} DrawingSpec
 */
// The points of a drawing (drawings.py) into `out`: x, y, and 1 where a stroke begins, else 2; how many there are.
/** @type {(text: string, out: Float64Array) => number} */
PEN.read = (text, out) => {
  let n = 0;
  for (const stroke of text.split("-")) {
    for (let k = 0; k + 4 <= stroke.length && 3 * n < out.length; k += 4, n++) {
      for (const c of [0, 1]) out[3 * n + c] = parseInt(stroke.slice(k + 2 * c, k + 2 * c + 2), 36);
      out[3 * n + 2] = k ? 2 : 1;
    }
  }
  return n;
};
/** @type {(text: string | null) => boolean} */
PEN.reads = text => /^([0-9a-z]{4}(-?[0-9a-z]{4})*)?$/.test(text ?? "?");
const SIDE = 230; // pixels of a square that is drawn on with the whole pen
const NEAREST = 8; // thousandths of the side: a point that is nearer to the last one is left out
/** @extends {View<DrawingSpec, object>} */
class DrawingView extends View {
  /** @param {Panel} panel @param {DrawingSpec} spec */
  constructor(panel, spec) {
    super(panel, spec);
    this.cursor = [spec.whole / 2, spec.whole / 2];
    this.last = this.cursor;
    this.down = this.keys = false;
    this.pad = node("div", {
      class: "snn-pad", role: "application", tabindex: "0", "data-lm-suppress-shortcuts": "true", "aria-roledescription": "drawing area",
      "aria-label": `Draw ${spec.what}. Arrow keys move the pen, with Shift farther. Space puts it down and lifts it. Backspace takes the last stroke back, Delete all.`,
    });
    this.full = node("span");
    this.tools = node("div", { class: "snn-tools" }, button("Clear", () => this.write("", "button")), this.full);
    this.element.append(this.pad, this.tools);
    this.drag(this.pad, event => {
      this.begin(this.from(event), "drag");
      return next => {
        // between two frames a pen or a fast mouse was in more places
        const all = next.getCoalescedEvents?.() ?? [];
        for (const each of all.length ? all : [next]) this.extend(this.from(each), "drag");
      };
    });
    this.pad.addEventListener("keydown", event => this.key(event));
    this.pad.addEventListener("blur", () => { this.down = this.keys = false; this.paint(); });
    this.grips.push(this);
  }
  get ink() { return /** @type {string} */ (/** @type {any} */ (this.panel.values)[this.spec.strokes]); }
  // the square in pixels: its left and upper edge, and its side
  get square() {
    const side = Math.max(1, Math.min(this.right - this.left, this.bottom - this.top));
    return [(this.left + this.right - side) / 2, this.top, side];
  }
  /** @param {PointerEvent} event @returns {Point} */
  from(event) {
    const [x, y] = this.at(event), [left, top, side] = this.square, { whole } = this.spec;
    return [(x - left) / side * whole, (y - top) / side * whole];
  }
  /** @param {string} text @param {Source} source */
  write(text, source) {
    this.panel.setAll(/** @type {any} */ ({ [this.spec.strokes]: text }), source);
    this.panel.hurry();
  }
  // two letters or digits a number, to the base 36, as in drawings.py
  /** @param {Point} point */
  letters(point) {
    return point.map(v => Math.round(Math.min(this.spec.whole, Math.max(0, v))).toString(36).padStart(2, "0")).join("");
  }
  // a drawing has room for so many points; whoever goes on hears of it, and sees it beside the buttons that help
  refused() {
    const full = PEN.read(this.ink, new Float64Array(3 * this.spec.most)) >= this.spec.most;
    if (full) {
      this.panel.live.textContent = "The drawing is full";
      this.full.textContent = "No ink left";
    }
    return full;
  }
  // what was there at the start makes room for what the reader draws
  /** @param {Point} point @param {Source} source */
  begin(point, source) {
    const before = this.ink === this.panel.spec.drawn[this.spec.strokes] ? "" : this.ink;
    if (before && this.refused()) return;
    this.last = point;
    this.keys = source === "key";
    this.write((before && before + "-") + this.letters(point), source);
  }
  /** @param {Point} point @param {Source} source */
  extend(point, source) {
    if (this.refused() || Math.hypot(point[0] - this.last[0], point[1] - this.last[1]) < NEAREST) return;
    this.last = point;
    this.write(this.ink + this.letters(point), source);
  }
  undo() {
    this.write(this.ink.slice(0, Math.max(0, this.ink.lastIndexOf("-"))), "button");
  }
  /** @param {KeyboardEvent} event */
  key(event) {
    const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const way = /** @type {Record<string, number[]>} */ (ways)[event.key], { cursor, spec } = this;
    if (way) {
      const far = spec.whole / (event.shiftKey ? 10 : 40);
      this.cursor = cursor.map((v, k) => Math.min(spec.whole, Math.max(0, v + far * way[k])));
      if (this.down) this.extend(/** @type {Point} */ (this.cursor), "key");
    } else if (event.key === " ") {
      this.down = !this.down;
      this.panel.live.textContent = this.down ? "Pen down" : "Pen up";
      if (this.down) this.begin(/** @type {Point} */ (this.cursor), "key");
    } else if (event.key === "Backspace") this.undo();
    else if (event.key === "Delete") this.write("", "button");
    else return;
    this.keys = true;
    event.preventDefault();
    this.paint();
  }
  prepare() { return {}; }
  // the pad lies over the square, wherever that is
  place() {
    const [left, top, side] = this.square, { style } = this.pad;
    Object.assign(style, { left: left + "px", top: top + "px", width: side + "px", height: side + "px" });
  }
  draw() {
    const { cx, spec } = this, [left, top, side] = this.square, scale = side / spec.whole;
    this.line([left, top, left + side, top, left + side, top + side, left, top + side, left, top], "edge");
    for (let k = 1; k < spec.columns; k++) {
      const x = left + k * side / spec.columns;
      this.line([x, top, x, top + side], "rule");
    }
    spec.bands.forEach((name, k) => {
      const y = top + k * side / spec.bands.length;
      this.text(left + 6, y + 16, name);
      if (k) this.line([left, y, left + side, y], "soft");
    });
    cx.lineCap = "round";
    // a small square has a fine pen
    const pen = spec.pen * Math.min(1, side / SIDE);
    const points = new Float64Array(3 * spec.most), n = PEN.read(this.ink, points);
    for (let k = 0; k < n;) {
      const stroke = [];
      do stroke.push(left + scale * points[3 * k], top + scale * points[3 * k++ + 1]); while (k < n && points[3 * k + 2] === 2);
      // a pen that is not moved leaves a mark
      if (stroke.length === 2) stroke.push(stroke[0] + 0.1, stroke[1]);
      this.line(stroke, "ink", pen);
    }
    cx.lineCap = "butt";
    if (n < spec.most) this.full.textContent = "";
    if (!this.keys) return;
    const [x, y] = [left + scale * this.cursor[0], top + scale * this.cursor[1]];
    this.dot(x, y, 7, "rule");
    this.dot(x, y, 5, this.down ? "q1" : "edge");
  }
}
VIEWS.drawing = DrawingView;
