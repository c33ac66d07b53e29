// A square to draw on: from a hand to the text that is kept, and from the text to the picture.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, still } from "./scripts.js";

const { VIEWS, PEN, NEAREST } = load(["format", "engine", "axes", "controls", "drawing"], "VIEWS, PEN, NEAREST");

const SPEC = { strokes: "drawing", what: "a digit", whole: 1000, most: 600, pen: 13, columns: 0, bands: [] };

/** A view whose square is 100 pixels wide, from (150, 20), and what it tells its panel. */
function sheet(text = "", start = "0000") {
  const told = [], panel = {
    spec: { drawn: { drawing: start } }, values: { drawing: text }, live: {},
    setAll(values, source) { Object.assign(this.values, values); told.push([values.drawing, source]); },
    hurry() {},
  };
  const view = still(VIEWS.drawing, SPEC, panel);
  Object.assign(view, { cursor: [500, 500], last: [500, 500], down: false, keys: false, full: { textContent: "" }, paint() {} });
  const press = (key, more = {}) => {
    const event = { key, preventDefault() { event.stopped = true; }, ...more };
    view.key(event);
    return Boolean(event.stopped);
  };
  return { view, panel, told, press };
}

test("a drawing is read point by point, and its strokes stay apart", () => {
  const out = new Float64Array(12);
  assert.equal(PEN.read("0000rsrs-rs00", out), 3);
  assert.deepEqual(Array.from(out), [0, 0, 1, 1000, 1000, 2, 1000, 0, 1, 0, 0, 0]);
  assert.equal(PEN.read("", new Float64Array(3)), 0);
  assert.equal(PEN.read("000000000000", new Float64Array(6)), 2);
});

test("what was there at the start makes room for the first stroke, and stays for the next ones", () => {
  const { view, panel } = sheet("0000");
  view.begin([1000, 0], "drag");
  view.extend([1000, 1000], "drag");
  view.begin([0, 1000], "drag");
  assert.equal(panel.values.drawing, "rs00rsrs-00rs");
});

test("a place outside of the square is at its edge, and one that is near the last point is left out", () => {
  const { view, panel } = sheet();
  view.begin([-50, 2000], "drag");
  view.extend([-50 + NEAREST - 1, 2000], "drag");
  assert.equal(panel.values.drawing, "00rs");
  view.extend([300, 2000], "drag");
  assert.equal(panel.values.drawing, "00rs8crs");
});

test("a full drawing takes no more points, and no more strokes", () => {
  const { view, panel, told } = sheet("0000".repeat(600), "");
  view.begin([10, 10], "drag");
  view.extend([500, 500], "drag");
  assert.equal(told.length, 0);
  assert.equal(panel.values.drawing.length, 2400);
  assert.equal(panel.live.textContent, "The drawing is full");
  assert.equal(view.full.textContent, "No ink left");
  Object.assign(view, { now: view.prepare() }).draw();
  assert.equal(view.full.textContent, "No ink left");
  view.undo();
  view.draw();
  assert.equal(view.full.textContent, "");
});

test("undo takes the last stroke back, and nothing is left of the only one", () => {
  const { view, panel } = sheet("0000rsrs-rs00");
  view.undo();
  assert.equal(panel.values.drawing, "0000rsrs");
  view.undo();
  assert.equal(panel.values.drawing, "");
});

test("space puts the pen down and lifts it, arrows move it, with Shift farther", () => {
  const { panel, press } = sheet("", "0000");
  assert.equal(press("ArrowRight"), true); // 525, and the pen is up
  press(" ");
  press("ArrowDown", { shiftKey: true });
  press(" ");
  press("ArrowUp");
  assert.equal(panel.values.drawing, "eldwelgo");
  assert.equal(panel.live.textContent, "Pen up");
  press("Backspace");
  assert.equal(panel.values.drawing, "");
  assert.equal(press("Tab"), false); // whoever is there can go on
});

test("the pen stays in the square", () => {
  const { view, press } = sheet();
  for (let k = 0; k < 30; k++) press("ArrowLeft");
  assert.deepEqual(view.cursor, [0, 500]);
});

test("a stroke is drawn where it was made, and a dot leaves a mark", () => {
  const { view } = sheet("0000rs00-00rs");
  view.now = view.prepare();
  view.draw();
  const places = name => view.paper.calls.filter(call => call.name === name).map(call => call.rest);
  // the first five are the edges of the square
  assert.deepEqual(places("moveTo").slice(1), [[150, 20], [150, 120]]);
  assert.deepEqual(places("lineTo").slice(4), [[250, 20], [150.1, 120]]);
});

test("faint lines divide the square into columns, and into bands with their names", () => {
  const { view } = sheet();
  view.spec = { ...SPEC, columns: 2, bands: ["high", "low"] };
  view.now = view.prepare();
  view.draw();
  const rest = name => view.paper.calls.filter(call => call.name === name).map(call => call.rest);
  // the first four are the edges of the square
  assert.deepEqual(rest("moveTo").slice(1), [[200, 20], [150, 70]]);
  assert.deepEqual(rest("lineTo").slice(4), [[200, 120], [250, 70]]);
  assert.deepEqual(rest("fillText"), [["high", 156, 36], ["low", 156, 86]]);
});

test("a pointer is in thousandths of the square", () => {
  const { view } = sheet();
  view.at = () => [200, 45];
  assert.deepEqual(view.from({}), [500, 250]);
});
