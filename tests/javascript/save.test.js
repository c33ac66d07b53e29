// What a reader takes along: the picture as SVG, the numbers as a table.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.js";

const { SvgPen, asCsv } = load(["format", "engine", "axes", "controls", "svg", "save"], "SvgPen, asCsv");
const pen = () => new SvgPen({ measureText: text => ({ width: 7 * text.length }) }, "#fff");

test("a line keeps its colour, width, dashes and opacity, and stands where its view does", () => {
  const cx = pen();
  cx.translate(100, 10);
  Object.assign(cx, { strokeStyle: "rgb(1, 2, 3)", lineWidth: 1.5, globalAlpha: 0.3 });
  cx.setLineDash([6, 4]);
  cx.beginPath();
  cx.moveTo(0, 0.125);
  cx.lineTo(20, 5);
  cx.stroke();
  const [path] = cx.parts;
  for (const part of ['d="M100 10.13L120 15"', 'stroke="rgb(1, 2, 3)"', 'stroke-width="1.5"', 'stroke-dasharray="6 4"', 'opacity="0.3"', 'fill="none"']) {
    assert.ok(path.includes(part), part);
  }
});

test("what is clipped is clipped until the pen is restored", () => {
  const cx = pen();
  cx.save();
  cx.beginPath();
  cx.rect(1, 2, 30, 40);
  cx.clip();
  cx.fillRect(0, 0, 5, 5);
  cx.restore();
  cx.fillRect(0, 0, 5, 5);
  assert.equal(cx.parts[0], '<clipPath id="clip1"><path d="M1 2h30v40h-30Z"/></clipPath>');
  assert.deepEqual(cx.parts.slice(1).map(part => part.includes("url(#clip1)")), [true, false]);
});

test("words are escaped and anchored, and what is wiped away is wiped in the colour of the paper", () => {
  const cx = pen();
  Object.assign(cx, { textAlign: "right", fillStyle: "red" });
  cx.strokeText("V < 0", 10, 20);
  cx.fillText("V < 0", 10, 20);
  assert.ok(cx.parts[0].includes('stroke="#fff"') && cx.parts[1].includes('fill="red"'));
  for (const part of cx.parts) assert.ok(part.includes('text-anchor="end"') && part.includes(">V &#60; 0</text>"), part);
});

test("a circle is one closed path through its left and right end", () => {
  const cx = pen();
  cx.beginPath();
  cx.arc(10, 10, 5, 0, 2 * Math.PI);
  cx.fill();
  assert.ok(cx.parts[0].includes('d="M5 10A5 5 0 0 1 15 10A5 5 0 0 1 5 10Z"'));
});

test("the table says the settings, and has a column for each array, what has more axes a column for each place of the others", () => {
  const spec = {
    title: "A panel", seed: "7", views: [{ kind: "trace", y: "v", also: [], label: "v (mV)", label_x: "time (ms)", dt: 0.1, until: 0 }], controls: [{ name: "v_th", unit: "mV" }], readouts: [{ name: "rate", unit: "Hz" }],
    call: [{ name: "v", array: "f8", shape: [3] }, { name: "z", array: "f4", shape: [2, 2] }, { name: "c", array: "f4", shape: [1, 2, 1] }],
  };
  const data = {
    values: { v_th: -50 }, rate: 31.5, v: Float64Array.of(-65, -60.25, -50), z: Float32Array.of(1, 2, 3, 4), c: Float32Array.of(8, 9),
    thin: { at: Float32Array.of(0, 9), value: Float32Array.of(5, 6), steps: Int32Array.of(10) },
  };
  assert.equal(asCsv({ spec, data, values: { v_th: -50, seed: "7" } }), [
    "# A panel", "# v_th = -50 mV", "# seed = 7", "# v: v (mV); step k, from 0 on, ends at time (ms) (k + 1) · 0.1", "# rate = 31.5 Hz", "v,z[0],z[1],c[0 0],c[1 0],step of thin,thin",
    "-65,1,2,8,9,0,5", "-60.25,3,4,,,9,6", "-50,,,,,,", "",
  ].join("\n"));
});
