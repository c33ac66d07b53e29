// compare.js: undo and redo, and the pin: what it holds stays in the picture, and the result says how far it is from there
const MOST_MOVES = 200;
class Compare {
  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel;
    /** @type {Values[]} */
    this.past = [];
    /** @type {Values[]} */
    this.future = [];
    this.undo = button("Undo", () => this.go(this.past, this.future));
    this.redo = button("Redo", () => this.go(this.future, this.past));
    this.pin = button("Pin", () => this.turn(!panel.pinned), { "aria-pressed": "false", title: "Keep the curves of now, and count changes from here" });
    this.show();
  }
  get buttons() { return [this.undo, this.redo, this.pin]; }
  // a move begins, and these are the values before it
  /** @param {Values} values */
  begin(values) {
    this.past.push(values);
    if (this.past.length > MOST_MOVES) this.past.shift();
    this.future.length = 0;
    this.show();
  }
  /** @param {Values[]} from @param {Values[]} to */
  go(from, to) {
    const { panel } = this, now = { ...panel.values };
    if (panel.goal?.shut) return;
    let /** @type {Values | undefined} */ then;
    // whoever came back to where a move began has nothing to take back there
    do then = from.pop(); while (then && panel.names.every(name => then?.[name] === now[name]));
    if (then) {
      to.push(now);
      panel.setAll(then, "undo");
    }
    this.show();
  }
  /** @param {boolean} on */
  turn(on) {
    const { panel } = this, data = on ? panel.data : null;
    panel.pinned = Boolean(data);
    panel.before = data?.[panel.spec.headline];
    panel.source = undefined;
    for (const view of panel.views) view.ghost = data ? view.now : undefined;
    for (const [name, row] of panel.rows) row.pin(data?.values[name]);
    this.show();
    panel.showChange();
    panel.paint();
  }
  show() {
    const [was] = [this.undo, this.redo].filter(each => each.matches?.(":focus"));
    this.undo.disabled = !this.past.length;
    this.redo.disabled = !this.future.length;
    // a button that is pressed for the last time hands the keyboard on
    if (was?.disabled) (this.buttons.find(each => !each.disabled) ?? this.pin).focus();
    this.pin.setAttribute("aria-pressed", String(Boolean(this.panel.pinned)));
  }
}
