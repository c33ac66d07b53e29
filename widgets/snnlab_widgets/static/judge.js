// judge.js: the verdict on an answer, word for word as Python gives it (snnlab.course.judging.answers, snnlab_widgets.goals).
// A test compares the two. A verdict is { right, text }, or { unread } with a sentence if there was no answer yet.
/** @type {(template: string, words: Record<string, any>) => string} */
const say = (template, words) => template.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);

// as Python's f"{x:.3g}": a tie goes to the even digit, other exponents
/** @param {number} x @param {number} digits */
function significant(x, digits) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  let text = x.toExponential(digits - 1);
  const [finer, power] = x.toExponential(digits).split("e"), tie = x.toExponential(99).replace(/0*e.*/, "") === finer;
  if (tie && /[02468]\.?5$/.test(finer)) text = Number(`${finer.slice(0, -1)}e${power}`).toExponential(digits - 1);
  const [mantissa, exponent] = text.split("e"), e = Number(exponent), short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  if (e < -4 || e >= digits) return `${short}e${e < 0 ? "-" : "+"}${String(Math.abs(e)).padStart(2, "0")}`;
  return Object.is(x, -0) ? "-0" : String(Number(text));
}

// as goals/reading.py: a number, or { unread }
/** @param {string} text @param {string} unit @param {Record<string, string>} words @returns {number | Unread} */
function readNumber(text, unit, words) {
  const cut = (/** @type {string} */ t) => t.length <= 24 ? t : t.slice(0, 24) + "…", typed = text.replace(/\s+/g, " ").trim();
  /** @type {(key: string, more?: Record<string, string>) => Unread} */
  const no = (key, more) => ({ unread: say(words[key], { typed: cut(typed), unit, ...more }) });
  const plain = typed.replace(/[−–]/g, "-").replace(/μ/g, "µ");
  if (!plain) return no("empty");
  const comma = /^[+-]?[0-9]*,[0-9]+(?![0-9,.])/.exec(plain)?.[0];
  if (comma) return no("comma", { typed: cut(comma), better: cut(comma.replace(/(?<![0-9]),/, "0,").replace(",", ".")) });
  if (/^[+-]?(nan|inf|infinity|∞)$/i.test(plain)) return no("nan");
  const found = /^([+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![0-9.,_])\s*(.*)$/.exec(plain);
  if (!found) return no("text");
  if (found[2] && found[2] !== unit) return no(unit ? "unit" : "rest", { rest: cut(found[2]) });
  const number = Number(found[1]);
  return Number.isFinite(number) ? number : no("large");
}

// a number, or lists of numbers; what the reader is told is filled with `words`
/** @param {NumberSpec} task @param {any} answer @returns {Verdict} */
function judgeNumbers(task, answer) {
  const { tolerance, unit } = task, got = ndarray(answer), right = ndarray(task.right), words = { answer: shown(got) };
  const no = (/** @type {string} */ text) => ({ right: false, text });
  if (isClose(got, right, tolerance)) return { right: true, text: say(task.says, words) };
  const mistake = task.wrong.find(([wrong]) => isClose(got, ndarray(wrong), tolerance));
  if (mistake) return no(say(mistake[1], words));
  const found = generalMistake(got, right, unit), some = found?.[0] === "nearly" && agree(got.flat, right.flat, tolerance).includes(true);
  if (found && !some) return no(found[1]);
  // one number is the wrong one: which, and is it known? Of choices each is another thing, and none twice another.
  const suspect = task.choices ? undefined : suspectsOfOne(right, unit, tolerance).find(each => isClose(got, each.answer, each.tolerance));
  return no(suspect ? suspect.hint : direction(task, got, right));
}
/** @type {(array: NdArray) => string} */
function shown({ shape, flat }) {
  const few = flat.slice(0, 6).map(x => significant(x, 3));
  return shape.length ? `[${few.join(", ")}${flat.length > 6 ? ", …" : ""}]` : few[0];
}
/** @param {NumberSpec} task @param {NdArray} got @param {NdArray} right */
function direction(task, got, right) {
  const fine = agree(got.flat, right.flat, task.tolerance), k = fine.indexOf(false), { shape, flat } = got;
  const one = { answer: withUnit(significant(flat[k], 3), task.unit), size: flat[k] > right.flat[k] ? "large" : "small" };
  return say(task.off[shape.length ? 1 : 0], { ...one, fine: fine.filter(Boolean).length, all: flat.length, place: k + 1 });
}

// trials: [{ current, fired }]
/** @param {IdentifySpec} goal @param {Neuron} neuron @param {number} got @param {Trial[]} trials @returns {Verdict} */
function judgeHidden(goal, neuron, got, trials) {
  const { unit, tolerance } = goal, { right } = neuron, no = (/** @type {string} */ text) => ({ right: false, text });
  const fired = Math.min(...trials.filter(t => t.fired).map(t => t.current)), silent = Math.max(...trials.filter(t => !t.fired).map(t => t.current));
  const words = { answer: significant(got, 3), used: trials.length, allowed: goal.trials, needs: neuron.needs, longest: goal.longest };
  const near = (/** @type {number} */ wanted) => agree([got], [wanted], tolerance)[0];
  if (near(right)) return { right: true, text: say(goal.says, words) };
  for (const [answer, hint] of neuron.wrong) {
    const wrong = answer === "fired" ? fired : answer === "silent" ? (silent < right ? silent : NaN) : answer;
    if (Number.isFinite(wrong) && near(wrong)) return no(say(hint, words));
  }
  const key = !trials.length ? "no trial" : got >= fired ? "fired" : silent > right ? "want of time" : got <= silent ? "silent"
    : fired === Infinity ? "never fired" : silent === -Infinity ? "never silent" : "open";
  /** @type {Record<string, any>} */
  const known = { answer: got, fired, silent };
  for (const name in known) known[name] = Number.isFinite(known[name]) ? withUnit(significant(known[name], 3), unit) : "";
  return no(say(goal.evidence[key], known));
}

/** @param {TargetSpec} goal @param {Record<string, any>} known @param {Decimals} decimals @returns {Verdict} */
function judgeTarget(goal, known, decimals) {
  /** @type {(where: Where) => boolean} */
  const holds = where => where.every(([name, low, high]) => (low === null || known[name] >= low) && (high === null || known[name] <= high));
  const miss = goal.misses.find(([where]) => holds(where)), right = !miss && holds(goal.reach);
  return { right, text: fill(miss ? miss[1] : right ? goal.right : goal.otherwise, known, decimals) };
}

/** @param {PredictSpec} goal @param {number[]} values @param {number[]} truth @returns {Verdict} */
function judgeDrawing(goal, values, truth) {
  const { given, points, decimals } = goal, drawn = values.map((y, k) => k === given ? truth[k] : y);
  /** @type {(curve: number[]) => number} */
  const mean = curve => drawn.reduce((sum, y, k) => sum + (k === given ? 0 : Math.abs(y - curve[k])), 0) / (drawn.length - 1);
  if (values.filter((y, k) => k !== given && y !== startHeight(goal, truth)).length < goal.least) return { unread: say(goal.few, goal) };
  const off = drawn.map((y, k) => Math.abs(y - truth[k])), k = off.indexOf(Math.max(...off)), allowed = goal.tolerance * Math.max(...truth);
  const score = say(goal.score, {
    off: fixed(mean(truth), decimals + 1), unit: goal.unit, x: fixed(points[k], goal.decimals_x), unit_x: goal.unit_x,
    drawn: fixed(drawn[k], decimals), true: fixed(truth[k], decimals),
  });
  if (mean(truth) <= allowed) return { right: true, text: `${goal.right} ${score}` };
  /** @type {(a: number[], b: number[]) => number} */
  const dot = (a, b) => a.reduce((sum, x, j) => sum + (j === given ? 0 : x * b[j]), 0);
  const found = goal.drawn.find(([curve, where]) => {
    if (!curve.length) return where.every(([x, low, high]) => { const y = drawn[points.indexOf(x)]; return low <= y && y <= high; });
    const scale = dot(curve, drawn) / dot(curve, curve);
    return scale > 0 && mean(curve.map(y => scale * y)) <= allowed;
  });
  return { right: false, text: found ? `${found[2]} ${score}` : score };
}
/** @type {(goal: PredictSpec, truth: number[]) => number} */
const startHeight = (goal, truth) => Number(fixed(truth[goal.given], goal.decimals));
