// rules.js: reads a learning rule, and says what is wrong with it, word for word as snnlab.loihi.parse_rule does (its rules,
// rule_terms, rule_names and rule_misread). The sentences come with the exercise (judging/rule_as_data.py). A test compares the two.
const BLANK = "[ \\t-\\r\\x1c-\\x1f\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]", SPACES = new RegExp(`${BLANK}+`, "gu");
const RULE_TOKEN = new RegExp(`(?:${BLANK})*(?:(?<NAME>[A-Za-z_][A-Za-z_0-9]*)|(?<WHOLE>[0-9]+)|(?<SIGN>[-+])|(?<MARK>[=*()^]))`, "uy");

class RuleProblem extends Error {
  /** @param {string} said @param {number} start @param {number} end */
  constructor(said, start, end) {
    super(said);
    this.start = start; this.end = Math.max(end, start + 1);
  }
}

// ---- from the text to a tree: the grammar of plasticity/grammar.py ----

/** @param {string} text @returns {RuleTree | null} null if the grammar refuses it */
function ruleTree(text) {
  /** @type {RuleToken[]} */
  const tokens = [];
  let at = 0;
  for (RULE_TOKEN.lastIndex = 0; text.slice(at).replace(SPACES, "");) {
    const found = RULE_TOKEN.exec(text);
    if (!found) return null;
    at = RULE_TOKEN.lastIndex;
    const [kind, word] = /** @type {[string, string]} */ (Object.entries(found.groups ?? {}).find(([, given]) => given !== undefined));
    tokens.push({ kind: kind === "MARK" ? word : kind, word, start: at - word.length, end: at });
  }
  at = 0;
  const REFUSED = {}, is = (/** @type {string} */ kind) => tokens[at]?.kind === kind;
  /** @param {string} kind @returns {RuleToken} */
  const take = kind => {
    if (!is(kind)) throw REFUSED;
    return tokens[at++];
  };
  // `one` after another, each with its sign, as in - a + b
  /** @template T @param {() => T} one @returns {(T & { sign: string })[]} */
  const signed = one => {
    const all = [];
    do {
      /** @type {string} */
      const sign = all.length || is("SIGN") ? take("SIGN").word : "";
      all.push({ ...one(), sign });
    } while (is("SIGN"));
    return all;
  };
  /** @returns {RulePart} */
  const power = () => {
    const whole = take("WHOLE"), parts = [whole.word];
    if (!is("^")) return { ...whole, kind: "power", parts };
    take("^");
    if (is("SIGN")) parts.push(take("SIGN").word);
    const { word, end } = take("WHOLE");
    return { ...whole, kind: "power", parts: [...parts, word], end };
  };
  /** @returns {RulePart} */
  const part = () => is("NAME") ? { ...take("NAME"), kind: "name" } : power();
  /** @returns {RulePart} */
  const factor = () => {
    const sign = is("NAME") && tokens[at].word === "sgn", { start } = tokens[at] ?? {};
    if (sign) at++;
    else if (!is("(")) return part();
    take("(");
    const inner = signed(part), { end } = take(")");
    return { kind: sign ? "sgn" : "bracket", word: "", start, end, inner };
  };
  const product = () => {
    const factors = [factor()];
    while (is("*")) {
      at++;
      factors.push(factor());
    }
    return { factors, start: factors[0].start, end: factors[factors.length - 1].end };
  };
  try {
    const target = take("NAME");
    take("=");
    const terms = signed(product);
    return at === tokens.length ? { target, terms } : null;
  } catch (problem) {
    if (problem === REFUSED) return null;
    throw problem;
  }
}

// ---- from the tree to the terms: plasticity/rule_terms.py ----

/** @param {string} text @param {RuleLanguage} language @returns {LearningRule} */
function readRule(text, language) {
  const tree = ruleTree(text);
  if (!tree) throw misread(text, language);
  const { target, terms } = tree, words = new RuleWords(language);
  if (!Object.hasOwn(language.targets, target.word)) throw new RuleProblem(words.noTarget(target.word), target.start, target.end);
  return { target: language.targets[target.word], terms: terms.map(term => readTerm(text, term, words)) };
}

