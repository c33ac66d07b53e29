// What happens between a hand on a slider and the numbers: steps, ends, the picture before, addresses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.js";

const { Panel, Layout, Compare, EXTRAS, fromAddress, together, readOutText } = load(
  ["format", "engine", "axes", "controls", "compare", "layout", "best", "play", "drawing", "panel", "standin"], "Panel, Layout, Compare, EXTRAS, fromAddress, together, readOutText",
);

const V_TH = { name: "v_th", label: "Threshold", low: -62, high: -45, start: -50, step: 0.1, decimals: 1, unit: "mV" };
const N = { name: "n", label: "Trials", low: 1, high: 20, start: 5, step: 3, decimals: 0, unit: "" };

/** A panel without a page: what it asks of its engine, tells Python and draws is written down. */
function quiet(t, more = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.requestAnimationFrame = () => 1;
  globalThis.button = () => ({ setAttribute(name, value) { this[name] = value; } });
  const it = Object.create(Panel.prototype), asked = [], row = { pin(value) { row.at = value; } };
  Object.assign(it, {
    spec: { controls: [V_TH, N], readouts: [], headline: "rate", seed: "7" }, names: ["v_th", "n", "seed"],
    values: { v_th: -50, n: 5, seed: "7" }, decimals: { v_th: 1, n: 0, seed: 0 }, changed: new Set(), extras: [],
    views: [{ now: "the picture at the start" }], data: { values: {}, rate: 30 },
    update() { asked.push({ ...it.values }); }, schedule() {}, announce() {}, paint() {}, change: {}, rows: [["v_th", row]], ...more,
  });
  it.spec.readouts = [{ name: "rate", decimals: 0, unit: "Hz", words: [], none: "" }];
  it.compare = new Compare(it);
  return { it, asked };
}

test("a value is on a step of its slider, counted from its low end, and written without a long tail", t => {
  const { it } = quiet(t);
  it.move("v_th", -51.2345, "drag");
  it.move("n", 12, "drag");
  assert.deepEqual([it.values.v_th, it.values.n], [-51.2, 13]);
  it.move("v_th", -45.61, "drag"); // 164 steps of 0.1 from −62 are −45.599999999999994
  assert.equal(it.values.v_th, -45.6);
});

test("what is typed counts as typed, and nothing gets beyond the ends", t => {
  const { it } = quiet(t);
  it.move("v_th", -51.2345, "typed");
  assert.equal(it.values.v_th, -51.2345);
  it.move("v_th", -99, "drag");
  it.move("n", 99, "typed");
  assert.deepEqual([it.values.v_th, it.values.n], [-62, 20]);
  it.move("n", 19.9, "drag"); // the last step from 1 in threes that fits is 19, and 20 the end
  assert.equal(it.values.n, 19);
});

test("a value is shown with its decimals and its unit", t => {
  const { it } = quiet(t);
  assert.deepEqual([it.textOf("v_th"), it.textOf("n")], ["−50.0 mV", "5"]);
});

test("a line ends between words, but not between a number and its unit", () => {
  const said = "18 % of 98 spikes at 5 Hz, 2 mV/ms and 3 MΩ; 7 /ms, 4 steps, 9 at 1 s";
  const kept = [...together(said)].flatMap((letter, k) => letter === "\u00a0" ? [said.slice(k + 1).split(/[ ,;]/)[0]] : []);
  assert.deepEqual(kept, ["%", "Hz", "mV/ms", "MΩ", "/ms", "s"]);
  assert.equal(together(said).replaceAll("\u00a0", " "), said);
});

test("a drag is one move: the picture before it stays until the next one", t => {
  const { it } = quiet(t), [view] = it.views;
  it.hold(true);
  it.move("v_th", -51, "drag");
  view.now = "the picture at −51";
  it.move("v_th", -52, "drag");
  assert.equal(view.ghost, "the picture at the start");
  it.hold(false);
  view.now = "the picture at −52";
  it.hold(true);
  it.move("v_th", -53, "drag");
  assert.equal(view.ghost, "the picture at −52");
});

test("keys in quick succession are one move, and after a pause another one begins", t => {
  const { it } = quiet(t), [view] = it.views;
  let now = 10_000;
  t.mock.method(globalThis.performance, "now", () => now);
  const press = (v, pause) => {
    now += pause;
    it.move("v_th", v, "key");
    view.now = `the picture at ${v}`;
  };
  press(-51, 0);
  press(-52, 100);
  assert.equal(view.ghost, "the picture at the start");
  press(-53, 2000);
  assert.equal(view.ghost, "the picture at -52");
});

