// format.js: numbers and sentences exactly as formats.py writes them (a test compares the two)
const MINUS = "\u2212";
const FIELD = /\{\{|\}\}|\{(\w+)(?::(\+?)\.(\d+)f)?(?:\|([^{}|]*)\|([^{}|]*)(?:\|([^{}|]*))?)?\}/g;

/** @param {number} value @param {number} decimals */
function fixed(value, decimals, plus = false) {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const digits = size === Infinity ? "∞" : size.toFixed(decimals);
  if (!/[^0.]/.test(digits)) return digits;
  return (value < 0 ? MINUS : plus ? "+" : "") + digits;
}

/** @param {string} template @param {Record<string, any>} values @param {Decimals} decimals */
function fill(template, values, decimals) {
  const none = (/** @type {string} */ part) => [...part.matchAll(FIELD)].some(([, name]) => Number.isNaN(values[name]));
  return template.replace(/\[([^[\]]*)\]/g, (_, part) => none(part) ? "" : part).replace(FIELD, (all, name, plus, digits, single, many, absent = "") => {
    if (name === undefined) return all[0];
    if (typeof values[name] === "string") return values[name];
    if (single !== undefined && Number.isNaN(values[name])) return absent || many;
    const text = fixed(Number(values[name]), digits === undefined ? decimals[name] : Number(digits), plus === "+");
    return single === undefined ? text : text === "1" ? single : many;
  });
}

// Python's way of writing a number: in full, with a point unless the quantity is whole
/** @param {number} value @param {number} decimals */
function literal(value, decimals) {
  const text = String(value);
  return decimals > 0 && /^-?\d+$/.test(text) ? text + ".0" : text;
}

/** @param {string} template @param {Values} values @param {Decimals} decimals */
function asCode(template, values, decimals) {
  return template.replace(FIELD, (all, name) => name === undefined ? all[0] : literal(values[name], decimals[name]));
}

/** @type {(text: string, unit: string) => string} */
const withUnit = (text, unit) => {
  // what is no number has no unit, and of what is counted there may be one
  if (!unit || text === "–") return text;
  return text + (unit === "°" ? unit : " " + (/^[-−]?1$/.test(text) && /^[a-z]{4,}s$/.test(unit) ? unit.slice(0, -1) : unit));
};

// a result as it stands in large type: as ReadOut.text in Python
/** @param {ReadOut} read @param {number} value */
function readOutText({ decimals, unit, words, none }, value) {
  if (words.length) return words[value];
  return Number.isNaN(value) && none ? none : withUnit(fixed(value, decimals), unit);
}

// no line ends between a number and its unit
/** @param {string} text */
const together = text => text.replace(/(\d) (?=[%/µ]|[mnpkM]?(?:s|V|A|Hz|Ω|J)(?!\w))/g, "$1\u00a0");
