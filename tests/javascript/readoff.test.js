// What is read off a picture: the value under the pointer, in words as exact as a pixel.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, still } from "./scripts.js";

const { VIEWS, nearest, spoken } = load(
  ["format", "engine", "axes", "controls", "legend", "handle", "trace", "curve", "raster", "histogram", "heatmap", "kernels", "readoff"],
  "VIEWS, nearest, spoken",
);
// the frame of a still view reaches from (50, 20) to (350, 120)

test("a value is as exact as a pixel is", () => {
  assert.equal(spoken("v (mV)", -61.23456, [-80, -40]), "v −61.2 mV");
  assert.equal(spoken("time (ms)", 123.456, [0, 400]), "time 123 ms");
  assert.equal(spoken("neuron", 3.2, [0, 1000]), "neuron 3");
  assert.equal(spoken("current i (nA)", 0.20349, [0, 0.5]), "current i 0.203 nA");
});

test("the nearest of sorted values is found, also beyond their ends", () => {
  assert.deepEqual([-9, 0.4, 0.6, 1.9, 9].map(v => nearest([0, 1, 2], v)), [0, 0, 1, 2, 2]);
});

const line = (...values) => ({ at: Float32Array.from(values, (_, k) => k), value: Float32Array.from(values), n: values.length });
const trace = () => Object.assign(still(VIEWS.trace, { dt: 10, label: "v (mV)", label_x: "time (ms)", lines: [], also: [] }), {
  range: [-80, -40], first: "trace", now: { trace: line(...Array(30).fill(-60)), also: [], end: 300, spikes: [100, 250], cell: [] },
});

test("a trace says its value at a time, and above it the spike that is near", () => {
  const view = trace();
  view.now.trace.value[9] = -50; // of the step that ends at 100 ms
  assert.deepEqual(view.read(150, 70), { x: 150, along: 100, lines: ["time 100 ms", "v −50.0 mV"], spots: [[45, "trace"]] });
  assert.deepEqual(view.read(152, 10), { x: 150, along: 100, lines: ["spike at 100.0 ms"] });
  assert.deepEqual(view.read(170, 10).lines, ["time 120 ms", "v −60.0 mV"]);
});

test("a line goes on in another picture over the same axis, and in no other", () => {
  const view = trace();
  assert.equal(view.readAt(100, "time (ms)").x, 150);
  assert.equal(view.readAt(100, "current (nA)"), null);
  assert.equal(view.readAt(400, "time (ms)"), null);
});

test("a curve is read at one of its points", () => {
  const view = Object.assign(still(VIEWS.curve, { label_x: "i (nA)", label_y: "rate (Hz)" }), {
    range: [0, 3], rangeY: [0, 100], now: { x: Float64Array.of(0, 1, 2, 3), y: Float64Array.of(0, 10, 40, 90) },
  });
  assert.deepEqual(view.read(245, 0), { x: 250, along: 2, lines: ["i 2.00 nA", "rate 40.0 Hz"], spots: [[80, "trace"]] });
});

test("a spike of a raster names its neuron and its time, and the rest a time", () => {
  const view = Object.assign(still(VIEWS.raster, { label: "neuron", label_x: "time (ms)", duration: 300, strip: "", strip_label: "" }), {
    drawn: [150, 150], now: { times: Float64Array.of(100, 100), units: Int32Array.of(0, 3), rows: 4, strip: null },
  });
  assert.deepEqual(view.read(147, 110), { x: 150, along: 100, lines: ["neuron 4", "spike at 100.0 ms"] });
  assert.deepEqual(view.read(147, 60).lines, ["time 97 ms"]);
});

test("a bar of a histogram says its middle, its count and what was expected", () => {
  const view = Object.assign(still(VIEWS.histogram, { low: 0, high: 30, label_x: "interval (ms)", label_y: "intervals", lines: [["counted", "trace"], ["by the law", "q5"]] }), {
    high: [0, 100], now: { counts: Float64Array.of(5, 50, 7), law: Float64Array.of(6, 45.5, 8) },
  });
  assert.deepEqual(view.read(190, 0).lines, ["interval 15.0 ms", "intervals 50.0", "by the law 45.5"]);
});

