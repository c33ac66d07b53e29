// What a reader is told of an exercise, and what is kept of it. The verdicts themselves are compared with Python's in
// tests/widgets/test_javascript_units.py.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./scripts.js";

const { GOALS, Goal, progress, readProgress, withCode } = load(
  ["format", "axes", "controls", "diagnose", "judge", "progress", "goal", "identify", "predict"], "GOALS, Goal, progress, readProgress, withCode",
);

let kept;
beforeEach(() => {
  kept = new Map();
  globalThis.localStorage = { getItem: key => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
  globalThis.document = { dispatchEvent() {} };
});

// ---- progress -------------------------------------------------------------------------------------------------------

test("tries are counted, and what was solved stays solved", () => {
  for (const right of [false, true, false]) progress.count("lif-twice", right);
  assert.deepEqual(progress.of("lif-twice"), { tries: 3, solved: true });
  assert.deepEqual(progress.of("constructor"), { tries: 0, solved: false });
});

test("two progresses are joined to the better of both", () => {
  progress.count("a", true);
  for (const name of ["b", "b", "d"]) progress.count(name, false);
  const theirs = { a: { tries: 5, solved: false }, b: { tries: 1, solved: true }, c: { tries: 1, solved: true } };
  assert.equal(progress.merge(JSON.stringify({ snnlab: 1, goals: theirs })), "Read: 3 exercises.");
  const all = { a: { tries: 5, solved: true }, b: { tries: 2, solved: true }, c: theirs.c, d: { tries: 1, solved: false } };
  assert.deepEqual(progress.all(), all);
});

test("what is no progress changes nothing", () => {
  progress.count("a", true);
  const bad = [
    "", "null", "[]", "{", '{"snnlab": 2, "goals": {}}', '{"snnlab": 1, "goals": []}', '{"snnlab": 1, "goals": null}',
    '{"snnlab": 1, "goals": {"a": null}}', '{"snnlab": 1, "goals": {"a": {"tries": -1, "solved": true}}}',
    '{"snnlab": 1, "goals": {"a": {"tries": 0.5, "solved": true}}}', '{"snnlab": 1, "goals": {"a": {"tries": 1, "solved": 1}}}',
    '{"snnlab": 1, "goals": {"A b": {"tries": 1, "solved": true}}}', `{"snnlab": 1, "goals": {"${"a".repeat(61)}": {"tries": 1, "solved": true}}}`,
  ];
  for (const text of bad) assert.match(progress.merge(text), /nothing was changed/, text);
  assert.deepEqual(progress.all(), { a: { tries: 1, solved: true } });
});

test("of a record only tries and solved are read", () => {
  const text = '{"snnlab": 1, "name": "x", "goals": {"a": {"tries": 1, "solved": true, "when": "today"}}}';
  assert.deepEqual(readProgress(text), { a: { tries: 1, solved: true } });
});

// ---- what is said ---------------------------------------------------------------------------------------------------

function goal(Kind, spec, panel = {}) {
  const it = Object.create(Kind.prototype), traits = {};
  const model = { get: name => traits[name], set: (name, value) => { traits[name] = value; }, save_changes() {} };
  Object.assign(it, { spec: { name: "g", begin: "Not yet. ", ...spec }, panel: { model, ...panel }, verdict: { dataset: {}, replaceChildren(...parts) { this.textContent = parts.map(part => part.code ?? part).join(""); } } });
  it.said = () => it.verdict.textContent;
  return Object.assign(it, { traits });
}

test("a wrong answer is a try with a beginning, a right one has none, and what cannot be read is no try", t => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const verdicts = [{ right: false, text: "Too large." }, { unread: "Type a number first." }, { right: true, text: "Right." }, { right: false, text: "No." }];
  const it = goal(Goal, {}), heard = [];
  for (const verdict of verdicts) {
    it.judge = () => verdict;
    it.answer();
    t.mock.timers.tick(20);
    heard.push([it.said(), it.verdict.dataset.kind, it.traits.tries, it.traits.solved]);
  }
  assert.deepEqual(heard, [
    ["Not yet. Too large.", "wrong", 1, false], ["Type a number first.", "", 1, false], ["Right.", "right", 2, true],
    ["Not yet. No.", "wrong", 3, true],
  ]);
  assert.deepEqual(progress.of("g"), { tries: 3, solved: true });
});

test("the same sentence twice is spoken twice: it is empty in between", t => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const it = goal(Goal, {});
  it.tell("Too large.");
  t.mock.timers.tick(20);
  it.tell("Too large.");
  assert.equal(it.said(), "");
  t.mock.timers.tick(20);
  assert.equal(it.said(), "Too large.");
});

test("what stands between ticks is code, and a single tick stays", t => {
  globalThis.document = { createElement: tag => ({ append(text) { this[tag] = text; } }) };
  t.after(() => { delete globalThis.document; });
  const parts = text => withCode(text).map(part => part.code ? [part.code] : part).filter(Boolean);
  assert.deepEqual(parts("Does a `return` or a `break` stand inside?"), ["Does a ", ["return"], " or a ", ["break"], " stand inside?"]);
  assert.deepEqual(parts("`n = 0` stops at a `"), [["n = 0"], " stops at a `"]);
});