test("a reset leaves nothing of what was before", t => {
  const { it } = quiet(t), [view] = it.views;
  it.move("v_th", -51, "key");
  assert.equal(it.before, 30);
  it.reset({ v_th: -50, n: 5 });
  assert.deepEqual([it.values.v_th, it.before, view.ghost], [-50, undefined, undefined]);
});

test("each click is a move of its own, however soon the next one follows", t => {
  const { it } = quiet(t), { compare } = it;
  t.mock.method(globalThis.performance, "now", () => 10_000);
  for (const v_th of [-52, -55, -58]) it.setAll({ v_th });
  const back = [1, 2, 3].map(() => {
    compare.go(compare.past, compare.future);
    return it.values.v_th;
  });
  assert.deepEqual(back, [-55, -52, -50]);
});

// ---- undo, redo, and the pin ----------------------------------------------------------------------------------------

/** A move as a reader makes it, and the picture that follows. */
function drag(it, ...places) {
  it.hold(true);
  for (const v of places) it.move("v_th", v, "drag");
  it.hold(false);
  it.views[0].now = `the picture at ${it.values.v_th}`;
}

test("moves are taken back one by one, and done again, until another one is made", t => {
  const { it } = quiet(t), { compare } = it;
  assert.deepEqual([compare.undo.disabled, compare.redo.disabled], [true, true]);
  drag(it, -51, -52);
  drag(it, -53);
  compare.go(compare.past, compare.future);
  assert.equal(it.values.v_th, -52);
  compare.go(compare.past, compare.future);
  assert.deepEqual([it.values.v_th, compare.undo.disabled], [-50, true]);
  compare.go(compare.past, compare.future);
  compare.go(compare.future, compare.past);
  assert.deepEqual([it.values.v_th, compare.redo.disabled], [-52, false]);
  drag(it, -60);
  assert.deepEqual([it.values.v_th, compare.redo.disabled], [-60, true]);
  compare.go(compare.past, compare.future);
  assert.equal(it.values.v_th, -52);
});

test("each click on Step is a move, and all that is played in one go is one", t => {
  const { it } = quiet(t), { compare } = it;
  for (const v of [-51, -52]) it.move("v_th", v, "play");
  it.hold(true);
  for (const v of [-53, -54, -55]) it.move("v_th", v, "play");
  it.hold(false);
  const back = [1, 2, 3].map(() => { compare.go(compare.past, compare.future); return it.values.v_th; });
  assert.deepEqual(back, [-52, -51, -50]);
});

test("a reset is taken back like any other move, and a way there and back is none", t => {
  const { it } = quiet(t), { compare } = it;
  drag(it, -51);
  it.reset({ v_th: -50, n: 5 });
  compare.go(compare.past, compare.future);
  assert.equal(it.values.v_th, -51);
  drag(it, -55, -51);
  compare.go(compare.past, compare.future);
  assert.equal(it.values.v_th, -50);
});

test("a panel that hides its curve takes nothing back, and forgets nothing", t => {
  const { it } = quiet(t), { compare } = it;
  drag(it, -51);
  it.goal = { shut: true };
  compare.go(compare.past, compare.future);
  assert.equal(it.values.v_th, -51);
  delete it.goal;
  compare.go(compare.past, compare.future);
  assert.equal(it.values.v_th, -50);
});

test("what is pinned stays through any number of moves and a reset, with the change from there", t => {
  const { it } = quiet(t), { compare, views: [view] } = it;
  drag(it, -51);
  it.data = { values: { ...it.values }, rate: 34 };
  compare.turn(true);
  assert.deepEqual([view.ghost, compare.pin["aria-pressed"], it.rows[0][1].at], ["the picture at -51", "true", -51]);
  drag(it, -52);
  drag(it, -53);
  it.reset({ v_th: -50, n: 5 });
  it.data = { values: { ...it.values }, rate: 30 };
  it.showChange();
  assert.deepEqual([view.ghost, it.before, it.change.textContent], ["the picture at -51", 34, "−4 Hz from the pin"]);
  compare.turn(false);
  assert.deepEqual([view.ghost, it.change.textContent, it.rows[0][1].at], [undefined, "", undefined]);
  drag(it, -54);
  assert.equal(view.ghost, "the picture at -53");
});

