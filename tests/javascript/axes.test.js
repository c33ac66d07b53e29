// What a reader sees of axes: the numbers at the ticks, where a value lies, gaps, crisp strokes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, still } from "./scripts.js";

const { View, niceTop, thin } = load(["format", "axes"], "View, niceTop, thin");

const written = view => view.paper.texts().map(([text]) => text);

test("a voltage axis has a tick every ten millivolts, with a real minus", () => {
  const view = still(View);
  view.axisY([-72, -42], "v (mV)");
  assert.deepEqual(written(view), ["v (mV)", "−70", "−60", "−50"]);
});

test("an axis of half a unit has one decimal at every tick", () => {
  const view = still(View);
  view.axisX([0, 0.5], "current (nA)");
  assert.deepEqual(written(view), ["0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "current (nA)"]);
});

test("a narrow picture has fewer ticks", () => {
  const view = still(View);
  view.width = 300;
  view.axisX([0, 0.5], "current (nA)");
  assert.deepEqual(written(view), ["0.0", "0.2", "0.4", "current (nA)"]);
});

test("a frame that keeps its ratio leaves room to its right, and below it where the screen is narrow", () => {
  // all room is 300 by 100 pixels, and as much height where there are 60 by 100
  const view = still(View, { ratio: 2 }), corner = () => [view.left, view.top, view.right, view.bottom];
  assert.deepEqual(corner(), [50, 20, 250, 120]);
  view.width = 160;
  assert.deepEqual(corner(), [50, 20, 110, 50]);
  view.spec.ratio = 0;
  assert.deepEqual(corner(), [50, 20, 110, 120]);
});

test("an axis through zero has a minus below it only", () => {
  const view = still(View);
  view.axisY([-1, 1], "");
  assert.deepEqual(written(view), ["−1.0", "−0.5", "0.0", "0.5", "1.0"]);
});

test("each number of a vertical axis stands at the rule through its value", () => {
  const view = still(View);
  view.axisY([0, 4], "");
  const rules = view.paper.calls.filter(call => call.name === "moveTo").map(({ rest }) => rest[1]);
  assert.deepEqual(rules, [120.5, 95.5, 70.5, 45.5, 20.5]);
  assert.deepEqual(view.paper.texts().map(([text, x, y]) => [text, x, y - 4]), rules.map((y, k) => [String(k), 44, y]));
});

test("the ends of the axes lie in the corners of the frame", () => {
  const view = still(View);
  assert.deepEqual([view.x(-4, [-4, 4]), view.x(4, [-4, 4]), view.x(-2, [-4, 4])], [50, 350, 125]);
  assert.deepEqual([view.y(-70, [-70, -50]), view.y(-50, [-70, -50]), view.y(-55, [-70, -50])], [120, 20, 45]);
  assert.equal(view.y(3, [0, 4], 200, 240), 210);
});

test("the top of an axis is a round number that is not below the largest value", () => {
  assert.deepEqual([0, -3, 0.9, 1, 100, 101, 121, 8.5].map(niceTop), [1, 1, 1, 1, 100, 120, 150, 10]);
});

test("what is no number leaves a gap in a line", () => {
  const view = still(View);
  view.line([0, 1, 2, 3, 4, NaN, 6, 7, 8, 9], "trace");
  const path = view.paper.calls.filter(call => /To$/.test(call.name)).map(({ name, rest }) => [name, ...rest]);
  assert.deepEqual(path, [["moveTo", 0, 1], ["lineTo", 2, 3], ["moveTo", 6, 7], ["lineTo", 8, 9]]);
});

test("a faint line leaves what follows as dark as ever", () => {
  const view = still(View);
  view.line([0, 0, 1, 1], "trace", 1, { alpha: 0.25 });
  view.text(0, 0, "as dark as ever");
  assert.deepEqual(view.paper.calls.filter(call => /^(stroke|fillText)$/.test(call.name)).map(call => call.alpha), [0.25, 1]);
});

test("strokes of spikes cover whole pixels of the screen and are alike", () => {
  const view = still(View); // two pixels of the screen for each of ours
  view.strokes([100.1, 200.4], 20, [60, 60], "ink", 1.2);
  const boxes = view.paper.calls.filter(call => call.name === "fillRect").map(({ rest }) => rest);
  assert.deepEqual(boxes, [[99.5, 20, 1, 40], [200, 20, 1, 40]]);
});

test("of a curve to be guessed only one side is drawn", () => {
  const x = [0, 1, 2, 3], y = [5, 6, 7, 8];
  const seen = side => Array.from(still(View, { side }).onSide(x, y, 2));
  assert.deepEqual(seen("left"), [5, 6, 7, NaN]);
  assert.deepEqual(seen("right"), [NaN, NaN, 7, 8]);
  assert.deepEqual(seen(""), y);
});

test("a thinned trace keeps a spike of one step, at its place", () => {
  const y = new Float64Array(100_000).fill(-65);
  y[54_321] = 40;
  const { at, value } = thin(y), k = value.indexOf(40);
  assert.equal(at.length, 1200);
  assert.equal(at[k], 54_321);
  assert.equal(value.filter(v => v === 40).length, 1);
});