/** @param {string} text @param {RuleTree["terms"][number]} term @param {RuleWords} words @returns {RuleTerm} */
function readTerm(text, { factors, sign, start, end }, words) {
  const { mantissa: sizes, exponent: powers } = words.language;
  /** @type {RuleDraft} */
  const draft = { numbers: [[sign === "-" ? -1n : 1n, 0]], acts: [], gates: [], factors: [] };
  for (const factor of factors) readFactor(factor, draft, words);
  const { acts, gates } = draft, no = (/** @type {string} */ said) => new RuleProblem(said, start, end);
  if (!acts.length) {
    const spike = draft.factors.find(({ name }) => name === "x0" || name === "y0"), two = /^2\s*-\s*(\d+)/.exec(text.slice(start));
    if (two && !draft.factors.length) throw no(`this term is a number alone: was 2^-${two[1]} meant?`);
    throw no(`this term never acts: it needs x0 (at a presynaptic spike), y0 (at a postsynaptic one) or u0 (in every epoch)${spike ? `; ${factorText(spike)} is a factor only` : ""}`);
  }
  if (new Set(gates).size > 1) throw no(`a term can have one u, this one has u${gates[0]} and u${gates[1]}`);
  let [mantissa, exponent] = draft.numbers.reduce(([m, e], [by, more]) => [m * by, e + more], /** @type {[bigint, number]} */ ([1n, 0]));
  const size = () => mantissa < 0n ? -mantissa : mantissa;
  while (size() > BigInt(sizes[1]) && mantissa % 2n === 0n && exponent < powers[1]) [mantissa, exponent] = [mantissa / 2n, exponent + 1];
  for (const [name, value, [least, most]] of /** @type {[string, bigint, [number, number]][]} */ ([["mantissa", mantissa, sizes], ["exponent", BigInt(exponent), powers]])) {
    if (value >= BigInt(least) && value <= BigInt(most)) continue;
    const about = Number(size() < 1n << 20n ? size() : 1n << 20n) * 2 ** Math.min(exponent, 20), [near] = words.nearest(mantissa > 0n ? about : -about);
    throw no(`the constant of this term is ${writtenConstant(mantissa, exponent)}: its ${name} must be from ${least} to ${most}; the nearest constant is ${near}`);
  }
  return { mantissa: Number(mantissa), exponent, acts: acts[0], gate: gates[0] ?? 0, factors: draft.factors };
}

/** @param {RulePart} factor @param {RuleDraft} draft @param {RuleWords} words */
function readFactor(factor, draft, words) {
  const { kind, inner = [] } = factor, alone = kind === "bracket" && inner.length === 1 && !inner[0].sign && inner[0].kind === "name" ? inner[0] : null;
  if (kind === "power") draft.numbers.push(readPower(factor, words));
  else if (kind === "name" || alone) readName(alone ?? factor, draft, words);
  else readBracket(factor, draft, words);
}

/** @param {RulePart} token @param {RuleDraft} draft @param {RuleWords} words */
function readName(token, { acts, gates, factors }, words) {
  const name = words.factor(token);
  if (name[0] === "u") {
    const gate = Number(name.slice(1)), { gate: most } = words.language;
    if (gate > most) throw new RuleProblem(`the largest u is u${most}`, token.start, token.end);
    gates.push(gate);
    acts.push("u");
  } else if ((name === "x0" || name === "y0") && !acts.length) acts.push(name);
  else factors.push({ name, constant: 0, sign: false });
}