test("a change that would be shown as 0 is not said", t => {
  const { it } = quiet(t);
  Object.assign(it, { before: 29.8, data: { values: {}, rate: 30.1 } });
  it.showChange();
  assert.equal(it.change.textContent, "");
});

test("Python is told what a reader moved, and not what it said itself", t => {
  const { it } = quiet(t);
  it.setAll({ v_th: -55 }, "python");
  assert.deepEqual([...it.changed], []);
  it.setAll({ n: 8, v_th: -55 }, "drag");
  assert.deepEqual([...it.changed], ["n"]);
});

test("a panel that hides its curve moves for Python alone", t => {
  const { it } = quiet(t, { goal: { shut: true } });
  it.setAll({ v_th: -55 });
  assert.equal(it.values.v_th, -50);
  it.setAll({ v_th: -55 }, "python");
  assert.equal(it.values.v_th, -55);
});

test("at rest the sentence is said once the numbers are those of the values", t => {
  const { it } = quiet(t, { live: {}, change: { textContent: "+2 Hz" }, sentence: "32 Hz at −51.0 mV", resting: true, moved: true });
  it.values.v_th = -51;
  it.settle();
  assert.equal(it.live.textContent, undefined);
  it.data = { values: { ...it.values }, rate: 32 };
  it.settle();
  assert.equal(it.live.textContent, "32 Hz at −51.0 mV, +2 Hz");
});

// ---- a control that goes on by itself -------------------------------------------------------------------------------

test("playing goes on step by step to the end, and moving another control begins anew", t => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const moves = [], held = [], made = [];
  t.mock.method(globalThis, "button", (word, act) => made[made.push({ textContent: word, act, setAttribute() {}, hidden: true }) - 1]);
  t.mock.method(globalThis, "node", () => ({}));
  const panel = {
    spec: { play: ["n", "Play", "anew"], controls: [N] }, control: () => N, values: { n: 14 }, views: [], hold: on => held.push(on),
    figure: { querySelector: () => ({ prepend() {} }) },
    moveAll: all => { moves.push(all.n); panel.values = { ...panel.values, ...all }; },
  };
  const extra = EXTRAS.play(panel), [play, step] = made;
  play.act();
  for (const n of [17, 20]) {
    extra.done({ values: { n } });
    t.mock.timers.tick(250);
  }
  assert.deepEqual([moves, held, play.textContent], [[17, 20], [true, false], "Play"]);
  step.act(); // from its end it begins anew
  assert.deepEqual(moves, [17, 20, 1]);
  assert.deepEqual(extra.moved({ tau: 3 }, "drag"), { tau: 3, n: 1 });
  assert.deepEqual(extra.moved({ n: 4 }, "drag"), { n: 4 });
  assert.deepEqual(extra.moved({ n: 17 }, "play"), { n: 17 });
});

test("what is played as it stands is left where it is when another control moves", t => {
  t.mock.method(globalThis, "button", () => ({ setAttribute() {} }));
  t.mock.method(globalThis, "node", () => ({}));
  const figure = { querySelector: () => ({ prepend() {} }) };
  const extra = EXTRAS.play({ spec: { play: ["n", "Play"], controls: [N] }, control: () => N, values: { n: 14 }, views: [], figure });
  assert.deepEqual(extra.moved({ tau: 3 }, "drag"), { tau: 3 });
});

// ---- an address that opens a panel as it was ------------------------------------------------------------------------

const opened = (hash, name = "lif", seed = "7") => {
  Object.assign(globalThis, { location: { hash }, addEventListener() {}, document: {}, ResizeObserver: class { observe() {} } });
  const state = { spec: { name, controls: [V_TH], seed, drawn: { ink: "0000" } }, v_th: -50, seed, ink: "0000" };
  fromAddress(state, { scrollIntoView() { state.seen = true; } });
  return state;
};

test("an address sets the values of its panel, within their ends", () => {
  const state = opened("#a?v_th=-55.5&seed=12", "a");
  assert.deepEqual([state.v_th, state.seed, state.seen], [-55.5, "12", true]);
  assert.equal(opened("#b?v_th=-900", "b").v_th, -62);
});

test("an address brings a drawing, also an empty one, and nothing that is none", () => {
  const drawn = ["rs00rsrs-00rs", "", "rs00-", "rs0", "RS00", "../x"].map((typed, k) => opened(`#e${k}?ink=${typed}`, `e${k}`).ink);
  assert.deepEqual(drawn, ["rs00rsrs-00rs", "", "0000", "0000", "0000", "0000"]);
});

