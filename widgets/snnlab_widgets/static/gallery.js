// gallery.js: the cards of the playground: which of them are shown, and what a click does in JupyterLab
/** @param {ParentNode} root */
function filterCards(root) {
  const chapter = /** @type {HTMLSelectElement} */ (root.querySelector(".snn-filter select")), said = root.querySelector(".snn-filter output");
  const idea = /** @type {HTMLInputElement} */ (root.querySelector(".snn-filter input"));
  const show = () => {
    const words = idea.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".snn-gallery section"))) {
      let inside = 0;
      for (const card of /** @type {NodeListOf<HTMLElement>} */ (part.querySelectorAll("li"))) {
        card.hidden = !words.every(word => card.dataset.words?.includes(word));
        inside += Number(!card.hidden);
      }
      part.hidden = !inside || Boolean(chapter.value) && chapter.value !== part.dataset.chapter;
      if (!part.hidden) count += inside;
    }
    if (said) said.textContent = `${count} ${count === 1 ? "panel" : "panels"}`;
  };
  chapter.addEventListener("change", show);
  idea.addEventListener("input", show);
  show();
}
// an address of the time when all panels stood on one page: "#lif?v_th=-52" leads to the page of that panel
function forward() {
  const lead = () => {
    const name = /^#([a-z]\w*)\?/.exec(location.hash)?.[1], link = name && /** @type {HTMLAnchorElement | null} */ (document.querySelector(`.snn-gallery a[data-name="${name}"]`));
    if (link) location.replace(link.href + location.hash);
  };
  addEventListener("hashchange", lead);
  lead();
}
/** @param {{ model: Model, el: HTMLElement }} place */
function renderCards({ model, el }) {
  el.innerHTML = model.get("html");
  const all = /** @type {HTMLElement} */ (el.querySelector("button")), gallery = /** @type {HTMLElement} */ (all.closest(".snn-gallery"));
  /** @param {boolean} chosen */
  const leave = chosen => { gallery.classList.toggle("snn-chosen", chosen); all.hidden = !chosen; };
  el.addEventListener("click", event => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (!link) return;
    event.preventDefault();
    leave(true);
    model.set("chosen", link.dataset.name);
    model.save_changes();
    all.focus();
  });
  all.addEventListener("click", () => leave(false));
  for (const kind of ["input", "change"]) el.addEventListener(kind, () => leave(false));
  filterCards(el);
}
