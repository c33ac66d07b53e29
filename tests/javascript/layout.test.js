// Where picture and controls stand on screens of any size, and how high the picture is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, still } from "./scripts.js";

const { Layout, View } = load(["format", "axes", "layout"], "Layout, View");

const BOX = { width: 400, left: 40, right: 60, top: 24, frame: 200, gap: 0, strip: 0, bottom: 36, head: 12, legend: 0 };

/** A panel of `rows` pictures below one another on a screen, laid out; its words take 90 pixels, its controls 150. */
function laid(t, rows, width, screen, ratio = 0) {
  globalThis.getComputedStyle = () => ({ top: "0px" });
  globalThis.document = { documentElement: { clientHeight: screen } };
  t.after(() => { delete globalThis.getComputedStyle; delete globalThis.document; });
  const words = () => ({ textContent: "", style: {}, offsetHeight: 60, offsetWidth: width, getBoundingClientRect: () => ({ height: 59.5 }) });
  const views = Array.from({ length: rows }, (_, k) => {
    const view = still(View, { box: BOX, ratio });
    Object.assign(view, { size: { ...BOX }, canvas: { style: {} }, element: { getBoundingClientRect: () => ({ bottom: 500 * k, width, height: view.height }) } });
    return view;
  });
  const panel = {
    views, data: { values: {}, rate: 12 }, spec: { controls: [], readouts: [{ name: "rate", decimals: 0, unit: "Hz", words: [], none: "" }], headline: "rate", detail: "" },
    question: { offsetWidth: width, offsetHeight: 22 }, result: words(), big: words(), change: words(), detail: words(), decimals: { rate: 0 },
    stage: { offsetWidth: width, offsetHeight: 400 }, side: { firstChild: { offsetHeight: 150 } },
    figure: { dataset: {}, style: { setProperty() {} }, closest: () => null },
  };
  const layout = Object.assign(Object.create(Layout.prototype), { panel });
  layout.place();
  return { kind: panel.figure.dataset.layout, tall: views.reduce((sum, view) => sum + view.height, 12 * (rows - 1)), panel, layout };
}

test("controls are beside the picture on a wide or low screen, below it elsewhere", t => {
  const kinds = [[1300, 900], [800, 900], [800, 400], [358, 844]].map(([width, screen]) => laid(t, 1, width, screen).kind);
  assert.deepEqual(kinds, ["beside", "below", "beside", "narrow"]);
});

test("one picture fills what a wide screen has, and several share it", t => {
  for (const rows of [1, 2, 3]) {
    const { tall } = laid(t, rows, 1000, 900);
    assert.ok(tall >= 320 && tall <= 900 - 60 - 22, `${rows}: ${tall}`);
  }
  // 318: each height is cut to whole pixels
  assert.ok(laid(t, 2, 1000, 300).tall >= 318);
});

test("below the picture there is room for the controls", t => {
  for (const rows of [1, 2, 3]) assert.ok(laid(t, rows, 800, 900).tall <= 900 - 60 - 22 - 150, `${rows}`);
});

test("on a narrow screen a slider has room below the picture", t => {
  for (const rows of [1, 2, 3, 4]) {
    const { tall } = laid(t, rows, 358, 844);
    assert.ok(tall + 60 + 100 <= 844, `${rows}: ${tall}`);
  }
  assert.equal(laid(t, 1, 358, 844).tall, 260); // as declared
});

test("in a tab that is hidden the result takes no new height", t => {
  const { panel, layout } = laid(t, 1, 358, 844), { result } = panel;
  Object.assign(result, { offsetWidth: 0, getBoundingClientRect: () => ({ height: 266 }) });
  layout.keep();
  assert.equal(result.style.minHeight, "60px");
});

test("a frame that keeps its ratio leaves no empty room below it", () => {
  const high = (spec, times) => still(View, { box: BOX, ...spec }).heightFor(times, 300).height;
  assert.deepEqual([1, 0.25].map(times => high({ ratio: 2 }, times)), [24 + 100 + 36, 24 + 50 + 36]);
  assert.deepEqual([2, 0.5].map(times => high({ kind: "drawing" }, times)), [24 + 200 + 36, 24 + 100 + 36]);
});

test("a map is as wide as a phone, and elsewhere as high as its share", () => {
  const high = layout => still(View, { box: BOX, ratio: 2, ruled: 2 }, { figure: { dataset: { layout } } }).heightFor(0.25, 300).height;
  assert.deepEqual(["narrow", "below", "beside"].map(high), [24 + 100 + 36, 24 + 50 + 36, 24 + 50 + 36]);
});

test("the words of the result are those of before, and its room that of the longest", t => {
  const { panel, layout } = laid(t, 1, 800, 900);
  panel.big.textContent = "12 Hz";
  layout.again();
  assert.deepEqual([panel.big.textContent, panel.result.style.minHeight], ["12 Hz", "60px"]);
});
