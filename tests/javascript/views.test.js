// What a reader sees in each kind of picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, still } from "./scripts.js";

const { VIEWS, Handle, restless } = load(
  ["format", "axes", "legend", "handle", "trace", "raster", "curve", "histogram", "kernels", "readoff"], "VIEWS, Handle, restless",
);

const round = numbers => Array.from(numbers, x => Number(x.toFixed(3)));
const panel = { control: name => ({ name, colour: 2, label: name }), values: {}, textOf: name => `${name}!`, moving: false };
const strokes = (view, colour) => view.paper.calls.filter(call => call.name === "fillRect" && call.colour === colour);

const TRACE = { y: "v", dt: 0.5, until: 0, also: [], lines: [], on: [], rows: [], line: "", behind: "", spikes: "times", behind_spikes: "" };
const values = {};

test("a trace lies at the ends of its steps, a recording at the begins of its samples", () => {
  const view = still(VIEWS.trace, TRACE, panel);
  Object.assign(view, { range: [0, 10], now: { end: 2 } });
  const shown = { at: Float32Array.of(0, 1), value: Float32Array.of(0, 10), n: 4 };
  assert.deepEqual(round(view.points(shown, [0, 2], false)), [125, 120, 200, 20]);
  assert.deepEqual(round(view.points(shown, [0, 2], true)), [50, 120, 125, 20]);
});

test("spikes after the end of what is shown are not drawn", () => {
  const view = still(VIEWS.trace, { ...TRACE, until: 1 }, { ...panel, spec: { views: [] } });
  const { end, spikes } = view.prepare({ values, v: new Float64Array(8), times: [0.5, 1, 1.5] });
  assert.equal(end, 1);
  assert.deepEqual(Array.from(spikes), [0.5, 1]);
});

test("the first part of a run is the same whether the page or Python cuts it", () => {
  const spec = { ...TRACE, until: 1 }, view = still(VIEWS.trace, spec, { ...panel, spec: { views: [spec] } });
  const whole = view.part({ values, v: Float64Array.of(1, 2, 3, 4) }, "v");
  const cut = view.part({ values, "v<0": { at: Float32Array.of(0, 1), value: Float32Array.of(1, 2), steps: [2] } }, "v");
  for (const part of [whole, cut]) assert.deepEqual([part.at, part.value, part.n], [Float32Array.of(0, 1), Float32Array.of(1, 2), 2]);
});

test("a bar says when the current was on, if it begins before the trace ends", () => {
  const said = on => {
    const view = still(VIEWS.trace, { ...TRACE, on, label: "v (mV)", label_x: "time (ms)" }, panel);
    view.range = [0, 10];
    view.show({ values, v: new Float64Array(8), times: [] });
    view.draw();
    return view.paper.texts().map(([text]) => text).includes("i_inj i_inj!");
  };
  assert.deepEqual([["i_inj", 1, 3], ["i_inj", 3, 9], ["i_inj", 4, 9], []].map(said), [true, true, false, false]);
});

test("of a stretch of a trace as many points are drawn as of the whole, and spikes of the stretch alone", () => {
  const view = still(VIEWS.trace, { ...TRACE, dt: 0.01, label: "v (mV)", label_x: "time (ms)" }, { ...panel, windows: {}, spec: { views: [] } });
  view.range = [0, 10];
  view.show({ values, v: Float64Array.from({ length: 100_000 }, (_, k) => k % 10), times: [100, 500.5] });
  assert.equal(view.fine(view.now.trace).at.length, 1200);
  view.panel.windows["time (ms)"] = [500, 501];
  const { at, value } = view.fine(view.now.trace);
  assert.deepEqual([at[0], at.length, value[1]], [49_999, 102, 0]);
  view.draw();
  assert.deepEqual(round(view.drawn), [NaN, 200]);
  assert.equal(view.readAt(400, "time (ms)"), null);
  assert.deepEqual(round([view.readAt(500.505, "time (ms)").x]), [201.5]);
});

test("noise is drawn in a thin line and a smooth curve is not", () => {
  const points = f => Array.from({ length: 100 }, (_, k) => [k, f(k)]).flat();
  assert.equal(restless(points(k => k % 2)), true);
  assert.equal(restless(points(k => Math.sin(k / 10))), false);
});

const RASTER = { times: "t", units: "u", rows: "trials", duration: 100, label: "trial", strip: "", expected: "", focus: 0, groups: [], parts: [] };

