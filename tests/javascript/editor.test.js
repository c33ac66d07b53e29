// What a key does to a program. In a text, | stands where the selection begins and ends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.js";

const { edited } = load(["format", "axes", "controls", "editor"], "edited");

function typed(text, key) {
  const [before, selected, after] = text.split("|"), all = before + (after === undefined ? selected : selected + after);
  const start = before.length, end = after === undefined ? start : start + selected.length, change = edited(all, start, end, key);
  if (!change) return null;
  const done = all.slice(0, change.from) + change.text + all.slice(change.to), [a, b] = change.select;
  return done.slice(0, a) + "|" + (a === b ? "" : done.slice(a, b) + "|") + done.slice(b);
}

test("a new line is indented as the one before it, and further after a colon", () => {
  assert.equal(typed("    x = 1|", "Enter"), "    x = 1\n    |");
  assert.equal(typed("def f(x):|", "Enter"), "def f(x):\n    |");
  assert.equal(typed("    if x:  # or not|\ny", "Enter"), "    if x:  # or not\n        |\ny");
  assert.equal(typed("a[k:|n]", "Enter"), "a[k:\n|n]");
  assert.equal(typed("  |  x", "Enter"), "  \n  |  x");
});

test("the tab key goes on to the next four spaces, and takes all lines of a selection along", () => {
  assert.equal(typed("|x", "Tab"), "    |x");
  assert.equal(typed("ab|", "Tab"), "ab  |");
  assert.equal(typed("|a\n\nb\n|c", "Tab"), "    |a\n\n    b\n|c");
});

test("with the shift key it goes back", () => {
  assert.equal(typed("a\n    b\n      |c", "Shift-Tab"), "a\n    b\n  |c");
  assert.equal(typed("    |a\n  b|", "Shift-Tab"), "|a\nb|");
  assert.equal(typed("  | x", "Shift-Tab"), "|x");
});

test("backspace takes four spaces of an indentation at once, and one letter elsewhere", () => {
  assert.equal(typed("        |", "Backspace"), "    |");
  assert.equal(typed("      |x", "Backspace"), "    |x");
  assert.equal(typed("a |", "Backspace"), null);
  assert.equal(typed("|", "Backspace"), null);
});

test("any other key is the browser's", () => {
  assert.equal(typed("a|", "b"), null);
});
