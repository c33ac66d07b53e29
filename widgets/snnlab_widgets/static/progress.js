// progress.js: what the reader has tried and solved, kept in their own browser, with export and import
const PROGRESS = "snnlab-progress";
// { goal: { tries, solved } } of a text, or null; anything else in it is left behind
/** @param {string} text @returns {Records | null} */
function readProgress(text) {
  let given;
  try { given = JSON.parse(text); } catch { return null; }
  if (given?.snnlab !== 1 || typeof given.goals !== "object" || !given.goals || Array.isArray(given.goals)) return null;
  /** @type {Records} */
  const goals = {}, entries = Object.entries(given.goals);
  if (entries.length > 1000) return null;
  for (const [name, record] of entries) {
    const { tries, solved } = record ?? {};
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) || name.length > 60) return null;
    if (!Number.isSafeInteger(tries) || tries < 0 || typeof solved !== "boolean") return null;
    goals[name] = { tries, solved };
  }
  return goals;
}

const progress = {
  // some pages may not keep anything: then it lasts as long as the page, for all scripts in it
  /** @returns {Records} */
  all() {
    if (globalThis.snnlabKept) return globalThis.snnlabKept;
    try {
      return readProgress(localStorage.getItem(PROGRESS) ?? "") ?? {};
    } catch {
      return globalThis.snnlabKept = {};
    }
  },
  /** @param {string} name */
  of(name) {
    const all = this.all();
    return Object.hasOwn(all, name) ? all[name] : { tries: 0, solved: false };
  },
  /** @param {Records} goals */
  text(goals = progress.all()) { return JSON.stringify({ snnlab: 1, goals }); },
  /** @param {Records} goals */
  keep(goals) {
    try {
      localStorage.setItem(PROGRESS, this.text(goals));
    } catch {
      globalThis.snnlabKept = goals;
    }
    document.dispatchEvent(new Event(PROGRESS));
  },
  /** @param {string} name @param {boolean} solved */
  count(name, solved) {
    const old = this.of(name);
    this.keep({ ...this.all(), [name]: { tries: old.tries + 1, solved: old.solved || solved } });
  },
  // the better of both: nothing that was solved here is lost
  /** @param {string} text */
  merge(text) {
    const given = readProgress(text);
    if (!given) return "This is not the progress of a reader of this course: nothing was changed.";
    const goals = { ...this.all() };
    for (const [name, { tries, solved }] of Object.entries(given)) {
      const old = this.of(name);
      goals[name] = { tries: Math.max(tries, old.tries), solved: solved || old.solved };
    }
    this.keep(goals);
    const n = Object.keys(given).length;
    return `Read: ${n} ${n === 1 ? "exercise" : "exercises"}.`;
  },
};

// where it is kept, in a sentence; asking for it shows whether the page may keep anything
function whereKept() {
  progress.all();
  return globalThis.snnlabKept ? "This page may keep nothing: save it as a file before you leave." : "It stays in this browser.";
}

// a file to save and to open, and what is said to it
function progressFile() {
  const said = node("p", { role: "status" }), file = node("input", { type: "file", accept: ".json,application/json", hidden: "" });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    file.value = "";
    if (chosen) said.textContent = progress.merge(chosen.size < 1e6 ? await chosen.text() : "");
  });
  const save = () => {
    const link = node("a", { download: "snnlab-progress.json", href: URL.createObjectURL(new Blob([progress.text()], { type: "application/json" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  return [node("p", { class: "snn-row" }, button("Save as a file", save), button("Open a file", () => file.click()), file), said];
}

// below a goal: the book has a page for it, a panel that stands alone has a folded part
/** @param {AbortSignal} signal */
function progressBlock(signal) {
  if (globalThis.snnlabWhere) return node("p", { class: "snn-progress" }, node("a", { href: globalThis.snnlabWhere }, "Where you are"));
  const count = node("p");
  const show = () => {
    const records = Object.values(progress.all()), solved = records.filter(r => r.solved).length;
    count.textContent = `${solved} solved of ${records.length} tried. ${whereKept()}`;
  };
  document.addEventListener(PROGRESS, show, { signal });
  show();
  return node("details", { class: "snn-progress" }, node("summary", {}, "Your progress"), count, ...progressFile());
}
