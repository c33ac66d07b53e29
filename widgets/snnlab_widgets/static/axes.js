// axes.js: what all views share: a crisp canvas, axes, colours, grips. The geometry comes with the view (picture.py).
/** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {Attributes} attributes @param {(Node | string)[]} children */
function node(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

// What a notebook prints with `code` between ticks has a typeface of its own in a page.
/** @param {string} text @returns {(HTMLElement | string)[]} */
const withCode = text => text.split(/\x60([^\x60]+)\x60/).map((piece, k) => k % 2 ? node("code", {}, piece) : piece);

// A slide enlarges a panel as a whole (the property zoom): how much, and where a part of it is in the panel's own pixels.
/** @param {Element} element */
const zoomOf = element => element.currentCSSZoom || 1;
/** @param {Element} element */
function boxOf(element) {
  const { left, top, bottom, width, height } = element.getBoundingClientRect(), zoom = zoomOf(element);
  return { left: left / zoom, top: top / zoom, bottom: bottom / zoom, width: width / zoom, height: height / zoom };
}

/** @param {number} low @param {number} high @param {number} most */
function ticks(low, high, most) {
  const raw = (high - low) / most, power = 10 ** Math.floor(Math.log10(raw));
  const step = power * /** @type {number} */ ([1, 2, 5, 10].find(m => m * power >= raw * 0.999)), list = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= Math.floor(high / step + 1e-9); k++) list.push(k * step);
  return { list, decimals: Math.max(0, -Math.floor(Math.log10(step) + 1e-9)) };
}

const LADDER = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];
/** @param {number} value */
function niceTop(value) {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return /** @type {number} */ (LADDER.find(m => m * power >= value * (1 - 1e-9))) * power;
}

// the largest finite number of all lists, but not below 0: as shapes.highest in Python
/** @param {Iterable<number>[]} lists */
function highest(...lists) {
  let top = 0;
  for (const list of lists) for (const v of list) if (v > top && v < Infinity) top = v;
  return top;
}

// The lowest and the highest point of each of 600 pieces, in their order: as frames.thin in Python.
/** @param {Numbers & Iterable<number>} y */
function thin(y, columns = 600) {
  const n = y.length;
  if (n <= 2 * columns) return { at: Float32Array.from(y, (_, k) => k), value: Float32Array.from(y) };
  const at = new Float32Array(2 * columns), value = new Float32Array(2 * columns);
  for (let c = 0, k = 0; c < columns; c++) {
    const end = Math.floor((c + 1) * n / columns);
    let low = k, high = k, least = Infinity, most = -Infinity;
    for (; k < end; k++) {
      const v = y[k];
      if (v < least) { least = v; low = k; }
      if (v > most) { most = v; high = k; }
    }
    const a = Math.min(low, high), b = Math.max(low, high);
    at[2 * c] = a; value[2 * c] = y[a];
    at[2 * c + 1] = b; value[2 * c + 1] = y[b];
  }
  return { at, value };
}

const TOKENS = ["paper", "ink", "soft", "rule", "edge", "trace", "q1", "q2", "q3", "q4", "q5", "q6"];
/** @param {Element} element */
function readPalette(element) {
  /** @type {Palette} */
  const palette = {}, probe = element.appendChild(node("i", { hidden: "" }));
  for (const token of TOKENS) {
    probe.style.color = `var(--snn-${token})`;
    palette[token] = getComputedStyle(probe).color;
  }
  probe.remove();
  return palette;
}

