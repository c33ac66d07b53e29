// functions.js: the verdict on a program, word for word as snnlab.course.judging.functions gives it. A test compares the two.
// What only a page can say, because a notebook says it elsewhere, stands at the end.
/** @type {Record<string, string>} */
const TYPE_WORDS = {
  str: "text: leave the quotes out", bool: "True or False, not a number", dict: "a dictionary, not a number", set: "a set, which has no order: use a list",
  complex: "a complex number: was a root or a logarithm taken of a negative number?", generator: "a generator: was `yield` written for `return`?",
  function: "a function: call it, and pass on what it returns", type: "a class, not a number", "ragged list": "a list whose rows have different lengths",
};
const TYPE_ALIASES = { builtin_function_or_method: "function", method: "function", frozenset: "set" };

/** @param {string} name */
function describeType(name) {
  const known = /** @type {Record<string, string>} */ (TYPE_ALIASES)[name] ?? name;
  return TYPE_WORDS[known] ?? `${/^[AEIOUaeiou]/.test(name) ? "an" : "a"} ${name}, not a number`;
}
/** @type {(text: string) => string} */
const sentence = text => /[.?]$/.test(text) ? text : `${text}.`;
/** @type {(text: string) => string} */
const oneLine = text => { const line = text.trim().replace(/\s+/g, " "); return line.length <= 160 ? line : line.slice(0, 159) + "…"; };

/** @type {(a: Outcome, b: Outcome, tolerance: number) => boolean} */
const outcomesAlike = (a, b, tolerance) => a.kind === "numbers" && b.kind === "numbers" ? isClose(numbersOf(a), numbersOf(b), tolerance)
  : a.kind === b.kind && a.name === b.name;

// the numbers of an outcome: as they came from Python, or as JSON has them
/** @param {Outcome | NdArray} outcome @returns {NdArray} */
function numbersOf(outcome) {
  const { shape, flat, hex } = /** @type {any} */ (outcome);
  if (flat) return { shape, flat: flat.map((/** @type {any} */ x) => typeof x === "number" ? x : Number(x.replace("inf", "Infinity"))) };
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (/** @type {string} */ pair) => parseInt(pair, 16)), view = new DataView(bytes.buffer);
  return { shape, flat: Array.from({ length: bytes.length / 8 }, (_, k) => view.getFloat64(8 * k, true)) };
}

// as judge_outcomes: `outcomes` are those of each case, and of the first one once more
/** @param {FunctionSpec} task @param {Outcome[]} outcomes @param {string} program @returns {ProgramVerdict} */
function judgeOutcomes(task, outcomes, program) {
  const { cases, tolerance, wrong } = task, again = outcomes.at(-1), first = outcomes.slice(0, cases.length);
  if (!again || outcomes.length <= cases.length || again.kind === "exit") return ended();
  if (first.some(({ name }) => name === "ellipsis" || name === "NotImplementedError")) return notStarted(task);
  const known = wrong.find(mistake => mistake.outcomes.length === first.length && first.every((each, k) => outcomesAlike(each, mistake.outcomes[k], tolerance)));
  if (known) return not(known.name, known.hint);
  const bad = first.filter(each => each.kind !== "numbers" || each.changed?.length);
  if (bad.length) {
    const every = bad.length === cases.length && first.every(({ name }) => name === bad[0].name);
    return problem(task, bad[0], every ? "" : ` with ${task.told[first.indexOf(bad[0])]}`, program);
  }
  if (!outcomesAlike(first[0], again, tolerance)) {
    return not("remembers", "Called twice with the same arguments, your function gives two different results. It must not remember anything between calls.");
  }
  return compared(task, first.map(numbersOf));
}

/** @type {(reason: string, text: string, line?: number) => ProgramVerdict} */
const not = (reason, text, line = 0) => ({ right: false, reason, text, line });
const ended = () => not("exit", "Your function ended Python instead of returning: it calls exit, or it crashed.");

// a call that gave no numbers; `where` says with which arguments, unless it happens with all
/** @param {FunctionSpec} task @param {Outcome} outcome @param {string} where @param {string} program */
function problem(task, outcome, where, program) {
  const { kind, name, text = "", line = 0 } = outcome;
  if (kind === "error") return not(name, stopped(task, outcome, where, program), line);
  if (name === "NoneType") return not("nothing", `Your function returns nothing${where}. Does ${where ? "every way through it" : "it"} end with \`return\`?`);
  if (kind === "type") return not("type", `Your function returns no number${where}. ${sentence(`This is ${describeType(name)}`)}`);
  if (kind === "large") return not("large", `Your function returns ${text} numbers${where}, far more than are wanted.`);
  const argument = task.arguments[outcome.changed?.[0] ?? 0];
  return not("changes", `Your function changes its argument ${argument}, and the caller's array with it. Work on a copy: ${argument} = ${argument}.copy().`);
}

