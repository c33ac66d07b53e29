// exercise.js: an exercise of a chapter, answered where it stands in a page of the book
// by the kind of the exercise: a goal without a panel, of which nobody but the page hears
/** @type {Record<string, new (panel: Panel) => Goal>} */
const EXERCISES = { number: AskGoal };

/** @param {HTMLElement} host */
function mountExercise(host) {
  const spec = JSON.parse(/** @type {HTMLElement} */ (host.querySelector("script")).textContent ?? "");
  const Kind = EXERCISES[spec.kind];
  host.classList.add("snnlab");
  if (Kind) {
    const model = { get() {}, set() {}, save_changes() {} }, panel = /** @type {any} */ ({ spec: { goal: spec }, model, stop: new AbortController() });
    host.append(new Kind(panel).build());
  } else host.append(node("p", { class: "snn-note" }, spec.elsewhere));
}
