// identify.js: a hidden neuron; the figure changes only when a current is injected, and that is allowed a few times
class IdentifyGoal extends TypedGoal {
  /** @param {Panel} panel */
  constructor(panel) {
    super(panel);
    this.trials = [];
    this.asked = this.asking = 0;
    this.which = panel.model.get("neuron") ?? 0;
    this.allowed = true;
    this.use();
    const { model } = panel;
    model.on("change:neuron", () => { if (model.get("neuron") !== this.which) this.another(model.get("neuron")); });
  }
  extra() {
    this.inject = button("Inject", () => this.start());
    this.next = button("Another neuron", () => this.another());
    this.left = node("span", { class: "snn-tally" });
    this.log = node("ol", { class: "snn-log", "aria-label": "Trials" });
    this.show();
    return [node("p", { class: "snn-row" }, this.inject, this.left, this.next), this.log];
  }
  show() {
    const left = this.spec.trials - this.trials.length;
    this.left.textContent = `${left} of ${this.spec.trials} trials left`;
    this.log.replaceChildren(...this.trials.map(trial => node("li", {}, trial.text)));
    this.log.hidden = !this.trials.length;
  }
  // the kernel gets the numbers of the present neuron
  use() {
    const { numbers } = this.spec.neurons[this.which];
    for (const entry of this.panel.spec.call) if (entry.name in numbers) entry.constant = numbers[entry.name];
  }
  start() {
    if (this.trials.length >= this.spec.trials) return this.tell("All trials are used up: give your answer, or take another neuron.");
    // an answer to an older question may still be on its way: the trial is the one that brings this number back
    this.asking = this.panel.values.trial = ++this.asked;
    this.allowed = true;
    this.panel.schedule();
  }
  allows() {
    const { allowed } = this;
    this.allowed = false;
    return allowed;
  }
  /** @param {Data} data */
  done(data) {
    if (!this.asking || data.values.trial !== this.asking) return;
    this.asking = 0;
    const { spec, panel } = this, current = data.values[spec.current];
    const text = fill(spec.log, { ...data.values, ...data }, panel.decimals);
    this.trials.push({ current, fired: data[spec.fired] > 0, text });
    this.report({ injected: this.trials.map(trial => trial.current) });
    this.show();
    this.tell(`Trial ${this.trials.length}: ${text}.`);
  }
  another(which = (this.which + 1) % this.spec.neurons.length) {
    this.which = which;
    this.trials = [];
    this.asking = 0;
    this.use();
    this.report({ neuron: this.which, injected: [] });
    this.show();
    this.inputs[0].value = "";
    this.tell(`Neuron ${this.which + 1} of ${this.spec.neurons.length}, with all its trials.`);
    const { panel } = this, { start } = panel.control(this.spec.current);
    this.allowed = true;
    // the picture of the other neuron must not stay; at its start value the current is off
    panel.data = null;
    if (panel.values[this.spec.current] === start) panel.schedule();
    else panel.setAll({ [this.spec.current]: start });
  }
  judge() {
    const { unread, numbers } = this.read();
    return numbers ? judgeHidden(this.spec, this.spec.neurons[this.which], numbers[0], this.trials) : { unread };
  }
}
GOALS.identify = IdentifyGoal;