/** @template {ViewSpec} S @template N */
class View {
  /** @param {Panel} panel @param {S} spec */
  constructor(panel, spec) {
    this.panel = panel; this.spec = spec; this.size = { ...spec.box };
    this.canvas = node("canvas", { role: "img" });
    this.canvas.style.height = this.height + "px";
    this.element = node("div", { class: `snn-view snn-${spec.kind}` }, this.canvas);
    this.cx = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.grips = [];
  }
  // what is drawn is kept apart from the engine's memory, which the next run overwrites
  /** @param {Data} data */
  show(data) { this.now = this.prepare(data); }
  get height() {
    const { top, frame, bottom, gap, strip } = this.size;
    return top + frame + gap + strip + bottom;
  }
  // The heights of frame, strip and all, if they are so many times as high as declared and the canvas is so wide. What keeps
  // its ratio, as a square to draw on does, leaves no empty room below it. A map is as wide as a phone.
  /** @param {number} times @param {number} width */
  heightFor(times, width) {
    const { box, ratio = 0, kind, ruled } = this.spec, { left, right, top, gap, bottom } = box, keeps = kind === "drawing" ? 1 : ratio;
    const full = ruled && this.panel.figure?.dataset.layout === "narrow" ? Infinity : times * box.frame;
    const frame = Math.floor(keeps ? Math.min(full, (width - left - right) / keeps) : full), strip = Math.floor(times * box.strip);
    return { frame, strip, height: top + frame + gap + strip + bottom };
  }
  /** @param {number} times @param {number} width */
  stretch(times, width) {
    const { frame, strip, height } = this.heightFor(times, width);
    Object.assign(this.size, { frame, strip });
    this.canvas.style.height = height + "px";
  }
  get left() { return this.size.left; }
  get room() { return this.width - this.size.left - this.size.right; }
  // a frame that keeps its ratio leaves room to its right, or below it where the screen is narrow: as shapes.Place
  get right() {
    const { room, size: { frame }, spec: { ratio } } = this;
    return this.left + (ratio ? Math.min(room, frame * ratio) : room);
  }
  get top() { return this.size.top; }
  get bottom() {
    const { room, size: { frame }, spec: { ratio } } = this;
    return this.top + (ratio ? Math.min(frame, room / ratio) : frame);
  }
  // of a curve that is to be guessed only what lies on one side of the point, as frames.on_side in Python
  /** @param {Numbers} x @param {Numbers} y @param {number} at */
  onSide(x, y, at) {
    const { side } = this.spec;
    return Float64Array.from(y, (v, k) => !side || (side === "left" ? x[k] <= at + 1e-9 : x[k] >= at - 1e-9) ? v : NaN);
  }
  /** @param {number} v @param {Ends} range */
  x(v, [low, high]) { return this.left + (v - low) / (high - low) * (this.right - this.left); }
  /** @param {number} v @param {Ends} range */
  y(v, [low, high], top = this.top, bottom = this.bottom) {
    return bottom - (v - low) / (high - low) * (bottom - top);
  }

  // the value that stands at a pixel of the lower axis
  /** @param {number} pixel @param {Ends} range */
  across(pixel, [low, high]) { return low + (pixel - this.left) / (this.right - this.left) * (high - low); }

