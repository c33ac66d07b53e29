// goal.js: an exercise in a panel: what is asked, an answer, what is said to it, and how often it was tried
const GOALS = {};
class Goal {
  constructor(panel) {
    this.panel = panel; this.spec = panel.spec.goal;
    this.verdict = node("p", { class: "snn-verdict", role: "status" });
    this.tally = node("p", { class: "snn-tally" });
    this.check = button(this.caption, () => this.answer(), { class: "snn-check" });
    this.form = node("div", { class: "snn-row" }, ...this.fields(), this.check);
  }
  get caption() { return "Check"; }
  fields() { return []; }
  extra() { return []; }
  // the panel has its figure and its signal by now
  build() {
    const { text } = this.spec, { signal } = this.panel.stop, { question } = this.panel.spec;
    this.element = node("section", { class: "snn-goal", "aria-label": `Goal: ${question}` }, ...(text ? [node("p", {}, text)] : []),
      ...this.extra(), this.form, this.verdict, this.tally, progressBlock(signal));
    document.addEventListener(PROGRESS, () => this.count(), { signal });
    this.count();
    return this.element;
  }
  allows() { return true; }
  done() {}
  count() {
    const { tries, solved } = progress.of(this.spec.name);
    this.tally.textContent = [tries && `${tries} ${tries === 1 ? "try" : "tries"}`, solved && "solved"].filter(Boolean).join(", ");
  }
  answer() {
    const verdict = this.judge();
    if (!verdict.unread) {
      progress.count(this.spec.name, verdict.right);
      this.report({ tries: (this.panel.model.get("tries") ?? 0) + 1, solved: verdict.right || this.panel.model.get("solved") || false });
    }
    this.tell(verdict.unread ?? (verdict.right ? "" : this.spec.begin) + verdict.text, verdict.unread ? "" : verdict.right ? "right" : "wrong");
    return verdict;
  }
  // empty first, so that the same sentence twice is spoken twice; a sentence still on its way must not come after it
  tell(text, kind = "") {
    clearTimeout(this.telling);
    this.verdict.textContent = "";
    this.verdict.dataset.kind = kind;
    this.telling = setTimeout(() => { this.verdict.textContent = text; }, 20);
  }
  report(traits) {
    const { model } = this.panel;
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    model.save_changes();
  }
}

GOALS.target = class extends Goal {
  judge() {
    const { data, decimals } = this.panel;
    return judgeTarget(this.spec, { ...data.values, ...data }, decimals);
  }
};

class TypedGoal extends Goal {
  fields() {
    const { labels, unit } = this.spec;
    this.inputs = labels.map(() => node("input", { type: "text", inputmode: "text", size: 9, autocomplete: "off", spellcheck: "false", "data-lm-suppress-shortcuts": "true" }));
    // not a form: JupyterLab lets none be sent
    for (const input of this.inputs) input.addEventListener("keydown", event => { if (event.key === "Enter") this.answer(); });
    return this.inputs.map((input, k) => node("label", {}, labels[k], input, unit));
  }
  // the numbers that were typed, or the field in which there is none, and why
  read() {
    const numbers = this.inputs.map(input => readNumber(input.value, this.spec.unit, this.spec.words)), bad = numbers.findIndex(n => n.unread);
    this.inputs.forEach((input, k) => input.setAttribute("aria-invalid", String(k === bad)));
    if (bad >= 0) this.inputs[bad].focus();
    return bad < 0 ? { numbers } : numbers[bad];
  }
}
GOALS.ask = class extends TypedGoal {
  judge() {
    const { unread, numbers } = this.read();
    return unread ? { unread } : judgeNumbers(this.spec, numbers);
  }
};