/** @param {RulePart} bracket @param {RuleDraft} draft @param {RuleWords} words */
function readBracket({ kind, inner = [], start, end }, draft, words) {
  const { signed, constant: most } = words.language, sign = kind === "sgn", no = (/** @type {string} */ said) => new RuleProblem(said, start, end);
  /** @type {[name: string, minus: boolean][]} */
  const names = [];
  let constant = 0n;
  for (const part of inner) {
    if (part.kind === "name") {
      names.push([words.factor(part), part.sign === "-"]);
      continue;
    }
    const [mantissa, exponent] = readPower(part, words);
    if (exponent < 0) throw new RuleProblem("a constant in brackets must be whole", part.start, part.end);
    constant += (part.sign === "-" ? -mantissa : mantissa) << BigInt(exponent);
  }
  if (!names.length && !sign) {
    draft.numbers.push([constant, 0]);
    return;
  }
  if (names.length !== 1 || names[0][0][0] === "u") throw no("in brackets stand one name and a constant, as in (x1 + 3): write each product as a term of its own");
  const [[name, minus]] = names;
  if (sign && !signed.includes(name)) throw no(`sgn is for w, d and t, not for ${name}`);
  if (sign && minus) throw no(`${name} cannot be negative in sgn: put the minus before sgn`);
  if (constant > BigInt(most) || -constant > BigInt(most)) throw no(`a constant in brackets must be from -${most} to ${most}, not ${constant}`);
  if (minus) draft.numbers.push([-1n, 0]);
  draft.factors.push({ name, constant: Number(minus ? -constant : constant), sign });
}

// mantissa and exponent of 5 or of 2^-3
/** @param {RulePart} power @param {RuleWords} words @returns {[bigint, number]} */
function readPower({ parts = [], start, end }, words) {
  const [whole, ...rest] = parts, [least, most] = words.language.exponent;
  if (!rest.length) return [BigInt(whole), 0];
  if (whole !== "2") throw new RuleProblem(`only 2 can have an exponent, not ${whole}`, start, end);
  const size = BigInt(rest[rest.length - 1]), exponent = rest[0] === "-" ? -size : size;
  if (exponent < BigInt(2 * least) || exponent > BigInt(2 * most)) throw new RuleProblem(`the exponent must be from ${least} to ${most}, not ${exponent}`, start, end);
  return [1n, Number(exponent)];
}

/** @param {RuleFactor} factor */
function factorText({ name, constant, sign }) {
  const inside = constant ? `${name} ${constant > 0 ? "+" : "-"} ${Math.abs(constant)}` : name;
  return sign ? `sgn(${inside})` : constant ? `(${inside})` : inside;
}
/** @param {bigint} mantissa @param {number} exponent */
function writtenConstant(mantissa, exponent) {
  if (!exponent) return String(mantissa);
  const size = mantissa < 0n ? -mantissa : mantissa;
  return `${mantissa < 0n ? "-" : ""}${size === 1n ? "" : `${size}*`}2^${exponent}`;
}

// ---- what is said: plasticity/rule_names.py, rule_errors.py and rule_misread.py ----

class RuleWords {
  /** @param {RuleLanguage} language */
  constructor(language) { this.language = language; }
  // the name of a factor; "tag" is "t"
  /** @param {RulePart} token */
  factor({ word, start, end }) {
    if (!this.language.factors.includes(word) && !/^(tag|u\d+)$/.test(word)) throw new RuleProblem(this.noFactor(word), start, end);
    return word === "tag" ? "t" : word;
  }
  /** @param {string} name */
  noFactor(name) {
    const plain = name.toLowerCase().replaceAll("_", ""), near = likeness("tag", plain) >= 0.75;
    return this.first(this.language.factorWords, name, plain, {
      rule: name.includes("_") ? "names have no underscore" : "names are in lower case",
      product: (plain.match(new RegExp(this.language.name, "gu")) ?? []).join("*"),
      digit: plain.replace(/[loi]/g, letter => letter === "o" ? "0" : "1"),
      meant: near ? "did you mean tag?" : "a constant is a number, such as 5 or 2^-3",
    });
  }
  /** @param {string} name */
  noTarget(name) {
    const more = this.first(this.language.targetWords, name, name.toLowerCase(), {});
    return `a rule changes the weight (dw), the delay (dd) or the tag (dt), not ${name}${more}`;
  }
  /** @param {string} name */
  noFunction(name) {
    return `there is no function ${name}, only sgn${/^(sign|sgn|signum)$/i.test(name) ? ": write sgn" : ""}`;
  }
  /** @param {[row: string, said: string][]} rows @param {string} name @param {string} plain @param {Record<string, string>} more */
  first(rows, name, plain, more) {
    for (const [row, said] of rows) {
      const found = new RegExp(`^(?:${row})$`, "u").exec(plain);
      if (found) return say(said, { name, plain, ...found.groups, ...more });
    }
    return "";
  }
  // the constant that is nearest to a value, as it is written, and whether it is equal
  /** @param {number} value @returns {[written: string, equal: boolean]} */
  nearest(value) {
    const { mantissa: [, most], exponent: [low, high] } = this.language, size = Math.abs(value);
    let [best, off, m, e] = ["", Infinity, 0, 0];
    for (let mantissa = 1; mantissa <= most; mantissa++) for (let exponent = low; exponent <= high; exponent++) {
      const now = Math.abs(mantissa * 2 ** exponent - size);
      if (best && now >= off) continue;
      [best, off, m, e] = [writtenConstant(BigInt(value < 0 ? -mantissa : mantissa), exponent), now, mantissa, exponent];
    }
    return [best, m * 2 ** e === size];
  }
}