const fields = (...values) => values.map(value => ({ value, setAttribute(name, is) { this[name] = is; }, focus() { this.focused = true; } }));
const WORDS = { empty: "Type a number first.", text: "“{typed}” is not a number." };

test("the field in which there is no number is named and gets the focus", () => {
  const it = goal(GOALS.ask, { unit: "ms", words: WORDS });
  it.inputs = fields("3 ms", "three", "");
  assert.deepEqual(it.judge(), { unread: "“three” is not a number." });
  assert.deepEqual(it.inputs.map(input => [input["aria-invalid"], input.focused]), [["false", undefined], ["true", true], ["false", undefined]]);
});

// ---- a hidden neuron ------------------------------------------------------------------------------------------------

const NEURONS = [{ numbers: { v_th: "-50" } }, { numbers: { v_th: "-47" } }];

function hidden(t) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const panel = {
    values: { current: 0 }, decimals: { current: 2 }, spec: { call: [{ name: "v_th", constant: "-50" }, { name: "current" }] },
    control: () => ({ start: 0 }), schedule: () => { asked++; }, setAll: values => Object.assign(panel.values, values), data: {},
  };
  const it = goal(GOALS.identify, { neurons: NEURONS, trials: 2, current: "current", fired: "n", log: "{current} nA, {n:.0f} spikes" }, panel);
  Object.assign(it.panel, panel);
  Object.assign(it, { trials: [], asked: 0, asking: 0, which: 0, allowed: true, inputs: fields("x"), left: {}, log: { replaceChildren() {} } });
  t.mock.method(globalThis, "node", (_tag, _attributes, text) => text);
  it.inject = (current, n) => {
    it.panel.values.current = current;
    it.start();
    if (it.allows()) it.done({ values: { ...it.panel.values }, n });
  };
  return { it, asked: () => asked };
}

test("a trial is what one injection gave, and the trials are used up one by one", t => {
  const { it } = hidden(t);
  it.inject(0.3, 0);
  assert.equal(it.left.textContent, "1 of 2 trials left");
  it.inject(0.5, 4);
  it.inject(0.4, 1);
  assert.deepEqual(it.trials.map(({ text, fired }) => [text, fired]), [["0.30 nA, 0 spikes", false], ["0.50 nA, 4 spikes", true]]);
  assert.deepEqual(it.traits.injected, [0.3, 0.5]);
  t.mock.timers.tick(20);
  assert.match(it.said(), /^All trials are used up/);
});

test("moving the current without an injection shows nothing of the neuron", t => {
  const { it } = hidden(t);
  it.allows(); // the first picture, without a current
  assert.equal(it.allows(), false);
  it.done({ values: { current: 0.4 }, n: 3 });
  assert.deepEqual(it.trials, []);
});

test("an answer to an older question is no trial", t => {
  const { it } = hidden(t);
  it.start();
  it.done({ values: { current: 0.4, trial: 0 }, n: 3 });
  assert.deepEqual(it.trials, []);
});

test("another neuron has its own numbers and all its trials", t => {
  const { it } = hidden(t);
  it.inject(0.3, 0);
  it.another();
  t.mock.timers.tick(20);
  assert.equal(it.panel.spec.call[0].constant, "-47");
  assert.deepEqual([it.trials, it.left.textContent, it.panel.data, it.inputs[0].value], [[], "2 of 2 trials left", null, ""]);
  assert.equal(it.said(), "Neuron 2 of 2, with all its trials.");
  it.another();
  assert.equal(it.which, 0);
});

// ---- a curve to draw ------------------------------------------------------------------------------------------------

test("a drawn height is on a step within the axis, and the given point cannot be moved", () => {
  const it = goal(GOALS.predict, { top: 100, step: 5, decimals: 0, unit: "Hz", given: 0 });
  it.drawn = [20, 20, 20];
  it.dots = it.drawn.map(() => ({ setAttribute(name, is) { this[name] = is; } }));
  for (const [k, height] of [[0, 70], [1, 52.4], [2, 300]]) it.set(k, height);
  assert.deepEqual(it.drawn, [20, 50, 100]);
  assert.equal(it.dots[1]["aria-valuetext"], "50 Hz");
  it.set(1, -4);
  assert.equal(it.drawn[1], 0);
});

test("the truth is the first curve, at the points that are asked for", () => {
  const it = goal(GOALS.predict, { points: [0, 0.4, 1], given: 0, decimals: 0, top: 100, step: 5 });
  Object.assign(it, { view: { spec: { x: "i", y: "f" } }, dots: [0, 1, 2].map(() => ({ setAttribute() {} })) });
  it.done({ i: [0, 0.1, 0.41, 0.7, 1], f: [3, 10, 42, 70, 100] });
  it.done({ i: [0, 1], f: [9, 9] });
  assert.deepEqual(it.truth, [3, 42, 100]);
});
