// standin.js: a page without a kernel. The stand-in has the few methods of a model that a panel uses.
/** @param {any} state @returns {Model} */
function standIn(state) {
  const wasm = Uint8Array.from(atob(state.wasm), c => c.charCodeAt(0));
  const values = { ...state, wasm };
  return { alone: true, address: state.address, get: name => values[name], set() {}, save_changes() {}, send() {}, on() {}, off() {} };
}

// "#lif?v_th=-52&seed=7" in the address opens that panel with these values; a second one of that name is "lif-2"
/** @type {Record<string, number>} */
const COUNT = {};
/** @param {any} state @param {string | undefined} query @returns {Record<string, any>} */
function valuesIn(state, query) {
  const given = new URLSearchParams(query), values = /** @type {Record<string, any>} */ ({});
  for (const { name: key, low, high } of state.spec.controls) {
    const value = Number(given.get(key));
    if (given.get(key) && Number.isFinite(value)) values[key] = Math.min(high, Math.max(low, value));
  }
  for (const key in state.spec.drawn) if (PEN.reads?.(given.get(key))) values[key] = given.get(key);
  if (state.spec.seed !== null && /^\d{1,19}$/.test(given.get("seed") ?? "")) values.seed = given.get("seed");
  return values;
}
/** @param {any} state @param {HTMLElement} host */
function fromAddress(state, host) {
  const [name, query] = location.hash.slice(1).split("?"), own = state.spec.name, nth = COUNT[own] = (COUNT[own] ?? 0) + 1;
  state.address = nth > 1 ? `${own}-${nth}` : own;
  if (name !== state.address || !query) return;
  Object.assign(state, valuesIn(state, query));
  stayAt(host);
}
// The panel is brought into view, and again as what is above it grows, until the reader moves the page.
/** @param {HTMLElement} host */
function stayAt(host) {
  const stop = new AbortController(), { signal } = stop, show = () => host.scrollIntoView();
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown", "hashchange"]) addEventListener(kind, () => stop.abort(), { signal, passive: true });
  const grown = new ResizeObserver(show);
  grown.observe(document.body);
  signal.addEventListener("abort", () => grown.disconnect());
  addEventListener("load", show, { signal });
  show();
}
// an address that is changed by hand, or a link within the page, moves the panel that it names
function followAddress() {
  const [name, query] = location.hash.slice(1).split("?");
  for (const host of /** @type {NodeListOf<Host>} */ (document.querySelectorAll(".snnlab-host"))) {
    const panel = host.snnlab;
    if (!query || panel?.model.address !== name) continue;
    panel.setAll(valuesIn({ spec: panel.spec }, query), "link");
    stayAt(host);
  }
}

/** @typedef {HTMLElement & { snnlab?: Panel }} Host */
/** @param {Host} host @param {any} state */
function mount(host, state) {
  const still = /** @type {HTMLElement} */ (host.querySelector("figure")), live = node("div");
  try {
    still.before(live);
    host.snnlab = new Panel(standIn(state), live);
    still.remove();
  } catch (error) {
    // an old browser or a strict page: the still picture and the sentence stay
    live.remove();
    still.append(node("p", { class: "snn-note" }, `This figure cannot move here (${error instanceof Error ? error.message : error}).`));
  }
}

function mountAll() {
  // of several bundles in a page one listens for all
  if (!globalThis.snnlabHears) addEventListener("hashchange", followAddress);
  globalThis.snnlabHears = true;
  const style = "snnlab-style" + STYLE.length;
  if (!document.getElementById(style)) document.head.append(node("style", { id: style }, STYLE));
  /** @type {[host: HTMLElement, start: () => void][]} */
  const fresh = [];
  for (const host of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".snnlab-host:not([data-live])"))) {
    const data = host.querySelector("script[type='application/json']");
    if (!data) continue;
    const state = JSON.parse(data.textContent);
    // a panel with a goal waits for the library that knows goals
    if (state.spec.goal && typeof GOALS === "undefined") continue;
    host.dataset.live = "true";
    fromAddress(state, host);
    fresh.push([host, () => mount(host, state)]);
  }
  // a page of several panels knows how to begin with those in sight
  if (typeof inTurn === "function") inTurn(fresh);
  else for (const [, start] of fresh) start();
}