test("a spike of a raster stands in its row, at its time", () => {
  const view = still(VIEWS.raster, RASTER, panel);
  view.show({ values: { trials: 4 }, t: [50, 100], u: [0, 3] });
  view.draw();
  // rows of 25 pixels, a stroke in the middle eight tenths
  assert.deepEqual(strokes(view, "ink").map(({ rest: [x, y, w, h] }) => [x + w / 2, y, y + h]), [[200, 22.5, 42.5], [350, 97.5, 117.5]]);
  const rows = view.paper.texts().filter(([, x]) => x === 44).map(([text]) => text);
  assert.deepEqual(rows, ["1", "2", "3", "4"]);
});

test("a line across a histogram has a place on its axis, which stays as it is under a hand in the picture alone", () => {
  const view = still(VIEWS.histogram, { counts: "n", law: "", line: "lam", lines: [], low: 0, high: 4, label_x: "column", label_y: "left" }, { ...panel, values: { lam: 0.4 } });
  view.high = [0, 0];
  view.show({ n: [0.1, 0.4, 0.2, 0] });
  view.draw();
  assert.deepEqual(round(view.high), [0, 0.6]);
  Object.assign(view.panel, { values: { lam: 0.02 }, held: true, by: "drag" });
  view.draw();
  assert.deepEqual(round(view.high), [0, 0.6]);
  view.panel.held = false;
  view.draw();
  assert.deepEqual(round(view.high), [0, 0.4]);
  for (const [by, lam, high] of [["slider", 0.6, 1], ["play", 0.02, 0.4]]) {
    Object.assign(view.panel, { values: { lam }, held: true, by });
    view.draw();
    assert.deepEqual(round(view.high), [0, high]);
  }
});

test("under a raster stands what its horizontal axis shows", () => {
  const view = still(VIEWS.raster, { ...RASTER, label_x: "step" }, panel);
  view.show({ values: { trials: 4 }, t: [50], u: [0] });
  view.draw();
  assert.equal(view.paper.texts().filter(([text]) => text === "step").length, 1);
});

test("groups of rows and parts of the time have names, and lines in between", () => {
  const view = still(VIEWS.raster, { ...RASTER, rows: 4, groups: [["in", 3], ["out", 1]], parts: ["first", "second"] }, panel);
  view.show({ values: {}, t: [], u: [] });
  view.draw();
  // the frame goes from 50 to 350 and from 20 to 120, a row is 25 high
  const placed = Object.fromEntries(view.paper.texts().map(([text, x, y]) => [text, [x, y]]));
  assert.deepEqual([placed.in, placed.out], [[356, 61.5], [356, 111.5]]);
  assert.deepEqual([placed.first[0], placed.second[0]], [125, 275]);
  const lines = view.paper.calls.filter(call => call.name === "moveTo" || call.name === "lineTo").map(call => call.rest);
  for (const point of [[50, 95.5], [350, 95.5], [200, 20], [200, 120]]) {
    assert.ok(lines.some(([x, y]) => x === point[0] && y === point[1]), String(point));
  }
});

test("of 101 rows the last is named and the hundredth, which it would cover, is not", () => {
  const view = still(VIEWS.raster, RASTER, panel);
  view.show({ values: { trials: 101 }, t: [], u: [] });
  view.draw();
  assert.deepEqual(view.paper.texts().filter(([, x]) => x === 44).map(([text]) => text), ["1", "50", "101"]);
});

test("the bins of a histogram are stairs from the first edge to the last", () => {
  const view = still(VIEWS.histogram, { counts: "n", law: "", low: 0, high: 9, label_x: "", label_y: "" }, panel);
  assert.deepEqual(round(view.stairs(Float64Array.of(0, 4, 2), [0, 4])), [50, 120, 150, 120, 150, 20, 250, 20, 250, 70, 350, 70]);
});

const CURVE = { x: "i", y: "f", at: "i_inj", value: "rate", low: 0, high: 2, least: 0, label_x: "", label_y: "rate (Hz)" };

function curve(moving) {
  const view = still(VIEWS.curve, CURVE, { ...panel, moving });
  view.range = [0, 2];
  return view;
}
const at = (i_inj, rate) => ({ values: { i_inj }, i: [0, 1, 2], f: [0, rate, rate], rate });