test("a cell of a map says both places and its value; the first row is the lowest", () => {
  const view = Object.assign(still(VIEWS.heatmap, { low: 0, high: 10, label: "rate (Hz)", label_x: "x", label_y: "y", kinds: [] }), {
    ranges: [[0, 2], [0, 2]], now: { values: Float64Array.of(1, 2, 3, 4), columns: 2 },
  });
  assert.deepEqual([[60, 110], [340, 110], [60, 30], [340, 30]].map(([x, y]) => view.read(x, y).lines[2]), [1, 2, 3, 4].map(v => `rate ${v}.00 Hz`));
  assert.equal(view.read(60, 10), null);
});

test("cells that are counted have a number", () => {
  const view = Object.assign(still(VIEWS.heatmap, { low: 0, high: 10, label: "spikes", label_x: "neuron", label_y: "step", kinds: [] }), {
    ranges: [[0.5, 2.5], [0, 2]], now: { values: Float64Array.of(1, 2, 3, 4), columns: 2 },
  });
  assert.deepEqual(view.read(340, 30).lines, ["neuron 2", "step 1", "spikes 4.00"]);
});

test("kinds of cells have names, and so have parts without numbers", () => {
  const spec = { low: 0, high: 1, label: "ground", label_x: "", label_y: "row", kinds: [[0.15, "road"], [1, "path"]], nothing: "wall", names_x: ["west", "east"], names_y: [] };
  const view = Object.assign(still(VIEWS.heatmap, spec), { ranges: [[0, 4], [0, 1]], now: { values: Float64Array.of(0.15, NaN, 0.15, 1), columns: 4 } });
  assert.deepEqual([60, 140, 340].map(x => view.read(x, 60).lines), [["west", "road"], ["west", "wall"], ["east", "path"]]);
  const bars = Object.assign(still(VIEWS.histogram, { low: 0.5, high: 2.5, label_y: "%", names_x: ["in", "out"], lines: [] }), { high: [0, 100], now: { counts: Float64Array.of(5, 50), law: [] } });
  assert.deepEqual([60, 340].map(x => bars.read(x).lines[0]), ["in", "out"]);
});

test("a cell of a map is called by its name, and says how full it is", () => {
  const spec = { low: 0, high: 100, label: "memory used (%)", label_x: "", label_y: "", kinds: [], nothing: "not in use", cells: ["core 0", "core 1", "core 2", "core 3"] };
  const view = Object.assign(still(VIEWS.heatmap, spec), { ranges: [[0, 2], [0, 2]], now: { values: Float64Array.of(40, NaN, 0, 8), columns: 2 } });
  assert.deepEqual([[60, 110], [340, 110], [340, 30]].map(([x, y]) => view.read(x, y).lines),
    [["core 0", "memory used 40.0 %"], ["core 1", "not in use"], ["core 3", "memory used 8.0 %"]]);
});

test("a circle is read at the point that is near", () => {
  const turn = Array.from({ length: 41 }, (_, k) => 2 * Math.PI * k / 40);
  const view = Object.assign(still(VIEWS.kernels, { label_x: "x", label_y: "y", curves: [["a", "circle", 1]] }), {
    ranges: [[-1, 1], [-1, 1]], now: { x: Float64Array.from(turn, Math.cos), turns: true, curves: [Float64Array.from(turn, Math.sin)] },
  });
  const upper = view.read(200, 22), lower = view.read(200, 118);
  assert.deepEqual([upper.lines, lower.lines.slice(2)], [["circle", "x 0.00", "y 1.00"], ["y −1.00"]]);
  assert.equal(view.read(200, 70), null);
});

test("a legend that is a number is not read as one", () => {
  assert.equal(spoken("0 (mV)", 3.7, [0, 50]), "0: 3.7 mV");
});

test("all curves over an axis are said by name", () => {
  const view = Object.assign(still(VIEWS.kernels, { label_x: "Δt (ms)", label_y: "Δw (%)", curves: [["a", "before", 1], ["b", "after", 2]] }), {
    ranges: [[0, 3], [0, 10]], now: { x: Float64Array.of(0, 1, 2, 3), curves: [Float64Array.of(1, 2, 3, 4), Float64Array.of(NaN, 8, 7, 6)] },
  });
  assert.deepEqual(view.read(150, 50).lines, ["Δt 1.00 ms", "before 2.00 %", "after 8.00 %"]);
  assert.equal(view.readAt(5, "Δt (ms)"), null);
});
