// exercise.js: an exercise of a chapter, answered where it stands in a page of the book
/** @type {Record<string, new (host: HTMLElement, spec: any) => object>} */
const EXERCISES = {};

class NumberExercise {
  /** @param {HTMLElement} host @param {AskSpec & { heading: string }} spec */
  constructor(host, spec) {
    // a goal without a panel: nobody but the page hears of it
    const model = { get() {}, set() {}, save_changes() {} }, panel = /** @type {any} */ ({ spec: { goal: spec }, model, stop: new AbortController() });
    host.append(new AskGoal(panel).build());
  }
}
EXERCISES.number = NumberExercise;

/** @param {HTMLElement} host */
function mountExercise(host) {
  const spec = JSON.parse(/** @type {HTMLElement} */ (host.querySelector("script")).textContent ?? "");
  const Kind = EXERCISES[spec.kind];
  host.classList.add("snnlab");
  if (Kind) new Kind(host, spec);
  else host.append(node("p", { class: "snn-note" }, spec.elsewhere));
}
