// recording.js: a recording out of a text file, in a page: what snnlab/data/csv_table.py and own_recording.py read and refuse, in
// the same words (a test compares the two, file by file).
/**
 * @typedef {{ values: Float64Array[], names: string[], units: string[] }} CsvTable the columns, and what the header says of each
 *
 * @typedef {{
 *   dt?: number,
 *   units?: Record<string, string>,
 *   columns?: string,
 *   current?: number[],
 *   step?: Ends,
 * }} Asked the arguments of load_recording beside the file
 *
 * @typedef {{
 *   v: Float64Array,
 *   i: Float64Array,
 *   steps: number,
 *   sweeps: number,
 *   dt: number,
 *   step: Ends,
 *   name: string,
 * }} CellRecording potentials in mV and currents in nA, sweep beside sweep in each row
 */

// what each unit measures, and how many ms, mV or nA it has
/** @type {Record<string, [kind: string, factor: number]>} */
const UNITS = {
  ms: ["t", 1], s: ["t", 1e3], sec: ["t", 1e3], us: ["t", 1e-3], "µs": ["t", 1e-3],
  mV: ["v", 1], V: ["v", 1e3], uV: ["v", 1e-3], "µV": ["v", 1e-3],
  nA: ["i", 1], pA: ["i", 1e-3], uA: ["i", 1e3], "µA": ["i", 1e3], A: ["i", 1e9],
};
/** @type {Record<string, string>} */
const KIND_WORDS = { t: "time", v: "the potential", i: "the current" };
/** @type {Record<string, string>} */
const KIND_EXAMPLES = { t: "ms", v: "mV", i: "pA" };
/** @type {Record<string, string[]>} */
const KIND_NAMES = {
  t: ["t", "time", "zeit", "temps", "tiempo"],
  v: ["v", "vm", "voltage", "potential", "membrane potential", "membranepotential", "spannung"],
  i: ["i", "im", "current", "injected current", "stimulus", "command", "strom"],
};
const NUMBER = /^(?:[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?|[+-]?(?:nan|inf)|)$/i;

class RecordingError extends Error {}
/** @param {string} sentence @returns {never} */
function refuse(sentence) { throw new RecordingError(sentence); }

// ---- as Python writes it
// six digits, as {x:g}
/** @param {number} x */
function inShort(x) {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? "nan" : x > 0 ? "inf" : "-inf";
  if (x === 0) return "0";
  const [digits, power] = x.toExponential(5).split("e"), size = Number(power);
  /** @param {string} text */
  const bare = text => text.includes(".") ? text.replace(/\.?0+$/, "") : text;
  if (size < -4 || size >= 6) return `${bare(digits)}e${size < 0 ? "-" : "+"}${String(Math.abs(size)).padStart(2, "0")}`;
  return bare(x.toFixed(5 - size));
}
/** @param {number} x */
const float = x => Number.isInteger(x) && Math.abs(x) < 1e16 ? `${x}.0` : String(x).replace(/e([+-])(\d)$/, "e$10$2");
/** @param {string} text */
function quoted(text) {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  return mark + text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll(mark, "\\" + mark) + mark;
}
// a half goes to the even number, as round in Python
/** @param {number} x */
function rounded(x) {
  const low = Math.floor(x), rest = x - low;
  return rest < 0.5 || rest === 0.5 && low % 2 === 0 ? low : low + 1;
}
/** @param {number} x */
const nineDigits = x => Number(x.toPrecision(9));
/** @param {Numbers} x */
function median(x) {
  const sorted = Float64Array.from(x).sort(), middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
/** @param {Iterable<number>} x @returns {Ends} */
function extent(x) {
  let low = Infinity, high = -Infinity;
  for (const value of x) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

// ---- the table
/** @param {Uint8Array} bytes @param {string} file */
function textOf(bytes, file) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) refuse(`${file} must be text such as CSV, got a binary file`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

// what parts the columns of a line of numbers: a tab, a semicolon, a comma or blanks (an empty text)
/** @param {string} line */
function partingOf(line) {
  for (const letter of "\t;") if (line.includes(letter)) return letter;
  if (!line.includes(",")) return "";
  const blanks = /\S\s+\S/.test(line), decimals = /^(?:[^\s,]+(?:,\d+)?\s+)*[^\s,]+(?:,\d+)?$/.test(line);
  return blanks && decimals && !line.includes('"') ? "" : ",";
}

/** @param {string} line @param {string} parted */
function fieldsOf(line, parted) {
  if (!parted) return line.trim().split(/\s+/);
  if (!line.includes('"')) return line.split(parted).map(field => field.trim());
  const fields = [];
  let field = "", inside = false, fresh = true;
  for (let k = 0; k < line.length; k++) {
    const letter = line[k];
    if (inside) {
      if (letter !== '"') field += letter;
      else if (line[k + 1] === '"') field += line[++k];
      else inside = false;
    } else if (letter === parted) {
      fields.push(field.trim());
      field = "";
      fresh = true;
    } else if (fresh && letter === '"') {
      inside = true;
      fresh = false;
    } else if (!(fresh && letter === " ")) {
      field += letter;
      fresh = false;
    }
  }
  return [...fields, field.trim()];
}

/** @param {string[]} row */
const numeric = row => row.some(Boolean) && row.every(field => NUMBER.test(field));

// where the numbers begin; a line of them above the header counts something and is no sample
/** @param {string[][]} lines */
function firstRow(lines) {
  const width = lines[Math.max(0, lines.length - 2)].length;
  const header = lines.findIndex(row => row.length === width && !row.some(field => NUMBER.test(field)));
  return lines.findIndex((row, k) => numeric(row) && (k > header || numeric(lines[k + 1])));
}

// a unit as it is spelt in UNITS, whatever letters were used; else an empty text
/** @param {string} text */
function unitOf(text) {
  const plain = text.replaceAll("μ", "µ");
  if (plain in UNITS) return plain;
  return plain.length > 1 && Object.keys(UNITS).reverse().find(unit => unit.toLowerCase() === plain.toLowerCase()) || "";
}

// such as ["Vm", "mV"] for Vm (mV), Vm_mV, Vm/mV and Vm [mV]
/** @param {string} field @returns {[name: string, unit: string]} */
function nameAndUnit(field) {
  for (const form of [/^(.*?)\s*[([]\s*([^()[\]]+?)\s*[)\]]$/, /^(.*?)[\s_/]+([\p{L}\p{N}_]+)$/u]) {
    const found = form.exec(field);
    if (found && unitOf(found[2])) return [found[1], unitOf(found[2])];
  }
  return [field, ""];
}

// names and units, from the lines above the numbers that have as many fields
/** @param {string[][]} lines @returns {[names: string[], units: string[]]} */
function headerOf(lines) {
  if (!lines.length) return [[], []];
  const last = lines[lines.length - 1], bare = last.map(field => unitOf(field.replace(/^[()[\] ]+|[()[\] ]+$/g, "")));
  if (lines.length > 1 && bare.every(Boolean)) return [lines[lines.length - 2], bare];
  const parts = last.map(nameAndUnit);
  return [parts.map(part => part[0]), parts.map(part => part[1])];
}

/** @typedef {[number: number, fields: string[]]} Line */
/** @param {string} file @param {Line[]} rows @param {number} width */
function tableNumbers(file, rows, width) {
  for (const [number, row] of rows) if (row.length !== width) refuse(`line ${number} of ${file} must have ${width} fields, got ${row.length}`);
  const columns = Array.from({ length: width }, () => new Float64Array(rows.length));
  /** @type {Record<string, [number, string]>} */
  const marks = {};
  /** @type {[number, string] | undefined} */
  let wrong;
  rows.forEach(([number, row], k) => row.forEach((field, column) => {
    const value = field && NUMBER.test(field) ? Number(field.replaceAll(",", ".")) : NaN;
    columns[column][k] = value;
    if (!Number.isFinite(value)) wrong ??= [number, field];
    for (const mark of ".,") if (!marks[mark] && field.includes(mark)) marks[mark] = [number, field];
  }));
  if (wrong) {
    const [number, field] = wrong;
    if (field.includes(".") && field.includes(",")) {
      refuse(`line ${number} of ${file} must have points or commas as decimals, got ${quoted(field)}: leave out what parts the thousands`);
    }
    refuse(`line ${number} of ${file} must have a number in each field, got ${quoted(field)}: leave such lines or columns out`);
  }
  if (marks["."] && marks[","]) {
    const later = (/** @type {[number, string]} */ a, /** @type {[number, string]} */ b) => a[0] > b[0] || a[0] === b[0] && a[1] > b[1];
    const [high, low] = later(marks["."], marks[","]) ? [marks["."], marks[","]] : [marks[","], marks["."]];
    refuse(`line ${high[0]} of ${file} must have points or commas as decimals, got ${quoted(high[1])} beside ${quoted(low[1])}: leave out what parts the thousands`);
  }
  return columns;
}

/** @param {Uint8Array} bytes @param {string} file @returns {CsvTable} */
function readCsv(bytes, file) {
  const lines = textOf(bytes, file).split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/); // eslint-disable-line no-control-regex
  /** @type {[number, string][]} */
  const numbered = [];
  lines.forEach((line, k) => {
    const begins = line.replace(/^[ "]+/, "")[0];
    if (line.trim() && begins && !"#%".includes(begins)) numbered.push([k + 1, line.replace(/^[ \r\n]+|[ \r\n]+$/g, "")]);
  });
  if (!numbered.length) refuse(`${file} must hold a table of numbers, got an empty file`);
  const parted = partingOf(numbered[Math.max(0, numbered.length - 2)][1]);
  const rows = numbered.map(([number, line]) => /** @type {Line} */ ([number, fieldsOf(line, parted)]));
  const first = firstRow(rows.map(([, row]) => row));
  if (first < 0) refuse(`${file} must hold a table of numbers, got ${quoted(numbered[numbered.length - 1][1].slice(0, 40))} as its last line`);
  const above = rows.slice(0, first);
  let below = rows.slice(first);
  if (below.every(([, row]) => row[row.length - 1] === "")) below = below.map(([number, row]) => [number, row.slice(0, -1)]);
  const [number, begin] = below[0], width = begin.length;
  if (!above.length && width > 1 && [0, 1].some(n => begin.every((field, k) => field === String(k + n)))) {
    refuse(`line ${number} of ${file} must be a sample or a header in words, got ${begin.join(", ").slice(0, 20)}: are these the numbers of the columns? leave the line out`);
  }
  const [names, units] = headerOf(above.map(([, row]) => row.slice(0, width)).filter((_, k) => above[k][1].filter(Boolean).length === width));
  if (parted === "," && !names.length && !below.some(([, row]) => row.some(field => field.includes(".")))) {
    refuse(`${file} has commas and neither points nor a header, so they may be decimals: write a header with a name for each column, or semicolons between columns`);
  }
  return { values: tableNumbers(file, below, width), names, units };
}

// ---- the recording
// time, potential or current, or an empty text if nobody can know
/** @param {string} name @param {string} unit */
function kindOf(name, unit) {
  const plain = name.trim().toLowerCase().replace(/[\s_\-.#]*\d*$/, ""), named = Object.keys(KIND_NAMES).find(kind => KIND_NAMES[kind].includes(plain)) ?? "";
  if (!unit) return named;
  return named === "" || named === UNITS[unit][0] ? UNITS[unit][0] : "";
}

/** @param {CsvTable} table @param {string} file @param {string | undefined} columns @param {Record<string, string>} units */
function columnsOf(table, file, columns, units) {
  const n = table.values.length, kinds = columns === undefined ? table.names.map((name, k) => kindOf(name, table.units[k])) : [...columns];
  const letters = `a letter of t, v, i or - for each of its ${n} columns`;
  if (columns !== undefined && (kinds.length !== n || kinds.some(kind => !"tvi-".includes(kind)))) {
    refuse(`columns must have a letter of t, v, i or - for each of the ${n} columns of ${file}, got ${quoted(columns)}`);
  }
  if (!kinds.length) {
    refuse(`columns must be given, since ${file} has no header that names its ${n} columns: a letter each, such as columns=${quoted(("tv" + "i".repeat(n)).slice(0, n))}`);
  }
  if (kinds.includes("")) {
    refuse(`columns must be given, since ${file} has a column ${quoted(table.names[kinds.indexOf("")] || "without a name")}, which may be anything: ${letters}`);
  }
  for (const kind of columns === undefined ? "vi" : "") {
    const unlike = new Map(table.names.filter((_, k) => kinds[k] === kind).map(name => [name.toLowerCase().replace(/[^\p{L}]+/gu, ""), name]));
    const [one, other] = [...unlike.values()]; // a command and its monitor are no two sweeps
    if (other !== undefined) refuse(`columns must be given, since ${file} calls ${KIND_WORDS[kind]} both ${quoted(one)} and ${quoted(other)}: ${letters}`);
  }
  kinds.forEach((kind, k) => {
    const unit = table.units[k];
    if (!(kind in KIND_WORDS) || !unit) return;
    if (UNITS[unit][0] !== kind || (units[kind] ??= unit) !== unit) {
      refuse(`units of ${KIND_WORDS[kind]} must be those of the header of ${file} and all the same, got ${quoted(units[kind] ?? kind)} beside ${quoted(unit)}`);
    }
  });
  /** @type {Record<string, Float64Array[]>} */
  const found = {};
  for (const kind of "tvi") if (kinds.includes(kind)) found[kind] = table.values.filter((_, k) => kinds[k] === kind);
  if (!found.v) refuse(`${file} must have a column of the potential, got ${kinds.join(", ")}`);
  if (found.t?.length > 1) refuse(`${file} must have one column of time, got ${found.t.length}: columns can say - `);
  return found;
}

/** @param {string} kind @param {Record<string, string>} units @param {string} what */
function factorOf(kind, units, what) {
  if (!(kind in units)) refuse(`units must say in what ${KIND_WORDS[kind]} of ${what} is measured, such as units={'${kind}': '${KIND_EXAMPLES[kind]}'}`);
  return UNITS[units[kind]][1];
}

// time between samples, ms, from the column of time or as given; where there are both they agree
/** @param {Float64Array | undefined} t @param {number | undefined} dt @param {Record<string, string>} units @param {string} what */
function timeStep(t, dt, units, what) {
  if (dt !== undefined && !(dt > 0 && dt < Infinity) && !t) refuse(`dt must be positive and finite, got ${inShort(dt)}`);
  if (!t) return dt ?? refuse(`dt must be given in ms, since ${what} has no column of time`);
  const every = (t[t.length - 1] - t[0]) / (t.length - 1), away = t.map((x, k) => Math.abs(x - t[0] - every * k));
  const most = extent(away)[1];
  if (!(every > 0) || most > 0.3 * every) {
    const where = away.indexOf(most);
    refuse(`time of ${what} must rise by equal steps, got ${inShort(t[where])} as its value ${where + 1}: sweeps stand beside each other, and gaps are left out`);
  }
  if (dt === undefined) return nineDigits(every * factorOf("t", units, what));
  if (!(dt > 0 && dt < Infinity)) refuse(`dt must be positive and finite, got ${inShort(dt)}`);
  const allowed = "t" in units ? [UNITS[units.t][1]] : [1, 1e3];
  if (!allowed.some(factor => Math.abs(every * factor - dt) < 0.01 * dt)) refuse(`dt must be that of the column of time (${inShort(every * allowed[0])} ms), got ${inShort(dt)}`);
  return dt;
}

/** @param {string} kind @param {Float64Array} x @param {string} unit @param {number} least @param {number} most @param {string} what */
function beLikely(kind, x, unit, least, most, what) {
  const [low, high] = extent(x), size = Math.max(Math.abs(low), Math.abs(high));
  if (size > most || size > 0 && size < least) {
    refuse(`${KIND_WORDS[kind]} of ${what} must be of a size that a cell can have, got ${inShort(low)} to ${inShort(high)} ${unit}: is its unit another one?`);
  }
}

// from which sample to which the current is away from its first value, by half of how far it goes
/** @param {Float64Array} i @returns {Ends[]} */
function spansOf(i) {
  const first = median(i.subarray(0, Math.max(1, Math.floor(i.length / 100)))), away = i.map(x => Math.abs(x - first));
  const noise = i.length > 1 ? median(i.subarray(1).map((x, k) => Math.abs(x - i[k]))) : NaN, most = extent(away)[1];
  if (most <= 5 * noise || most === 0) return [];
  /** @type {Ends[]} */
  const spans = [];
  let begin = -1;
  for (let k = 0; k <= away.length; k++) {
    const far = k < away.length && away[k] > most / 2;
    if (far && begin < 0) begin = k;
    if (!far && begin >= 0) {
      spans.push([begin, k]);
      begin = -1;
    }
  }
  return spans;
}

// start and end of the one step of current, ms
/** @param {Float64Array[]} i @param {number} dt @returns {Ends} */
function findStep(i, dt) {
  const spans = i.map(spansOf).filter(span => span.length);
  if (!spans.length) refuse("step must be given as (start, stop) in ms, since the current never changes");
  const longest = spans.reduce((a, b) => b.length > a.length ? b : a);
  if (longest.length > 1) {
    const listed = longest.slice(0, 3).map(([start, stop]) => `(${inShort(start * dt)}, ${inShort(stop * dt)})`).join(", ");
    refuse(`step must be given as (start, stop) in ms, since the current leaves its first value ${longest.length} times: ${listed}${longest.length > 3 ? ", …" : ""}`);
  }
  const distinct = [...new Map(spans.map(([span]) => [span.join(), span])).values()]; // as the set in Python
  const starts = extent(distinct.map(span => span[0])), stops = extent(distinct.map(span => span[1]));
  if (starts[1] - starts[0] > 1 || stops[1] - stops[0] > 1) {
    refuse(`step must be the same in all sweeps, got starts from ${inShort(starts[0] * dt)} to ${inShort(starts[1] * dt)} ms and ends from ${inShort(stops[0] * dt)} to ${inShort(stops[1] * dt)} ms`);
  }
  return [nineDigits(median(distinct.map(span => span[0])) * dt), nineDigits(median(distinct.map(span => span[1])) * dt)];
}

/** @param {number} steps @param {number} dt @param {Ends} ends @returns {Ends} the first sample, and the one after the last */
function partOf(steps, dt, [start, stop]) {
  const duration = steps * dt;
  if (!(start >= 0 && start < stop && stop <= duration + 1e-9)) {
    refuse(`start and stop must satisfy 0 <= start < stop <= ${inShort(duration)} ms, got ${inShort(start)}, ${inShort(stop)}`);
  }
  return [rounded(start / dt), rounded(stop / dt)];
}

// refuse a ramp, two steps in a row, and a time at which the current is what it was before
/** @param {Float64Array[]} i @param {number} dt @param {Ends} step */
function beAStep(i, dt, step) {
  const n = i[0].length, told = `(${float(step[0])}, ${float(step[1])})`;
  if (rounded(step[0] / dt) === rounded(step[1] / dt)) refuse(`step must be as long as a sample at least, got ${told} ms`);
  const [begin, end] = partOf(n, dt, step), outside = i.map(x => begin ? x.subarray(0, begin) : x.subarray(end));
  const [low, high] = extent(i.flatMap(x => extent(x)));
  if (low === high || !outside[0].length) return; // nothing is injected, or all the time the same
  const height = Math.max(...i.map((x, k) => Math.abs(median(x.subarray(begin, end)) - median(outside[k])))), pieces = Math.min(10, end - begin);
  const tenths = i.map(x => Array.from({ length: pieces }, (_, p) => {
    const size = Math.floor((end - begin) / pieces), more = (end - begin) % pieces, from = begin + p * size + Math.min(p, more);
    return median(x.subarray(from, from + size + Number(p < more)));
  }));
  const apart = Math.max(...tenths.map(each => extent(each)).map(([least, most]) => most - least));
  if (!(apart < 0.3 * height)) {
    const [least, most] = extent(tenths.flat());
    refuse(`step must be a time in which the current has left its first value and stays as it is, got ${told} ms, where it is from ${inShort(1000 * least)} to ${inShort(1000 * most)} pA`);
  }
}

/** @param {Float64Array[]} columns @param {number} factor */
function rowsOf(columns, factor) {
  const wide = columns.length, all = new Float64Array(wide * columns[0].length);
  columns.forEach((column, k) => column.forEach((x, row) => { all[row * wide + k] = x * factor; }));
  return all;
}
/** @param {Float64Array} all @param {number} wide @param {number} k */
const columnOf = (all, wide, k) => Float64Array.from({ length: all.length / wide }, (_, row) => all[row * wide + k]);

/** @param {Uint8Array} bytes @param {string} file @param {Asked} asked @returns {CellRecording} */
function loadRecording(bytes, file, asked = {}) {
  const units = { ...asked.units }, { dt, columns, current, step } = asked, given = columnsOf(readCsv(bytes, file), file, columns, units);
  const sweeps = given.v.length, steps = given.v[0].length, v = rowsOf(given.v, factorOf("v", units, file));
  if (steps < 2 || steps < sweeps) refuse(`${file} must have time first, shape (steps, sweeps), got (${steps}, ${sweeps}): give its transpose`);
  const every = timeStep(given.t?.[0], dt, units, file);
  if (!(every >= 1e-3 && every <= 2)) refuse(`dt of ${file} must be from 0.001 to 2 ms, as spikes need it, got ${inShort(every)}: is its unit another one?`);
  if (step && given.t && Math.abs(given.t[0][0]) > 1.5 * Math.abs(given.t[0][1] - given.t[0][0])) {
    refuse(`step counts from the first sample, and the time of ${file} must begin at 0 then, got ${inShort(given.t[0][0])}: columns can say - for it, with dt in ms`);
  }
  if (current && given.i) refuse(`current must be left out where ${file} has a column of it`);
  if (!current && !given.i) {
    refuse(`current must be given, since ${file} has none: that of each sample, or current=[-100, 200] for the step of each sweep, with step=(start, stop)`);
  }
  const factor = factorOf("i", units, file);
  /** @type {Float64Array[]} */
  let i;
  if (current) {
    if (current.length !== sweeps) refuse(`current must have shape (${steps},), (${steps}, ${sweeps}) or (${sweeps},), got (${current.length},)`);
    if (!step) refuse("step must be given as (start, stop) in ms where current has one number a sweep");
    const within = (/** @type {number} */ k) => k * every >= /** @type {Ends} */ (step)[0] - every / 2 && k * every < /** @type {Ends} */ (step)[1] - every / 2;
    i = current.map(height => Float64Array.from({ length: steps }, (_, k) => within(k) ? height * factor : 0));
  } else {
    i = given.i.map(column => column.map(x => x * factor));
    if (i.length !== 1 && i.length !== sweeps) refuse(`current must have shape (${steps},), (${steps}, ${sweeps}) or (${sweeps},), got (${steps}, ${i.length})`);
    if (i.length < sweeps) i = given.v.map(() => i[0]);
  }
  beLikely("v", v, "mV", 1, 300, file);
  for (const [kind, x] of /** @type {[string, Float64Array][]} */ ([["i", rowsOf(i, 1)]])) beLikely(kind, x, "nA", 1e-3, 20, file);
  const middle = median(v);
  if (!(middle > -120 && middle < -20)) {
    refuse(`the potential of ${file} must have a median from -120 to -20 mV, got ${inShort(middle)}: is it another column, or was a gain or an offset left in or taken away?`);
  }
  const span = step ?? findStep(i, every);
  beAStep(i, every, span);
  return { v, i: rowsOf(i, 1), steps, sweeps, dt: every, step: span, name: file.replace(/\.[^.]*$/, "") };
}

// A unit that nobody has said is guessed aloud, and taken only if the reader says so.
/** @param {string} kind @param {Float64Array} x @returns {[unit: string, sentence: string]} */
function guessUnit(kind, x) {
  const [low, high] = extent(x), size = Math.max(Math.abs(low), Math.abs(high)), every = Math.abs(x[1] - x[0]);
  if (kind === "t") return every < 1e-3 ? ["s", `times ${inShort(every)} apart: seconds?`] : ["ms", `times ${inShort(every)} apart: milliseconds?`];
  const said = `from ${inShort(low)} to ${inShort(high)}`;
  if (kind === "v") return size < 1 ? ["V", `potentials ${said}: volts?`] : ["mV", `potentials ${said}: millivolts?`];
  return size < 1e-6 ? ["A", `currents ${said}: amperes?`] : size > 5 ? ["pA", `currents ${said}: picoamperes?`] : ["nA", `currents ${said}: nanoamperes?`];
}