test("a curve's axis stays while something moves, and fits what is drawn when nothing does", () => {
  const view = curve(false), tops = [];
  for (const [moving, rate] of [[false, 90], [true, 700], [false, 700]]) {
    view.panel.moving = moving;
    view.show(at(1, rate));
    view.draw();
    tops.push(view.rangeY[1]);
  }
  assert.deepEqual(tops, [100, 100, 800]);
});

test("at rest the axis has room for what was before, too", () => {
  const view = curve(false);
  view.show(at(1, 700));
  view.ghost = view.now;
  view.show(at(0.5, 90));
  view.draw();
  assert.equal(view.rangeY[1], 800);
});

// ---- a point that is dragged in two directions ----------------------------------------------------------------------

const TAU = { name: "tau", low: 0, high: 10, step: 0.5, colour: 1 }, DEPTH = { name: "depth", low: 0, high: 10, step: 1, colour: 2 };

function handle(places) {
  const moved = [], it = Object.create(Handle.prototype);
  const view = still(VIEWS.kernels, {}, panel);
  it.view = view;
  it.panel = { ...panel, values: { tau: 5, depth: 4 }, data: { peak: 8 }, move: (name, value) => moved.push([name, value]), moveAll: all => moved.push(all) };
  it.ranges = [[0, 10], [-10, 10]];
  it.places = places;
  it.moves = places.flatMap(({ control }) => control ?? []);
  const press = key => it.key({ key, preventDefault() {} });
  return { it, moved, press };
}

test("up is up in the picture, also where more of the control lies further down", () => {
  const { moved, press } = handle([{ of: "tau", factor: 1, begin: 0, control: TAU }, { of: "depth", factor: -1, begin: 0, control: DEPTH }]);
  for (const key of ["ArrowUp", "PageDown", "ArrowRight", "ArrowLeft", "a"]) press(key);
  assert.deepEqual(moved, [["depth", 3], ["depth", 14], ["tau", 5.5], ["tau", 4.5]]);
});

test("Home and End move a point along its first control only", () => {
  const { moved, press } = handle([{ of: "tau", factor: 1, begin: 0, control: TAU }, { of: "depth", factor: -1, begin: 0, control: DEPTH }]);
  for (const key of ["Home", "End"]) press(key);
  assert.deepEqual(moved, [{ tau: 0, depth: 4 }, { tau: 10, depth: 4 }]);
});

test("every arrow moves a point that has one control only", () => {
  const { moved, press } = handle([{ of: "tau", factor: 1, begin: 0, control: TAU }, { of: "peak", factor: 0.5, begin: 0 }]);
  for (const key of ["ArrowUp", "ArrowLeft", "Home", "End"]) press(key);
  assert.deepEqual(moved, [["tau", 5.5], ["tau", 4.5], { tau: 0 }, { tau: 10 }]);
});

test("a point lies where control and read-out say, and never outside of the frame", () => {
  const { it } = handle([{ of: "tau", factor: 1, begin: 0, control: TAU }, { of: "peak", factor: 0.5, begin: 0 }]);
  assert.deepEqual(it.where(it.panel.values, it.panel.data), [5, 4]);
  assert.deepEqual(it.at(), [200, 50]);
  assert.deepEqual(it.at([-3, 99]), [50, 20]);
});

test("a point beyond the stretch that is shown is dragged from where it is, not from the edge at which it waits", () => {
  const { it } = handle([{ of: "tau", factor: 1, begin: 0, control: TAU }, { of: "peak", factor: 0.5, begin: 0 }]);
  it.ranges = [[0, 2], [-10, 10]];
  assert.deepEqual([it.at()[0], it.spot()[0]], [it.view.right, it.view.left + 2.5 * (it.view.right - it.view.left)]);
  assert.equal(it.value(0, it.spot()[0]), 5);
});

test("a point that is dropped at a pixel has the value that lies there", () => {
  const { it } = handle([{ of: "tau", factor: 2, begin: 0, control: TAU }, { of: "depth", factor: -1, begin: 0, control: DEPTH }]);
  assert.equal(it.value(0, 200), 2.5);
  assert.equal(it.value(1, 95), 5);
});

test("a place may be counted from a begin, as the end of a pulse is from its onset", () => {
  const { it } = handle([{ of: "tau", factor: 1, begin: 3, control: TAU }, { of: "depth", factor: 1, begin: 0, control: DEPTH }]);
  assert.deepEqual(it.where(it.panel.values, it.panel.data), [8, 4]);
  assert.equal(it.value(0, 200), 2);
});
