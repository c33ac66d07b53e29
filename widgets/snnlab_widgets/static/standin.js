// standin.js: a page without a kernel. The stand-in has the few methods of a model that a panel uses.
function standIn(state) {
  const wasm = Uint8Array.from(atob(state.wasm), c => c.charCodeAt(0));
  const values = { ...state, wasm };
  return { alone: true, get: name => values[name], set() {}, save_changes() {}, send() {}, on() {}, off() {} };
}

// "#lif?v_th=-52&seed=7" in the address opens that panel with these values
function fromAddress(state, host) {
  const [name, query] = location.hash.slice(1).split("?");
  if (name !== state.spec.name || !query) return;
  const given = new URLSearchParams(query);
  for (const { name: key, low, high } of state.spec.controls) {
    const value = Number(given.get(key));
    if (given.get(key) && Number.isFinite(value)) state[key] = Math.min(high, Math.max(low, value));
  }
  if (state.spec.seed !== null && /^\d{1,19}$/.test(given.get("seed"))) state.seed = given.get("seed");
  host.scrollIntoView();
}

function mountAll() {
  if (!document.getElementById("snnlab-style")) document.head.append(node("style", { id: "snnlab-style" }, STYLE));
  for (const host of document.querySelectorAll(".snnlab-host:not([data-live])")) {
    host.dataset.live = "true";
    const data = host.querySelector("script[type='application/json']"), still = host.querySelector("figure");
    if (!data) continue;
    const live = node("div");
    try {
      const state = JSON.parse(data.textContent);
      fromAddress(state, host);
      still.before(live);
      host.snnlab = new Panel(standIn(state), live);
      still.remove();
    } catch (error) {
      // an old browser or a strict page: the still picture and the sentence stay
      live.remove();
      still.append(node("p", { class: "snn-note" }, `This figure cannot move here (${error.message}).`));
    }
  }
}
