// judge.js: the verdict on an answer, word for word as Python gives it (snnlab.course.judging.answers, snnlab_widgets.goals).
// A test compares the two. A verdict is { right, text }, or { unread } with a sentence if there was no answer yet.
/** @type {(template: string, words: Record<string, any>) => string} */
const say = (template, words) => template.replace(/\{(\w+)\}/g, (all, name) => words[name] ?? all);

// as Python's f"{x:.3g}": a tie goes to the even digit, other exponents
/** @param {number} x @param {number} digits */
function significant(x, digits) {
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

// as snnlab.course.judging.diagnose.agree and close; a tolerance is a number, or a list with one for each
/** @param {number[]} got @param {number[]} right @param {number | number[]} tolerance @returns {boolean[]} */
function agree(got, right, tolerance) {
  const largest = Math.max(...right.map(Math.abs)), size = (/** @type {number} */ r) => Math.abs(r) <= 1e-12 * largest ? 1e-3 * largest : Math.abs(r);
  return right.map((r, k) => Math.abs(got[k] - r) <= (Array.isArray(tolerance) ? tolerance[k] : tolerance) * size(r));
}
/** @param {number[]} got @param {number[]} right @param {number | number[]} tolerance */
const isClose = (got, right, tolerance) => agree(got, right, tolerance).every(Boolean);

/** @param {AskSpec} goal @param {number[]} got @returns {Verdict} */
function judgeNumbers(goal, got) {
  const { right, unit, tolerance } = goal, three = (/** @type {number} */ x) => significant(x, 3);
  const no = (/** @type {string} */ text) => ({ right: false, text });
  const words = { answer: got.length > 1 ? `[${got.map(three).join(", ")}]` : three(got[0]) };
  if (isClose(got, right, tolerance)) return { right: true, text: say(goal.says, words) };
  for (const [answer, near, hint] of goal.wrong) if (isClose(got, answer, near)) return no(say(hint, words));
  const fine = agree(got, right, tolerance), k = fine.indexOf(false);
  const largest = Math.max(...right.map(Math.abs)), error = Math.max(...got.map((x, j) => Math.abs(x - right[j]) / (Math.abs(right[j]) || largest)));
  if (error < goal.nearly[0] && !fine.includes(true)) return no(say(goal.nearly[1], { off: significant(100 * error, 2) }));
  const one = { answer: withUnit(three(got[k]), unit), size: got[k] > right[k] ? "large" : "small" };
  return no(say(goal.off[got.length - 1], { ...one, fine: fine.filter(Boolean).length, all: got.length, place: k + 1 }));
}

// trials: [{ current, fired }]
/** @param {IdentifySpec} goal @param {Neuron} neuron @param {number} got @param {Trial[]} trials @returns {Verdict} */
function judgeHidden(goal, neuron, got, trials) {
  const { unit, tolerance } = goal, { right } = neuron, no = (/** @type {string} */ text) => ({ right: false, text });
  const fired = Math.min(...trials.filter(t => t.fired).map(t => t.current)), silent = Math.max(...trials.filter(t => !t.fired).map(t => t.current));
  const words = { answer: significant(got, 3), used: trials.length, allowed: goal.trials, needs: neuron.needs, longest: goal.longest };
  if (isClose([got], [right], tolerance)) return { right: true, text: say(goal.says, words) };
  for (const [answer, hint] of neuron.wrong) {
    const wrong = answer === "fired" ? fired : answer === "silent" ? (silent < right ? silent : NaN) : answer;
    if (Number.isFinite(wrong) && isClose([got], [wrong], tolerance)) return no(say(hint, words));
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