/** @param {FunctionSpec} task @param {Outcome} outcome @param {string} where @param {string} program */
function stopped(task, { name, text = "", line = 0 }, where, program) {
  if (name === "RecursionError") return `Your function calls itself without end${where}. Which call should be the last?`;
  if (name.endsWith("MemoryError")) return `Your function asks for more memory than there is${where}. Is an array's size in the wrong unit?`;
  const said = text ? `${name}: ${oneLine(text)}` : name;
  if (!line && name === "TypeError") return `Your function could not be called (${said}). It is called as ${task.variable}(${task.arguments.join(", ")}).`;
  return sentence(`Your function stops${where}${inLine(program, line)}: ${said}`) + more(name, text);
}
/** @param {string} program @param {number} line */
function inLine(program, line) {
  const written = (program.split("\n")[line - 1] ?? "").trim().slice(0, 80);
  return written ? ` in the line \`${written}\`` : line ? ` in line ${line}` : "";
}

/** @param {FunctionSpec} task @param {NdArray[]} got */
function compared(task, got) {
  const { unit, tolerance, told } = task, right = task.right.map(numbersOf), good = got.map((a, k) => isClose(a, right[k], tolerance));
  if (good.every(Boolean)) return { right: true, reason: "right", text: task.says, line: 0 };
  const odd = got.findIndex((a, k) => !sameShape(a, right[k])), bad = good.indexOf(false);
  /** @type {(arrays: NdArray[]) => NdArray} */
  const joined = arrays => { const flat = arrays.flatMap(array => array.flat); return { shape: [flat.length], flat }; };
  // transposed, shifted: only visible within one array
  const found = odd >= 0 ? generalMistake(got[odd], right[odd], unit)
    : (right[0].shape.length ? generalMistake(got[bad], right[bad], unit) : null) ?? generalMistake(joined(got), joined(right), unit);
  const [name, hint] = found ?? ["wrong", ""];
  if (!["wrong", "nan", "infinite", "nearly"].includes(name)) return not(name, hint);
  // the example shows what is being talked about
  const k = name === "nan" || name === "infinite" ? got.findIndex(({ flat }) => !flat.every(Number.isFinite)) : bad;
  const numbers = [got[k], right[k]].map(({ flat }) => withUnit(significant(flat[0], 5), unit));
  const example = got[k].shape.length ? `Look at ${told[k]}.` : `With ${told[k]} your function gives ${numbers[0]} where ${numbers[1]} is right.`;
  const fine = good.filter(Boolean).length;
  return not(name, (fine ? `${fine} of ${good.length} tries are right. ` : "") + `${hint} ${example}`.trim());
}

// ---- what only a page says ----

/** @type {(task: FunctionSpec) => ProgramVerdict} */
const notStarted = task => not("not started", `Not started yet. Replace the dots of \`${task.variable}\` and ${task.act ?? "check"} again.`);

// what happened to a program in the worker
/** @param {FunctionSpec} task @param {Ran} ran @param {string} program @returns {ProgramVerdict} */
function judgeProgram(task, ran, program) {
  const { loading, given, missing, outcomes } = ran, name = `\`${task.variable}\``;
  if (ran.stopped === "late") {
    return not("endless", `Your function did not come back within ${PYTHON_LIMIT} s and was stopped. Is there a loop, or a chain of calls, that never ends?`);
  }
  if (ran.stopped || loading?.kind === "exit") return ended();
  if (loading) {
    const { name: error, text = "", line = 0 } = loading, unread = /^(Syntax|Indentation)Error$/.test(error);
    if (unread) return not(error, sentence(`Python cannot read${inLine(program, line) || " your program"}: ${oneLine(text)}`), line);
    return not(error, sentence(`Your program stops${inLine(program, line)}: ${error}${text ? `: ${oneLine(text)}` : ""}`) + more(error, text), line);
  }
  if (missing) return not("no function", `Your program has no function ${name}: it is called by this name.`);
  if (given === "NoneType" || given === "ellipsis") return notStarted(task);
  if (given) return not("no function", `A function is wanted, and ${name} is ${describeType(given).split(/[,:]/)[0]}. It begins with def ${task.variable}(${task.arguments.join(", ")}):`);
  return judgeOutcomes(task, outcomes ?? [], program);
}

// what helps where the Python of a page differs from that of a notebook
/** @param {string} error @param {string} text */
function more(error, text) {
  if (error === "EOFError") return " Its values are handed over as arguments, so input() is not needed.";
  if (/'numpy'|'np'/.test(text)) return " There is no NumPy in this page: an array comes as a list, and math is there.";
  if (error === "ImportError") return " In this page there is math, and little else.";
  if (error === "TypeError" && /\b(list|Row)\b/.test(text)) return " An array comes as a list in this page: go through its numbers one by one, and write a[i][j] for a[i, j].";
  return "";
}
