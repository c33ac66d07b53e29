// tryout.js: in the page of a class a program is tried, on arguments that its writer may change. Nothing here knows what is right.

// a number, or an array of this shape, in words: as describe_form of classroom/handout/form.py
/** @param {number[]} shape @param {string} unit */
function formInWords(shape, unit) {
  const of = unit && ` in ${unit}`, [n] = shape, few = ["no", "a list of one", "two", "three", "four", "five", "six"];
  if (!shape.length) return `one number${of}`;
  if (shape.length === 1 && n >= 0) return `${few[n] ?? n} number${n === 1 ? "" : "s"}${of}`;
  const size = shape.includes(-1) ? "" : ` of shape (${shape.join(", ")}), ${shape.reduce((a, b) => a * b, 1)} numbers`;
  return `an array with ${shape.length} ${shape.length === 1 ? "axis" : "axes"}${size}${of}`;
}

// what is said to a program that was tried; `example` if it got the arguments that the page proposes
/** @param {TryoutSpec} task @param {Ran} ran @param {string} program @param {boolean} example @returns {{ text: string, line: number }} */
function judgeTrial(task, ran, program, example) {
  const { unread, outcomes } = ran;
  if (unread) return { text: sentence(`The arguments cannot be read: ${unread.name}${unread.text ? `: ${oneLine(unread.text)}` : ""}`), line: 0 };
  if (!outcomes) return judgeProgram(task, ran, program);
  const [outcome] = outcomes, { kind, name, shown = "" } = outcome;
  if (name === "ellipsis" || name === "NotImplementedError") return notStarted(task);
  if (kind === "exit") return ended();
  if (kind !== "numbers") return problem(task, outcome, "", program);
  const returns = `It returns ${shown}. `, { shape, flat } = numbersOf(outcome), wanted = formInWords(task.shape, task.unit);
  const fits = shape.length === task.shape.length && shape.every((n, k) => task.shape[k] === -1 || task.shape[k] === n);
  if (!fits) return { text: `${returns}The form is not right yet: this is ${formInWords(shape, "")}, and wanted is ${wanted}.`, line: 0 };
  if (!flat.every(Number.isFinite)) return { text: `${returns}That is ${flat.some(Number.isNaN) ? "not a number (nan)" : "infinite"}, and wanted is ${wanted}.`, line: 0 };
  return { text: example ? `${returns}${wanted[0].toUpperCase()}${wanted.slice(1)}: the form is right. Whether it is right you learn when it is marked.` : returns.trim(), line: 0 };
}

/** @param {HTMLElement} place beside the field of the program */
function tryProgram(place) {
  /** @type {TryoutSpec} */
  const task = JSON.parse(place.dataset.tryout ?? ""), { before } = place.dataset;
  const find = (/** @type {string} */ what) => /** @type {any} */ (place.querySelector(what)), given = find("textarea"), button = find("button"), said = find("[role=status]"), printed = find("pre");
  const area = /** @type {HTMLTextAreaElement} */ (place.closest("fieldset")?.querySelector("textarea[name]"));
  const editor = new Editor(area.value, { label: "", run: () => run(), leave: () => button.focus(), changed() {} }, area);
  let busy = false;
  async function run() {
    if (busy) return;
    busy = true;
    editor.show(0);
    said.textContent = "Python is at work.";
    const program = editor.text, { variable, named } = task, inside = given.value.trim().replace(/,$/, "");
    try {
      const ran = await python.run({ program, variable, cases: [inside ? `(${inside},)` : "()"], named, before, rows: true }, "");
      const { text, line } = judgeTrial(task, ran, program, given.value === given.defaultValue);
      printed.textContent = (ran.printed ?? "").slice(0, 5000);
      said.replaceChildren(...withCode(text));
      if (editor.text === program) editor.show(line);
    } catch (error) {
      said.textContent = `Python cannot be started in this page (${error instanceof Error ? error.message : error}). The program can be handed in all the same.`;
    }
    busy = false;
  }
  button.addEventListener("click", run);
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-tryout]"))) tryProgram(place);
