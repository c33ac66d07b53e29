// Where the numbers come from: the newest question wins, and whatever fails is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.js";

const { BrowserEngine, Gate, KernelEngine, unpack } = load(
  ["format", "engine", "kernel"], "BrowserEngine, Gate, KernelEngine, unpack",
);

test("while one question is under way only the newest waits", () => {
  const sent = [], gate = new Gate(values => sent.push(values.v));
  for (const v of [1, 2, 3]) gate.ask({ v });
  assert.deepEqual(sent, [1]);
  gate.answered();
  assert.deepEqual(sent, [1, 3]);
  gate.answered();
  gate.ask({ v: 4 });
  assert.deepEqual(sent, [1, 3, 4]);
});

test("a waiting question keeps the values it was asked with", () => {
  const sent = [], gate = new Gate(values => sent.push(values.v)), values = { v: 1 };
  gate.ask(values);
  values.v = 2;
  gate.ask(values);
  values.v = 3;
  gate.answered();
  assert.deepEqual(sent, [1, 2]);
});

// (module (import "env" "__linear_memory" (memory 1)) (func (export "kernel") (param i32 i32) (result i32) i32.const STATUS))
const ends = (...bytes) => [bytes.length, ...bytes], word = text => ends(...Buffer.from(text));
const kernel = status => Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, ...ends(1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f),
  2, ...ends(1, ...word("env"), ...word("__linear_memory"), 2, 0, 1),
  3, ...ends(1, 0),
  7, ...ends(1, ...word("kernel"), 0, 0),
  10, ...ends(1, ...ends(0, 0x41, status, 0x0b)),
]);
const SPEC = { call: [{ name: "out", array: "f8", shape: [0], upto: "", work: true }], readouts: [] };

test("a kernel that fails in the worker is said to the reader, as one in the page is", t => {
  let worker;
  t.mock.method(globalThis.URL, "createObjectURL", () => "blob:");
  globalThis.Worker = class {
    constructor() { worker = this; }
    postMessage() {}
    terminate() {}
  };
  const said = [], engine = new BrowserEngine(kernel(1), SPEC, () => said.push("done"), text => said.push(text));
  engine.move();
  engine.ask({ v: 1 });
  assert.deepEqual(said, []);
  worker.onerror({ preventDefault() {} });
  assert.deepEqual(said, ["the kernel failed with status 1"]);
});

test("an array called out is an array like any other where a record tells the numbers", () => {
  const call = [
    { name: "n", array: "f8", shape: [1], upto: "", number: true, work: true },
    { name: "out", array: "f8", shape: [3], upto: "" },
  ];
  const told = [], spec = { call, readouts: [{ name: "n" }] };
  new BrowserEngine(kernel(0), spec, data => told.push(data), text => told.push(text)).ask({});
  assert.equal(told[0].n, 0);
  assert.deepEqual([...told[0].out], [0, 0, 0]);
});

test("where a page forbids workers the kernel goes on in the page", t => {
  t.mock.method(globalThis.URL, "createObjectURL", () => "blob:");
  globalThis.Worker = class { constructor() { throw new Error("forbidden"); } };
  const seen = [];
  const engine = new BrowserEngine(kernel(0), SPEC, data => seen.push(data.values.v), () => {});
  engine.move();
  engine.ask({ v: 7 });
  assert.deepEqual(seen, [7]);
});

test("a frame of Python becomes arrays by name, parts of a trace, and read-outs", () => {
  const bytes = array => new DataView(array.buffer);
  const read = unpack(
    { names: ["times", "v.at", "v.value", "reads"], types: ["f8", "f4", "f4", "f8"] },
    [new Float64Array([1.5, 2]), new Float32Array([0, 3]), new Float32Array([-65, 40]), new Float64Array([12, 0.5])].map(bytes),
    { readouts: [{ name: "n" }, { name: "rate" }] },
  );
  assert.deepEqual(read, {
    times: new Float64Array([1.5, 2]),
    v: { at: new Float32Array([0, 3]), value: new Float32Array([-65, 40]) },
    n: 12,
    rate: 0.5,
  });
});

test("a frame that lies within a longer buffer is cut out of it", () => {
  const whole = new Float64Array([9, 1, 2, 9]), part = new DataView(whole.buffer, 8, 16);
  assert.deepEqual(unpack({ names: ["x"], types: ["f8"] }, [part], SPEC).x, new Float64Array([1, 2]));
});

test("an answer of Python to an older question is not taken for the new one", () => {
  const sent = [], done = [], failed = [];
  let hear;
  const model = { send: message => sent.push(message), on: (_, heard) => { hear = heard; }, off() {} };
  const engine = new KernelEngine(model, SPEC, data => done.push(data.values.v), text => failed.push(text));
  engine.ask({ v: 1 });
  const [{ id }] = sent;
  hear({ type: "frame", id: id - 1, names: [], types: [] }, []);
  assert.deepEqual(done, []);
  hear({ type: "frame", id, names: [], types: [] }, []);
  engine.ask({ v: 2 });
  hear({ type: "frame", id: id + 1, error: "no luck" }, []);
  assert.deepEqual([done, failed], [[1], ["no luck"]]);
});
