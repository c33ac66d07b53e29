// diagnose.js: mistakes that anybody can make in any exercise, word for word as snnlab.course.judging.diagnose names them.
// A test compares the two. An array is { shape, flat } as in NumPy; a mistake that was found is [name, sentences].
const TIGHT = 5e-3, EXACT = 1e-9, NOTHING = 1e-12, NEARLY_BELOW = 0.05;
/** @type {Record<string, [larger: string, smaller: string]>} */
const THOUSANDS = { ms: ["s", "µs"], mV: ["V", "µV"], nA: ["µA", "pA"], "MΩ": ["GΩ", "kΩ"], Hz: ["kHz, which is spikes per ms", "mHz"] };

// ---- arrays ----

// numbers, or lists of lists of them, of which all rows are equally long
/** @param {any} value @returns {NdArray} */
function ndarray(value) {
  if (!Array.isArray(value)) return { shape: [], flat: [value] };
  const rows = value.map(ndarray);
  return { shape: [value.length, ...(rows[0]?.shape ?? [])], flat: rows.flatMap(row => row.flat) };
}
/** @type {(array: NdArray, f: (x: number, k: number) => number) => NdArray} */
const mapped = (array, f) => ({ shape: array.shape, flat: array.flat.map(f) });
/** @type {(a: NdArray, b: NdArray) => boolean} */
const sameShape = (a, b) => String(a.shape) === String(b.shape);
/** @type {(array: NdArray) => string} */
const shapeText = ({ shape }) => `(${shape.join(", ")}${shape.length === 1 ? "," : ""})`;
/** @param {NdArray} array @returns {NdArray} */
function transposed({ shape: [rows, columns], flat }) {
  return { shape: [columns, rows], flat: flat.map((_, k) => flat[k % rows * columns + Math.floor(k / rows)]) };
}
// rows from `from` up to `to`, which counts from the end if it is negative
/** @param {NdArray} array @param {number} from @param {number} [to] @returns {NdArray} */
function slice({ shape: [n, ...rest], flat }, from, to = n) {
  const size = rest.reduce((a, b) => a * b, 1), end = to < 0 ? n + to : to;
  return { shape: [end - from, ...rest], flat: flat.slice(from * size, end * size) };
}
// as NumPy rounds: a tie goes to the even number
/** @param {number} x */
function rint(x) {
  const down = Math.floor(x), off = x - down;
  return off < 0.5 || (off === 0.5 && down % 2 === 0) ? down : down + 1;
}
/** @type {(flat: number[]) => number} */
const greatest = flat => flat.reduce((a, b) => Math.max(a, b), 0);

// as agree and close of diagnose.py; a tolerance is a number, or a list with one for each
/** @param {number[]} got @param {number[]} right @param {number | number[]} tolerance @returns {boolean[]} */
function agree(got, right, tolerance) {
  const largest = greatest(right.map(Math.abs).filter(Number.isFinite));
  return right.map((r, k) => {
    const size = Math.abs(r), allowed = (Array.isArray(tolerance) ? tolerance[k] : tolerance) * (size <= NOTHING * largest ? 1e-3 * largest : size);
    return (Number.isFinite(r) && Math.abs(got[k] - r) <= allowed) || got[k] === r || (Number.isNaN(got[k]) && Number.isNaN(r));
  });
}
/** @param {NdArray} got @param {NdArray} right @param {number | number[]} tolerance */
const isClose = (got, right, tolerance) => sameShape(got, right) && agree(got.flat, right.flat, tolerance).every(Boolean);

// ---- the first mistake that fits ----

/** @param {NdArray} got @param {NdArray} right @param {string} unit @returns {Found | null} */
function generalMistake(got, right, unit = "") {
  if (!sameShape(got, right)) return wrongShape(got, right);
  if (!got.flat.every(Number.isFinite)) return notFinite(got.flat);
  if (!right.flat.some(x => x !== 0)) return null;
  const suspect = suspects(right, unit).find(each => isClose(got, each.answer, each.tolerance));
  return suspect ? [suspect.name, suspect.hint] : shifted(got, right) ?? offset(got, right, unit) ?? nearly(got, right);
}

