// controls.js: the rows of sliders, and the buttons
// A number for each label and its slider. A page may hold several bundles of these scripts: they count together.
const serial = () => globalThis.snnlabSerial = (globalThis.snnlabSerial ?? 0) + 1;

// "v_th" as in the equation: an italic letter with an upright subscript
/** @param {string} text */
function symbol(text) {
  const [base, below] = text.split("_");
  return below ? [node("i", {}, base), node("sub", {}, below)] : [node("i", {}, base)];
}

// What is 0 or 1 is switched off or on.
/** @param {Control} control */
const isSwitch = ({ low, high, step }) => low === 0 && high === 1 && step === 1;

/** @param {Panel} panel @param {Control} control */
function switchRow(panel, { name, label, symbol: letter, colour, start }) {
  const id = `snn${serial()}`, box = node("input", { type: "checkbox", role: "switch", id, "data-lm-suppress-shortcuts": "true" });
  const element = node("div", { class: "snn-control snn-switch", style: `--snn-c:var(--snn-q${colour})` },
    node("label", { for: id }, `${label} `, node("span", { class: "snn-symbol" }, ...symbol(letter))), box);
  box.addEventListener("change", () => panel.move(name, Number(box.checked), "switch"));
  const show = (/** @type {number} */ value) => { box.checked = value === 1; };
  show(start);
  return { element, show, pin() {} };
}

/** @param {Panel} panel @param {Control} control @returns {{ element: HTMLElement, show: (value: number, force?: boolean) => void, pin: (value?: number) => void }} */
function controlRow(panel, control) {
  if (isSwitch(control)) return switchRow(panel, control);
  const { name, low, high, step, decimals, unit, start } = control, id = `snn${serial()}`;
  const shared = { min: low, max: high, step, "data-lm-suppress-shortcuts": "true" };
  const range = node("input", { type: "range", id, ...shared });
  const number = node("input", { type: "number", ...shared, "aria-label": withUnit(`${control.label}, as a number`, unit && `in ${unit}`) });
  /** @param {number} v */
  const fraction = v => (v - low) / (high - low);
  const element = node("div", { class: "snn-control", style: `--snn-c:var(--snn-q${control.colour});--snn-start:${fraction(start)}` },
    node("label", { for: id }, `${control.label} `, node("span", { class: "snn-symbol" }, ...symbol(control.symbol))),
    node("span", { class: "snn-number" }, number, node("span", {}, unit)),
    node("div", { class: "snn-range" }, node("span", { class: "snn-tick", title: `start: ${withUnit(fixed(start, decimals), unit)}` }),
      node("span", { class: "snn-pinned", hidden: "" }), range),
    node("div", { class: "snn-ends", "aria-hidden": "true" }, ...[low, high].map(end => node("span", {}, String(end).replace("-", MINUS)))));

  // A finger that goes up or down scrolls the page: nothing moves until it goes sideways or lets go.
  let /** @type {PointerEvent | null} */ touch = null;
  const slide = () => { if (!touch) panel.move(name, Number(range.value), "slider " + name); };
  range.addEventListener("input", slide);
  range.addEventListener("pointerdown", event => { touch = event.pointerType === "touch" ? event : null; panel.hold(true); });
  range.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!touch || Math.abs(clientX - touch.clientX) < Math.max(4, Math.abs(clientY - touch.clientY))) return;
    touch = null;
    slide();
  });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) range.addEventListener(end, () => {
    const undecided = touch;
    touch = null;
    if (undecided && end === "pointerup") slide();
    else if (undecided) show(panel.values[name], true);
    panel.hold(false);
  });
  const pinned = /** @type {HTMLElement} */ (element.querySelector(".snn-pinned"));
  for (const part of [range, /** @type {HTMLElement} */ (element.querySelector("label"))]) {
    part.addEventListener("dblclick", () => panel.move(name, start, "reset"));
  }
  number.addEventListener("input", () => {
    const value = number.valueAsNumber;
    if (value >= low && value <= high) panel.move(name, value, "typed");
  });
  number.addEventListener("change", () => {
    // what lies outside goes to the nearer end; nothing at all goes back
    const value = number.valueAsNumber;
    if (!Number.isNaN(value)) panel.move(name, Math.min(high, Math.max(low, value)), "typed");
    show(panel.values[name], true);
  });
  /** @param {number} value @param {boolean} [force] */
  function show(value, force) {
    const text = panel.textOf(name), digits = value.toFixed(decimals);
    range.value = String(value);
    range.setAttribute("aria-valuetext", text);
    element.style.setProperty("--snn-now", String(fraction(value)));
    // never rewrite a number while it is being typed
    if (force || panel.root.activeElement !== number || panel.source !== "typed") number.value = Number(digits) === value ? digits : String(value);
  }
  /** @param {number} [value] */
  function pin(value) {
    pinned.hidden = value === undefined;
    if (value !== undefined) pinned.style.setProperty("--snn-pin", String(fraction(value)));
  }
  return { element, show, pin };
}

/** @param {string} text @param {(element: HTMLButtonElement) => void} act @param {Attributes} attributes */
function button(text, act, attributes = {}) {
  const element = node("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", () => act(element));
  return element;
}

/** @param {string} text @param {HTMLElement} element @param {Node} fallback */
async function copy(text, element, fallback) {
  const before = element.textContent;
  try {
    await navigator.clipboard.writeText(text);
    element.textContent = "Copied";
  } catch {
    // no clipboard in this page: select the text, so that one key copies it
    getSelection()?.selectAllChildren(fallback);
    element.textContent = "Selected: press Ctrl+C";
  }
  setTimeout(() => { element.textContent = before; }, 1600);
}
