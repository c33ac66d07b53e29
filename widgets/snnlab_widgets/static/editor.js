// editor.js: a field to write a program in: it indents, undoes, and shows in which line something is wrong
const INDENT = 4;

// what a key changes: the text from `from` to `to` becomes `text`, and then this is selected; null if it changes nothing
/** @param {string} all @param {number} start @param {number} end @param {string} key @returns {Edit | null} */
function edited(all, start, end, key) {
  const from = all.lastIndexOf("\n", start - 1) + 1, spaces = (/** @type {string} */ line) => line.length - line.trimStart().length;
  if (key === "Enter") {
    const before = all.slice(from, start), atEnd = /^[^\S\n]*(\n|$)/.test(all.slice(end)), more = atEnd && /:\s*(#.*)?$/.test(before) ? INDENT : 0;
    const text = "\n" + " ".repeat(Math.min(spaces(before), before.length) + more);
    return { from: start, to: end, text, select: [start + text.length, start + text.length] };
  }
  if (key === "Tab" && start === end) {
    const text = " ".repeat(INDENT - (start - from) % INDENT);
    return { from: start, to: end, text, select: [start + text.length, start + text.length] };
  }
  if (key === "Backspace" && start === end) {
    const before = all.slice(from, start), less = (before.length - 1) % INDENT + 1;
    return before && !before.trim() ? { from: start - less, to: start, text: "", select: [start - less, start - less] } : null;
  }
  if (key !== "Tab" && key !== "Shift-Tab") return null;
  const last = all.indexOf("\n", Math.max(start, end - 1)), to = last < 0 ? all.length : last;
  const lines = all.slice(from, to).split("\n");
  const moved = lines.map(line => key === "Tab" ? " ".repeat(line ? INDENT : 0) + line : line.slice(Math.min(INDENT, spaces(line))));
  const text = moved.join("\n"), first = moved[0].length - lines[0].length;
  return { from, to, text, select: [start + first, end + text.length - (to - from)].map(at => Math.max(from, at)) };
}

class Editor {
  /**
   * @param {string} text
   * @param {{ label: string, run: () => void, leave: () => void, changed: () => void }} about
   * @param {HTMLTextAreaElement} area with a label of its own, if it is there already
   */
  constructor(text, about, area = node("textarea", { "aria-label": about.label })) {
    this.about = about;
    this.area = area;
    const traits = { class: "snn-program", wrap: "off", spellcheck: "false", autocapitalize: "off", autocomplete: "off", "data-lm-suppress-shortcuts": "true" };
    for (const [name, value] of Object.entries(traits)) area.setAttribute(name, value);
    this.mark = node("div", { class: "snn-marked", hidden: "" });
    this.element = node("div", { class: "snn-editor" });
    area.replaceWith(this.element);
    this.element.append(this.mark, area);
    this.area.value = text;
    this.area.addEventListener("keydown", event => this.key(event));
    this.area.addEventListener("input", () => {
      this.show(0);
      this.grow();
      about.changed();
    });
    this.area.addEventListener("scroll", () => this.mark.style.setProperty("--scrolled", `${this.area.scrollTop}px`));
    this.grow();
  }
  get text() { return this.area.value; }
  /** @param {KeyboardEvent} event */
  key(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey, isComposing } = event, { selectionStart, selectionEnd } = this.area;
    if (isComposing || altKey) return;
    if (key === "Escape") return this.about.leave();
    if (ctrlKey || metaKey) {
      if (key === "Enter") this.about.run();
      return;
    }
    const change = edited(this.text, selectionStart, selectionEnd, shiftKey && key === "Tab" ? "Shift-Tab" : key);
    if (!change) return;
    event.preventDefault();
    this.put(change);
  }
  // as if it were typed, so that it can be undone
  /** @param {Edit} change */
  put({ from, to, text, select }) {
    this.area.setSelectionRange(from, to);
    if (from === to && !text) return;
    if (!document.execCommand(text ? "insertText" : "delete", false, text)) {
      this.area.setRangeText(text, from, to, "end");
      this.area.dispatchEvent(new Event("input"));
    }
    this.area.setSelectionRange(select[0], select[1]);
  }
  /** @param {string} text */
  replace(text) {
    this.area.focus();
    this.put({ from: 0, to: this.text.length, text, select: [text.length, text.length] });
  }
  grow() { this.area.rows = Math.min(30, Math.max(6, this.text.split("\n").length + 1)); }
  // 0 takes the mark away
  /** @param {number} line */
  show(line) {
    this.mark.hidden = !line;
    this.mark.style.setProperty("--line", String(line - 1));
    this.area.setAttribute("aria-invalid", String(line > 0));
  }
}
