// rule.js: an exercise in which a learning rule is to be written: what it does to given pairs, and the verdict of
// snnlab.course.judging.answers, to the word. A test compares the two.

// What a rule adds to the weight by a pair of spikes: its terms, summed over what the factors are in each step. As run of
// plasticity/learning.py adds in real numbers, in the same order.
/** @param {LearningRule} rule @param {Record<string, number>[]} steps @param {number} w the weight before */
function pairChange({ target, terms }, steps, w) {
  let now = w;
  steps.forEach((seen, k) => {
    let sum = now;
    for (const { mantissa, exponent, acts, gate, factors } of target === "w" ? terms : []) {
      if ((acts !== "u" && !seen[acts]) || (k + 1) % 2 ** gate) continue;
      let product = 1;
      for (const { name, constant, sign } of factors) {
        const value = (name === "w" ? now : seen[name]) + constant;
        product *= sign ? Math.sign(value) : value;
      }
      product *= mantissa * 2 ** exponent;
      sum += product;
    }
    now = sum;
  });
  return now - w;
}

/** @param {RuleSpec} task @param {string} text */
function ruleChanges({ pairs, w, language }, text) {
  const rule = readRule(text, language);
  return pairs.map(steps => pairChange(rule, steps, w));
}

/** @param {RuleSpec} task @param {string} text @returns {Verdict} */
function judgeRule(task, text) {
  const { wrong, tolerance } = task, no = (/** @type {string} */ said) => ({ right: false, text: said });
  const bare = (/** @type {string} */ rule) => rule.replace(SPACES, ""), same = wrong.find(([answer]) => bare(answer) === bare(text));
  if (same) return no(same[1]); // some of them cannot be read, and so not measured
  /** @type {NdArray} */
  let got;
  try {
    got = ndarray(ruleChanges(task, text));
  } catch (problem) {
    if (!(problem instanceof RuleProblem)) throw problem;
    const { message, start, end } = problem, place = text.slice(start, end).trim();
    return no(`Your text cannot be read: ${message}.${place && !message.includes(place) ? ` Look at "${place}".` : ""}`);
  }
  const words = { answer: shown(got) };
  if (isClose(got, ndarray(task.right), tolerance)) return { right: true, text: say(task.says, words) };
  const known = wrong.find(([, , comesTo]) => comesTo && comesTo.every(Number.isFinite) && isClose(got, ndarray(comesTo), tolerance));
  return no(known ? say(known[1], words) : say(task.otherwise, Object.fromEntries(got.flat.map((x, k) => [k, significant(x, 3)]))));
}

// what was typed, as a cell has it between quotation marks: they may be typed here, too, and rule = before them
/** @param {string} typed */
const withoutQuotes = typed => /^(?:\w+\s*=\s*)?(["'])(.*)\1$/.exec(typed.trim())?.[2] ?? typed;

class RuleGoal extends Goal {
  fields() {
    this.input = node("input", { type: "text", class: "snn-rule", size: 40, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "data-lm-suppress-shortcuts": "true" });
    this.input.addEventListener("keydown", event => { if (event.key === "Enter") this.answer(); });
    return [node("label", { class: "snn-written" }, this.spec.label, this.input)];
  }
  judge() {
    const text = withoutQuotes(this.input.value);
    if (!text.trim()) return { unread: "Type a rule first, such as dw = x1*y0." };
    return judgeRule(this.spec, text);
  }
}
EXERCISES.text = RuleGoal;