test("what is no number in an address is not taken", () => {
  for (const [k, typed] of ["", "x", "Infinity", "1e999"].entries()) {
    assert.equal(opened(`#c${k}?v_th=${typed}&seed=${typed}`, `c${k}`).v_th, -50);
  }
  assert.equal(opened("#d?v_th=-55&seed=-3", "d").seed, "7");
  assert.equal(opened("#e?seed=5", "e", null).seed, null);
});

test("the second panel of a name has an address of its own", () => {
  assert.deepEqual(["g", "g"].map(name => opened("#g-2?v_th=-60", name)).map(state => [state.address, state.v_th]), [["g", -50], ["g-2", -60]]);
});

test("a closed panel watches nothing any more", t => {
  const watched = new Set(), listening = new Set();
  const observer = class {
    observe(element) { watched.add([this, element]); }
    disconnect() { for (const pair of watched) if (pair[0] === this) watched.delete(pair); }
  };
  const medium = { addEventListener(_name, said, { signal }) {
    listening.add(said);
    signal.addEventListener("abort", () => listening.delete(said));
  } };
  const outside = {
    ResizeObserver: observer, MutationObserver: observer, matchMedia: () => medium, cancelAnimationFrame() {}, addEventListener: medium.addEventListener,
    document: { documentElement: {}, body: {} },
  };
  for (const name in outside) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    t.after(() => before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]);
    globalThis[name] = outside[name];
  }
  const { it } = quiet(t, { views: [{ canvas: {} }, { canvas: {} }], figure: { querySelector: () => ({}) }, engine: { close() {} }, question: {}, result: {}, stop: new AbortController() });
  it.watch();
  new Layout(it);
  assert.deepEqual([watched.size, listening.size], [6, 3]); // two pictures, question and result, two elements that may bear a theme; colours, printer, the window
  it.close();
  assert.deepEqual([watched.size, listening.size], [0, 0]);
});

test("a new theme is drawn at once, and again when JupyterLab shows its page", t => {
  const frames = [], media = { addEventListener() {} };
  let changed = () => {};
  const outside = {
    ResizeObserver: class { observe() {} }, MutationObserver: class { constructor(said) { changed = said; } observe() {} },
    matchMedia: () => media, document: { documentElement: {}, body: {}, createElement: () => ({ style: {}, setAttribute() {}, append() {}, remove() {} }) },
    getComputedStyle: () => ({ color: shown ? "new" : "old" }),
  };
  for (const name in outside) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    t.after(() => before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]);
    globalThis[name] = outside[name];
  }
  const painted = [], figure = { querySelector: () => ({}), appendChild: part => part };
  let shown = false;
  const { it } = quiet(t, { views: [], figure, stop: new AbortController(), paint() { painted.push(it.palette.ink); } });
  globalThis.requestAnimationFrame = frame => frames.push(frame);
  it.watch();
  changed();
  assert.deepEqual(painted, ["old"]); // paper cannot wait for a frame
  shown = true;
  for (const frame of frames) frame();
  assert.deepEqual(painted, ["old", "new"]);
});

test("where there is no number the large type says what is not there", () => {
  const latency = { name: "latency", decimals: 1, unit: "ms", words: [], none: "no spike" };
  assert.deepEqual([12, NaN].map(value => readOutText(latency, value)), ["12.0 ms", "no spike"]);
  assert.equal(readOutText({ ...latency, none: "" }, NaN), "–");
  assert.equal(readOutText({ ...latency, words: ["left", "right"] }, 1), "right");
});

test("the first number is the best where the first guess was none", t => {
  globalThis.document = { createElement: () => ({ setAttribute() {}, append() {}, textContent: "" }) };
  t.after(() => { delete globalThis.document; });
  const panel = { spec: { best: "rate", readouts: [{ name: "rate", decimals: 0, unit: "Hz", words: [], none: "silent" }] }, detail: { after() {} }, data: {} };
  const best = EXTRAS.best(panel);
  const said = [NaN, 5, NaN, 3, 8].map(rate => { panel.data.rate = rate; best.rest("drag"); return best.text; });
  assert.deepEqual(said, ["silent", "5 Hz", "5 Hz", "5 Hz", "8 Hz"].map(text => `first guess silent, best ${text}`));
});