/** @param {NdArray} right @param {string} unit @returns {Suspect[]} */
function suspects(right, unit = "") {
  return [...signs(right), ...units(right, unit), ...factors(right), ...roundings(right)];
}

// those in which one number of several is one of `suspects`, and the others are right
/** @param {NdArray} right @param {string} unit @param {number} tolerance @returns {Suspect[]} */
function suspectsOfOne(right, unit, tolerance) {
  return (right.flat.length > 1 ? right.flat : []).flatMap((x, k) => (x === 0 ? [] : suspects(ndarray(x), unit))
    .filter(one => !["reciprocal", "cut", "zero"].includes(one.name))
    .map(one => ({
      name: one.name, answer: mapped(right, (r, j) => j === k ? one.answer.flat[0] : r),
      tolerance: right.flat.map((_, j) => j === k ? /** @type {number} */ (one.tolerance) : tolerance), hint: `Look at number ${k + 1}, the rest is right. ${one.hint}`,
    })));
}

/** @param {NdArray} right @returns {Suspect[]} */
function signs(right) {
  const found = [{ name: "sign", answer: mapped(right, x => -x), tolerance: TIGHT, hint: "The size is right and the sign is wrong. Which of the two belongs before the minus?" }];
  if (right.shape.length === 1) {
    found.push({ name: "reversed", answer: { ...right, flat: [...right.flat].reverse() }, tolerance: TIGHT, hint: "The numbers are right and stand in the opposite order." });
  }
  if (right.shape.length === 2) {
    found.push({ name: "transposed", answer: transposed(right), tolerance: TIGHT, hint: "The numbers are right, but rows and columns are swapped. Use .T once." });
  }
  return found;
}

/** @param {NdArray} right @param {string} unit @returns {Suspect[]} */
function units(right, unit) {
  const [larger, smaller] = THOUSANDS[unit] ?? ["", ""], wanted = unit ? ` The answer is wanted in ${unit}.` : "";
  return [3, -3, 2, -2, 6, -6, 9, -9].map(power => {
    const name = power === 3 ? larger : power === -3 ? smaller : "";
    const is = name ? `in ${name}` : `${Number(`1e${Math.abs(power)}`)} times too ${power > 0 ? "small" : "large"}`;
    return { name: "units", answer: mapped(right, x => x / Number(`1e${power}`)), tolerance: TIGHT, hint: `The digits are right, but this is ${is}.${wanted}` };
  });
}

/** @param {NdArray} right @returns {Suspect[]} */
function factors(right) {
  /** @type {(name: string, f: (x: number) => number, hint: string, tolerance?: number) => Suspect} */
  const one = (name, f, hint, tolerance = TIGHT) => ({ name, answer: mapped(right, f), tolerance, hint });
  const found = [
    one("log10", x => x / Math.LN10, "This has the logarithm to base 10 where the natural one belongs. In NumPy that is np.log.", TIGHT / 10),
    one("twice", x => 2 * x, "This is twice the right answer. Is something counted two times?"),
    one("half", x => x / 2, "This is half the right answer. Is something counted only once, or divided by 2?"),
  ];
  if (!right.flat.includes(0)) {
    const hint = "This is the right answer upside down. Is it an interval for a rate, or a rate for an interval?";
    for (const factor of [1, 1000]) found.push(one("reciprocal", x => factor / x, hint));
  }
  return found;
}

/** @param {NdArray} right @returns {Suspect[]} */
function roundings(right) {
  // the place of the second digit
  const last = right.flat.map(x => Number(`1e${Math.floor(Math.log10(Math.abs(x) || 1)) - 1}`));
  /** @type {[answer: NdArray, places: string][]} */
  const rounded = [
    [mapped(right, x => rint(x * 100) / 100), "two decimals"], [mapped(right, x => rint(x * 10) / 10), "one decimal"],
    [mapped(right, rint), "whole numbers"], [mapped(right, (x, k) => last[k] * rint(x / last[k])), "two digits"],
  ];
  // 0 is not what anybody rounds to
  const found = rounded.filter(([answer]) => answer.flat.every((x, k) => x !== 0 || right.flat[k] === 0)).map(([answer, places]) => (
    { name: "rounded", answer, tolerance: EXACT, hint: `This is right but for rounding to ${places}. Give at least one digit more.` }));
  return [...found,
    { name: "cut", answer: mapped(right, Math.floor), tolerance: EXACT, hint: "The decimals are cut off. Was // written for /, or int() used?" },
    { name: "zero", answer: mapped(right, () => 0), tolerance: 0, hint: "This is 0 everywhere. Was the result computed and then not used?" }];
}