  paint(width = boxOf(this.canvas).width) {
    const { canvas, cx } = this;
    if (!this.now || !width) return;
    // the browser knows how many pixels of the screen the canvas covers; paper wants three for each of ours
    const ratio = this.panel.printing ? 3 : (window.devicePixelRatio || 1) * zoomOf(this.canvas);
    let w = Math.round(width * ratio), h = Math.round(this.height * ratio);
    if (this.screen && Math.abs(this.screen.inlineSize - w) < 2) {
      w = this.screen.inlineSize;
      h = this.screen.blockSize;
    }
    if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
    this.width = width;
    this.colour = this.panel.palette;
    cx.setTransform(w / width, 0, 0, h / this.height, 0, 0);
    cx.clearRect(0, 0, width, this.height);
    cx.font = "12px system-ui, sans-serif";
    this.draw();
    for (const grip of this.grips) grip.place();
  }
  // of a picture in which a stretch of time can be chosen: the one that is shown
  /** @returns {Ends} */
  get shown() { return this.panel.windows[this.spec.label_x ?? ""] ?? this.span; }
  /** @param {Numbers} points @param {string} colour @param {number} width @param {Pen} style */
  line(points, colour, width = 1, { dash = [], alpha = 1 } = {}) {
    const { cx } = this;
    cx.globalAlpha = alpha; cx.strokeStyle = this.colour[colour]; cx.lineWidth = width; cx.lineJoin = "round";
    cx.setLineDash(dash);
    cx.beginPath();
    // what is no number leaves a gap
    for (let k = 0, drawn = false; k < points.length; k += 2) {
      const x = points[k], y = points[k + 1], there = Number.isFinite(x + y);
      if (there) drawn ? cx.lineTo(x, y) : cx.moveTo(x, y);
      drawn = there;
    }
    cx.stroke();
    cx.setLineDash([]);
    cx.globalAlpha = 1;
  }
  // vertical ticks, snapped to whole device pixels so that all look alike
  /** @param {Numbers} xs @param {number | number[]} y0 @param {number | number[]} y1 @param {string} colour @param {number} width */
  strokes(xs, y0, y1, colour, width, alpha = 1) {
    const { cx } = this, ratio = this.canvas.width / this.width, snap = (/** @type {number} */ v) => Math.round(v * ratio) / ratio;
    const thick = Math.max(1, Math.round(width * ratio)) / ratio;
    cx.globalAlpha = alpha; cx.fillStyle = this.colour[colour];
    for (let k = 0; k < xs.length; k++) {
      if (Number.isNaN(xs[k])) continue;
      const a = typeof y0 === "number" ? y0 : y0[k], b = typeof y1 === "number" ? y1 : y1[k];
      cx.fillRect(snap(xs[k] - thick / 2), snap(a), thick, Math.max(snap(b) - snap(a), 1 / ratio));
    }
    cx.globalAlpha = 1;
  }
  /** @param {number} x @param {number} y @param {number} radius @param {string} colour */
  dot(x, y, radius, colour, alpha = 1) {
    const { cx } = this;
    cx.globalAlpha = alpha; cx.fillStyle = this.colour[colour];
    cx.beginPath();
    cx.arc(x, y, radius, 0, 2 * Math.PI);
    cx.fill();
    cx.globalAlpha = 1;
  }
  /** @param {number} x @param {number} y @param {string} text @param {CanvasTextAlign} align */
  text(x, y, text, align = "left", colour = "soft") {
    const { cx } = this;
    cx.textAlign = align; cx.textBaseline = "alphabetic"; cx.fillStyle = this.colour[colour];
    cx.fillText(text, x, y);
  }
  /** @param {number} top @param {number} bottom @param {() => void} draw */
  clip(top, bottom, draw) {
    const { cx } = this;
    cx.save();
    cx.beginPath();
    cx.rect(this.left, top, this.right - this.left, bottom - top);
    cx.clip();
    draw();
    cx.restore();
  }
  /** @param {Ends} range @param {string} label */
  axisX(range, label, bottom = this.bottom) {
    const crisp = Math.round(bottom) + 0.5, { list, decimals } = ticks(...range, this.right - this.left < 260 ? 3 : 5);
    const { names_x: names } = this.spec;
    this.line([this.left, crisp, this.right, crisp], "soft");
    names?.forEach((name, k) => this.text(this.x(k + 0.5, [0, names.length]), bottom + 16, name, "center"));
    for (const v of names ? [] : list) {
      const x = Math.round(this.x(v, range)) + 0.5;
      this.line([x, crisp, x, crisp + 4], "soft");
      this.text(x, bottom + 16, fixed(v, decimals), "center");
    }
    this.text((this.left + this.right) / 2, bottom + 33, label, "center");
  }
  /** @param {Ends} range @param {string} label */
  axisY(range, label, most = 4, top = this.top, bottom = this.bottom) {
    if (label) this.text(0, this.size.head, label);
    if (this.spec.names_y) return;
    const { list, decimals } = ticks(...range, bottom - top < 75 ? 2 : most);
    for (const v of list) {
      const y = Math.round(this.y(v, range, top, bottom)) + 0.5;
      this.line([this.left, y, this.right, y], "rule");
      this.text(this.left - 6, y + 4, fixed(v, decimals), "right");
    }
  }

