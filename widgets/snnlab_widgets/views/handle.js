// handle.js: a point in a picture that is dragged to both sides and up and down. Where it is, on each axis, is
// a number, a control, a read-out, or a multiple of one of these.
class Handle {
  /** @param {View<any, any>} view @param {HandleSpec} spec @param {Ends[]} ranges */
  constructor(view, [name, ...places], ranges) {
    const { panel } = view;
    Object.assign(this, { view, panel, ranges });
    this.places = places.map(place => {
      const [of, factor, begin = 0] = Array.isArray(place) ? place : [place, 1];
      return { of, factor, begin, control: panel.spec.controls.find(c => c.name === of) };
    });
    this.moves = this.places.flatMap(({ control }) => control ?? []);
    this.colour = "q" + this.moves[0].colour;
    this.element = node("div", {
      class: "snn-handle", role: "slider", tabindex: "0", style: `--snn-c:var(--snn-${this.colour})`, "data-lm-suppress-shortcuts": "true",
      "aria-label": `${name}, in the picture`, "aria-roledescription": this.moves[1] ? "point, moved with all arrow keys" : "point",
      "aria-valuemin": this.moves[0].low, "aria-valuemax": this.moves[0].high,
    });
    view.element.append(this.element);
    view.drag(this.element, event => {
      const start = view.at(event), from = this.spot();
      return next => {
        const now = view.at(next), to = from.map((place, k) => place + now[k] - start[k]);
        this.move((_, k) => this.value(k, to[k]), "drag");
      };
    });
    this.element.addEventListener("keydown", event => this.key(event));
    this.element.addEventListener("dblclick", () => this.move(control => control.start, "reset"));
    view.grips.push(this);
  }
  /** @param {(control: Control, k: number) => number} value @param {Source} source */
  move(value, source) {
    this.panel.moveAll(Object.fromEntries(this.places.flatMap((place, k) => place.control ? [[place.of, value(place.control, k)]] : [])), source);
  }
  // up is up in the picture, also where more of the control is further down
  /** @param {KeyboardEvent} event */
  key(event) {
    const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowUp: [1, 1], ArrowDown: [1, -1], PageUp: [1, 10], PageDown: [1, -10] };
    const [k, many] = /** @type {Record<string, number[]>} */ (steps)[event.key] ?? [];
    const { control, factor = 1 } = this.places[k]?.control ? this.places[k] : this.places[1 - k] ?? {};
    const end = /** @type {Record<string, "low" | "high">} */ ({ Home: "low", End: "high" })[event.key];
    if (!control && !end) return;
    event.preventDefault();
    if (end) this.move(each => each === this.moves[0] ? each[end] : this.panel.values[each.name], "key");
    else if (control) this.panel.move(control.name, this.panel.values[control.name] + many * control.step * Math.sign(factor), "key");
  }
  // where it is on both axes
  /** @param {Values} values @param {Data} data */
  where(values, data) {
    return this.places.map(({ of, factor, begin }) => begin + factor * (typeof of === "number" ? of : values[of] ?? data[of]));
  }
  // the same in pixels; now, if nothing else is said
  /** @param {number[]} place @returns {Point} */
  spot([a, b] = this.where(this.panel.values, /** @type {Data} */ (this.panel.data))) {
    const { view, ranges: [x, y] } = this;
    return [view.x(a, x), view.y(b, y)];
  }
  // within the frame, at whose edge it waits while a stretch without it is shown
  /** @param {number[]} [place] @returns {Point} */
  at(place) {
    const [x, y] = this.spot(place), { left, right, top, bottom } = this.view;
    return [Math.min(right, Math.max(left, x)), Math.min(bottom, Math.max(top, y))];
  }
  // the control that puts it at this pixel
  /** @param {number} k @param {number} pixel */
  value(k, pixel) {
    const { view, ranges } = this, [low, high] = ranges[k];
    const share = k ? (view.bottom - pixel) / (view.bottom - view.top) : (pixel - view.left) / (view.right - view.left);
    return (low + share * (high - low) - this.places[k].begin) / this.places[k].factor;
  }
  get text() { return this.moves.map(control => this.panel.textOf(control.name)).join(", "); }
  place() {
    const [x, y] = this.at(), { style } = this.element;
    style.left = x + "px";
    style.top = y + "px";
    this.element.setAttribute("aria-valuenow", String(this.panel.values[this.moves[0].name]));
    this.element.setAttribute("aria-valuetext", this.moves.map(({ name, label }) => `${label} ${this.panel.textOf(name)}`).join(", "));
  }
  // dotted lines from the axes whose controls it moves
  /** @param {(colour: string) => [colour: string, width: number, pen: Pen][]} style */
  draw(style = colour => [[colour, 1.25, { dash: [2, 3] }]]) {
    const { view, places: [across, up] } = this, [x, y] = this.spot();
    /** @type {[Handle["places"][0], number[]][]} */
    const lines = [[across, [x, y, x, view.bottom]], [up, [view.left, y, x, y]]];
    for (const [{ control }, line] of lines) {
      if (control) for (const pen of style("q" + control.colour)) view.line(line, ...pen);
    }
  }
}
// The points of a picture, fainter where they were before, each with its values beside it: where they hide no other point.
/** @param {View<any, any>} view @param {Handle[]} handles @param {number[][]} [before] */
function drawHandles(view, handles, before) {
  const { cx, left, right, top, bottom } = view;
  before?.forEach((spot, k) => view.dot(...handles[k].at(spot), 4.5, handles[k].colour, 0.35));
  for (const handle of handles) {
    const [x, y] = handle.at(), { text, colour } = handle, half = cx.measureText(text).width / 2;
    const middle = Math.max(left + half, Math.min(right - half, x));
    /** @type {(other: Handle) => boolean} */
    const hides = other => other !== handle && Math.hypot(Math.max(0, Math.abs(other.at()[0] - middle) - half), other.at()[1] - y + 24) < 14;
    const place = y < top + 32 || handles.some(hides) ? y + 30 : y - 20;
    view.clip(top, bottom, () => handle.draw());
    view.dot(x, y, 5, colour);
    // what is behind the words is wiped away first, whatever colour the page has
    Object.assign(cx, { globalCompositeOperation: "destination-out", textAlign: "center", lineWidth: 5, lineJoin: "round" });
    cx.strokeText(text, middle, place);
    cx.globalCompositeOperation = "source-over";
    view.text(middle, place, text, "center", colour);
  }
}
