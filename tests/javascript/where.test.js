// How far a reader has come: what counts as solved, what comes next, and what is said where nothing may be kept.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./scripts.js";

const { progress, standing, nextTask, stateOf, whereKept } = load(
  ["format", "axes", "controls", "diagnose", "judge", "progress", "goal", "exercise", "where"],
  "progress, standing, nextTask, stateOf, whereKept",
);

const TASKS = ["a", "b", "c"].map(name => ({ kind: "number", name, title: name, anchor: name }));
const GOAL = { kind: "goal", name: "d", title: "d", anchor: "d" }, RULE = { kind: "text", name: "e", title: "e", anchor: "e" };

let kept;
beforeEach(() => {
  kept = new Map();
  globalThis.snnlabKept = undefined;
  globalThis.localStorage = { getItem: key => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text) };
  globalThis.document = { dispatchEvent() {} };
});

test("what is solved and what is only tried is counted, and what a page cannot answer is not", () => {
  progress.count("a", true);
  progress.count("b", false);
  assert.deepEqual(standing([...TASKS, GOAL, RULE]), { all: 4, solved: 1, tried: 1 });
  assert.deepEqual([...TASKS, GOAL, RULE].map(stateOf), ["✓ solved", "1 try", "open", "open", "in JupyterLab"]);
});

test("next is the first unsolved one after the last that was tried, or else the first of all", () => {
  const next = () => nextTask([...TASKS, RULE])?.name;
  assert.equal(next(), "a");
  progress.count("b", true);
  assert.equal(next(), "c");
  progress.count("c", false);
  assert.equal(next(), "a");
  progress.count("a", true);
  assert.equal(next(), "c");
  progress.count("c", true);
  assert.equal(next(), undefined);
});

test("where nothing may be kept it lasts as long as the page, and the page says so", () => {
  assert.equal(whereKept(), "It stays in this browser.");
  const no = () => { throw new Error("refused"); };
  globalThis.localStorage = { getItem: no, setItem: no };
  progress.count("a", true);
  assert.deepEqual(progress.of("a"), { tries: 1, solved: true });
  assert.match(whereKept(), /^This page may keep nothing/);
});

test("a store that is full keeps what is new for the page alone", () => {
  progress.count("a", true);
  globalThis.localStorage.setItem = () => { throw new Error("full"); };
  progress.count("b", true);
  assert.deepEqual(standing(TASKS), { all: 3, solved: 2, tried: 0 });
  assert.match(whereKept(), /^This page may keep nothing/);
});