  /** @param {MouseEvent | Touch} event @returns {Point} */
  at(event) {
    const { left, top } = boxOf(this.canvas), zoom = zoomOf(this.canvas);
    return [event.clientX / zoom - left, event.clientY / zoom - top];
  }
  // Whoever grabs the element, or the picture where it is near, moves what `grab` gives until they let go.
  /**
   * @param {HTMLElement} element
   * @param {(event: PointerEvent) => (event: PointerEvent) => void} grab
   * @param {string} cursor
   * @param {(x: number, y: number) => boolean} [near]
   */
  drag(element, grab, cursor = "", near) {
    /** @type {(target: HTMLElement, hit: (event: PointerEvent) => boolean) => void} */
    const on = (target, hit) => {
      /** @type {((event: PointerEvent) => void) | null} */
      let follow = null;
      target.addEventListener("pointerdown", event => {
        // a second finger moves nothing
        if (event.button || !event.isPrimary || !hit(event)) return;
        target.setPointerCapture(event.pointerId);
        this.panel.hold(true);
        follow = grab(event);
        element.classList.add("snn-held");
      });
      target.addEventListener("pointermove", event => {
        if (follow && event.isPrimary) follow(event);
        else if (target === this.canvas && event.pointerType === "mouse") {
          if (hit(event)) target.style.cursor = cursor;
          else if (target.style.cursor === cursor) target.style.cursor = "";
        }
      });
      for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) target.addEventListener(end, event => {
        if (!follow || !event.isPrimary) return;
        follow = null;
        element.classList.remove("snn-held");
        this.panel.hold(false);
      });
    };
    on(element, () => true);
    // a finger in the picture scrolls the page; only a mouse or a pen may grab there
    if (near) on(this.canvas, event => event.pointerType !== "touch" && near(...this.at(event)));
  }

  // A grip outside of the axis moves a control; so does what it belongs to, when it is grabbed in the picture.
  /**
   * @param {string} name
   * @param {"x" | "y"} axis
   * @param {{ range: () => Ends, band?: () => Ends, near: (x: number, y: number) => boolean }} place
   */
  grip(name, axis, { range, band = () => [this.top, this.bottom], near }) {
    const control = this.panel.control(name), upright = axis === "y";
    const element = node("div", {
      class: `snn-grip snn-grip-${axis}`, role: "slider", tabindex: "0", style: `--snn-c:var(--snn-q${control.colour})`,
      "aria-label": `${control.label}, in the picture`, "aria-orientation": upright ? "vertical" : "horizontal",
      "aria-valuemin": control.low, "aria-valuemax": control.high, "data-lm-suppress-shortcuts": "true",
    });
    this.element.append(element);
    /** @type {(event: MouseEvent) => number} */
    const valueAt = event => {
      const at = this.at(event), [low, high] = range(), [top, bottom] = band();
      return low + (upright ? (bottom - at[1]) / (bottom - top) : (at[0] - this.left) / (this.right - this.left)) * (high - low);
    };
    this.drag(element, event => {
      const offset = this.panel.values[name] - valueAt(event);
      return next => this.panel.move(name, valueAt(next) + offset, "drag");
    }, upright ? "ns-resize" : "ew-resize", near);
    element.addEventListener("keydown", event => {
      const steps = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
      const value = { Home: control.low, End: control.high }[event.key] ?? (steps && this.panel.values[name] + steps * control.step);
      if (value === undefined) return;
      event.preventDefault();
      this.panel.move(name, value, "key");
    });
    element.addEventListener("dblclick", () => this.panel.move(name, control.start, "reset"));
    this.grips.push({
      place: () => {
        const value = this.panel.values[name], text = this.panel.textOf(name);
        element.textContent = upright ? `${text} ↕` : `${text} ↔`;
        element.setAttribute("aria-valuenow", String(value));
        element.setAttribute("aria-valuetext", text);
        if (upright) {
          element.style.left = this.right + 4 + "px";
          const [top, bottom] = band();
          element.style.top = Math.min(bottom, Math.max(top, this.y(value, range(), top, bottom))) + "px";
        } else {
          const half = element.offsetWidth / 2;
          const x = Math.max(half - 4, Math.min(this.width - half, this.x(value, range())));
          element.style.left = x + "px";
          element.style.top = this.top - 3 + "px";
        }
      },
    });
  }
}
/** @type {Record<string, new (panel: Panel, spec: any) => View<any, any>>} */
const VIEWS = {};
// What only some panels have (best.js, sound.js): made with the panel; told when it is at rest, reset, closed.
/** @type {Record<string, (panel: Panel) => Extra>} */
const EXTRAS = {};