// twice the letters of common pieces, by all letters: what difflib.SequenceMatcher calls the ratio
/** @param {string} a @param {string} b */
function likeness(a, b) {
  /** @type {(a: string, b: string) => number} */
  const common = (a, b) => {
    for (let n = Math.min(a.length, b.length); n; n--) for (let k = 0; k + n <= a.length; k++) {
      const at = b.indexOf(a.slice(k, k + n));
      if (at >= 0) return n + common(a.slice(0, k), b.slice(0, at)) + common(a.slice(k + n), b.slice(at + n));
    }
    return 0;
  };
  return 2 * common(a, b) / (a.length + b.length);
}

// the rows of the table whose sentence has to be worked out, by the names of their functions in Python
/** @type {Record<string, (words: RuleWords, found: RegExpExecArray) => string>} */
const WORKED_OUT = {
  quotient(words, found) {
    const { here, above = "", base, power = "1" } = /** @type {Record<string, string>} */ (found.groups);
    const [constant, equal] = words.nearest(Number(above || 1) / Number(base) ** Number(power));
    return `there is no division: ${equal ? "" : "near "}${here.replaceAll(" ", "")} is ${above ? "" : "*"}${constant}`;
  },
  decimal(words, [text]) {
    const value = Number(text), [constant, equal] = words.nearest(value);
    return `constants are whole numbers and powers of two${value > 0 && value < Infinity ? `: ${equal ? "" : "near "}${text} is ${constant}` : ""}`;
  },
  raised: (_words, [text]) => `an exponent is not raised but written ^${onTheLine(text)}, as in 2^-2`,
  lowered: (_words, [text]) => `a number of a name is not lowered: write ${onTheLine(text)}, as in x1`,
  unknown: (words, { groups }) => words.noFunction(groups?.here ?? ""),
};
/** @param {string} text */
const onTheLine = text => text.replaceAll(" ", "").replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉]/g, c => "0123456789-+0123456789"["⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉".indexOf(c)]);

/** @param {string} text @param {RuleLanguage} language */
function misread(text, language) {
  let joined = "";
  /** @type {number[]} */
  const places = []; // of each character of the words, and one for the space
  for (const { 0: word, index } of text.matchAll(new RegExp(language.word, "gu"))) {
    joined += `${word} `;
    for (let k = 0; k <= word.length; k++) places.push(index + k);
  }
  for (const [row, template, worked] of language.rows) {
    const found = new RegExp(row, "du").exec(joined);
    if (!found) continue;
    const [first, behind] = found.indices?.groups?.here ?? [found.index, found.index + found[0].length];
    const [start, end] = places.length ? [places[first], places[behind - 1] + 1] : [0, 1], shown = text.slice(start, end);
    return new RuleProblem(worked ? WORKED_OUT[worked](new RuleWords(language), found) : say(template, { shown, ...found.groups }), start, end);
  }
  return new RuleProblem("this cannot be read", 0, text.length); // the last rows fit all that the grammar refuses
}
