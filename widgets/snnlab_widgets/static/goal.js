// goal.js: an exercise in a panel: what is asked, an answer, what is said to it, and how often it was tried
/** @type {Record<string, new (panel: Panel) => Goal>} */
const GOALS = {};
class Goal {
  /** @param {Panel} panel */
  constructor(panel) {
    this.panel = panel; this.spec = panel.spec.goal;
    this.verdict = node("p", { class: "snn-verdict", role: "status" });
    this.tally = node("p", { class: "snn-tally" });
    this.check = button(this.caption, () => this.answer(), { class: "snn-check" });
    this.form = node("div", { class: "snn-row" }, ...this.fields(), this.check);
  }
  get caption() { return "Check"; }
  /** @returns {HTMLElement[]} */
  fields() { return []; }
  /** @returns {HTMLElement[]} */
  extra() { return []; }
  // the panel has its figure and its signal by now
  build() {
    const { text: own, heading, stated } = this.spec, text = stated && globalThis.snnlabWhere ? "" : own, { signal } = this.panel.stop, { question } = this.panel.spec;
    this.element = node("div", { class: "snn-goal", role: "region", "aria-label": heading ?? `Goal: ${question}` }, ...(text ? [node("p", {}, together(text))] : []),
      ...this.extra(), this.form, this.verdict, this.tally, progressBlock(signal));
    document.addEventListener(PROGRESS, () => this.count(), { signal });
    this.count();
    return this.element;
  }
  allows() { return true; }
  /** @param {Data} _data */
  done(_data) {}
  count() {
    const { tries, solved } = progress.of(this.spec.name);
    this.tally.textContent = [tries && `${tries} ${tries === 1 ? "try" : "tries"}`, solved && "solved"].filter(Boolean).join(", ");
  }
  /** @returns {any} */
  answer() { return this.settle(this.judge()); }
  // it counts as a try unless there was no answer yet
  /** @param {Verdict} verdict */
  settle(verdict) {
    if (verdict.unread === undefined) {
      progress.count(this.spec.name, verdict.right);
      this.report({ tries: (this.panel.model.get("tries") ?? 0) + 1, solved: verdict.right || this.panel.model.get("solved") || false });
    }
    this.tell(verdict.unread ?? (verdict.right ? "" : this.spec.begin) + verdict.text, verdict.unread ? "" : verdict.right ? "right" : "wrong");
    return verdict;
  }
  // empty first, so that the same sentence twice is spoken twice; a sentence still on its way must not come after it
  /** @param {string} text */
  tell(text, kind = "") {
    clearTimeout(this.telling);
    this.verdict.textContent = "";
    this.verdict.dataset.kind = kind;
    this.telling = setTimeout(() => this.verdict.replaceChildren(...withCode(text)), 20);
  }
  /** @param {Record<string, unknown>} traits */
  report(traits) {
    const { model } = this.panel;
    for (const [name, value] of Object.entries(traits)) model.set(name, value);
    model.save_changes();
  }
}

class TargetGoal extends Goal {
  judge() {
    const { data, decimals } = this.panel;
    return judgeTarget(this.spec, { ...data?.values, ...data }, decimals);
  }
}
GOALS.target = TargetGoal;

class TypedGoal extends Goal {
  fields() {
    const { labels, unit } = this.spec;
    this.inputs = labels.map(() => node("input", { type: "text", inputmode: "text", size: 9, autocomplete: "off", spellcheck: "false", "data-lm-suppress-shortcuts": "true" }));
    // not a form: JupyterLab lets none be sent
    for (const input of this.inputs) input.addEventListener("keydown", event => { if (event.key === "Enter") this.answer(); });
    return this.inputs.map((input, k) => node("label", {}, labels[k], input, unit));
  }
  // the numbers that were typed, or the field in which there is none, and why
  /** @returns {{ numbers: number[], unread?: undefined } | { numbers?: undefined, unread: string }} */
  read() {
    const read = this.inputs.map(input => readNumber(input.value, this.spec.unit, this.spec.words));
    const bad = read.findIndex(n => typeof n !== "number");
    this.inputs.forEach((input, k) => input.setAttribute("aria-invalid", String(k === bad)));
    if (bad >= 0) this.inputs[bad].focus();
    return /** @type {any} */ (bad < 0 ? { numbers: read } : read[bad]);
  }
}
class AskGoal extends TypedGoal {
  judge() {
    const { unread, numbers } = this.read();
    return numbers ? judgeNumbers(this.spec, Array.isArray(this.spec.right) ? numbers : numbers[0]) : { unread };
  }
}
GOALS.ask = AskGoal;