// ---- wrong shape ----

/** @param {NdArray} got @param {NdArray} right @returns {Found} */
function wrongShape(got, right) {
  const dimensions = [got.shape.length, right.shape.length], n = got.flat.length, wanted = right.flat.length;
  if (dimensions[0] === 2 && isClose(transposed(got), right, TIGHT)) {
    return ["transposed", "The numbers are right, but rows and columns are swapped: time comes first. Use .T once."];
  }
  if (dimensions[1] && n === wanted && isClose({ shape: right.shape, flat: got.flat }, right, TIGHT)) {
    return ["shape", `The numbers are right, but their shape is ${shapeText(got)} and should be ${shapeText(right)}.`];
  }
  if (String(dimensions) === "1,1" && Math.abs(n - wanted) === 1) return oneElement(got, right);
  if (!dimensions[1] && shapeText(got) === "(2,)") return ["shape", "One number is wanted, and these are two. Is there a decimal comma? Write a point."];
  if (!dimensions[1]) return ["shape", `One number is wanted, and this is an array of shape ${shapeText(got)}.`];
  return ["shape", `The shape is ${shapeText(got)} and should be ${shapeText(right)}.`];
}

/** @param {NdArray} got @param {NdArray} right @returns {Found} */
function oneElement(got, right) {
  const more = got.flat.length > right.flat.length, [longer, shorter] = more ? [got, right] : [right, got];
  const word = more ? "too many" : "too few", ask = "Does the loop start or stop one off?";
  const where = isClose(slice(longer, 1), shorter, TIGHT) ? "start" : isClose(slice(longer, 0, -1), shorter, TIGHT) ? "end" : "";
  if (where) return ["off by one", `There is one element ${word} at the ${where}; all others are right. ${ask}`];
  return ["off by one", `There is one element ${word}: ${got.flat.length} where ${right.flat.length} are wanted. ${ask}`];
}

/** @param {number[]} got @returns {Found} */
function notFinite(got) {
  const bad = got.filter(x => !Number.isFinite(x)).length, share = got.length === 1 ? "This is" : `${bad} of ${got.length} numbers ${bad === 1 ? "is" : "are"}`;
  if (got.some(Number.isNaN)) return ["nan", `${share} NaN, not a number: look for the logarithm of a negative number, or for 0/0.`];
  return ["infinite", `${share} infinite: look for a division by 0.`];
}

// ---- right shape, wrong numbers ----

/** @param {NdArray} got @param {NdArray} right @returns {Found | undefined} */
function shifted(got, right) {
  if (!(right.shape[0] >= 3)) return;
  const word = isClose(slice(got, 1), slice(right, 0, -1), TIGHT) ? "late" : isClose(slice(got, 0, -1), slice(right, 1), TIGHT) ? "early" : "";
  if (word) return ["off by one", `Every element comes one step too ${word}. Is an index off by one?`];
}

/** @param {NdArray} got @param {NdArray} right @param {string} unit @returns {Found | undefined} */
function offset(got, right, unit) {
  const off = got.flat.map((x, k) => x - right.flat[k]);
  if (off.length <= 2 || !agree(off, off.map(() => off[0]), TIGHT).every(Boolean)) return;
  const amount = withUnit(significant(Math.abs(off[0]), 3), unit), size = off[0] > 0 ? "large" : "small";
  return ["offset", `Every number is ${amount} too ${size}: something constant is missing, or added twice.`];
}

/** @param {NdArray} got @param {NdArray} right @returns {Found | null} */
function nearly(got, right) {
  const largest = greatest(right.flat.map(Math.abs)), error = greatest(got.flat.map((x, k) => Math.abs(x - right.flat[k]) / (Math.abs(right.flat[k]) || largest)));
  return error < NEARLY_BELOW ? ["nearly", `This is close, ${significant(100 * error, 2)} % off at most. Something small is left out or approximated.`] : null;
}
