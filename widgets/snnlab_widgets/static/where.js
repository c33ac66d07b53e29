// where.js: how far the reader has come: ticks in the table of contents, and the page "Where you are"

// what can be answered in a page; a goal is a panel's own
/** @type {(task: CourseTask) => boolean} */
const answerable = task => task.kind === "goal" || task.kind in EXERCISES;

/** @param {CourseTask[]} tasks @returns {Standing} */
function standing(tasks) {
  const open = tasks.filter(answerable), records = open.map(task => progress.of(task.name));
  return { all: open.length, solved: records.filter(r => r.solved).length, tried: records.filter(r => r.tries && !r.solved).length };
}

// the first unsolved one after the last that was tried, or else the first of all
/** @param {CourseTask[]} tasks @returns {CourseTask | undefined} */
function nextTask(tasks) {
  const open = tasks.filter(answerable), last = open.map(task => progress.of(task.name).tries > 0).lastIndexOf(true);
  /** @type {(task: CourseTask) => boolean} */
  const unsolved = task => !progress.of(task.name).solved;
  return open.slice(last + 1).find(unsolved) ?? open.find(unsolved);
}

/** @type {(task: CourseTask) => string} */
function stateOf(task) {
  if (!answerable(task)) return "in JupyterLab";
  const { solved, tries } = progress.of(task.name);
  return solved ? "✓ solved" : tries ? `${tries} ${tries === 1 ? "try" : "tries"}` : "open";
}

/** @param {Chapter[]} course @param {URL} root @param {ParentNode} contents */
function tickContents(course, root, contents) {
  for (const { page, tasks } of course) {
    const { pathname } = new URL(page, root), { all, solved, tried } = standing(tasks);
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (contents.querySelectorAll("a.internal"))) {
      if (link.pathname !== pathname) continue;
      link.querySelector(".snn-ticks")?.remove();
      if (!solved && !tried) continue;
      const said = `${solved} of ${all} solved`;
      link.append(node("span", { class: "snn-ticks", role: "img", title: said, "aria-label": said }, solved === all ? "✓" : `${solved}/${all}`));
    }
  }
}

/** @param {Chapter[]} course @param {URL} root @param {HTMLElement} host */
function whereYouAre(course, root, host) {
  const tasks = course.flatMap(chapter => chapter.tasks.map(task => ({ ...task, page: chapter.page })));
  /** @param {CourseTask & { page: string }} task */
  const link = task => node("a", { href: new URL(`${task.page}#${task.anchor}`, root).href }, task.title);
  const count = node("p", { class: "snn-count" }, ""), next = node("p"), list = node("div");
  host.classList.add("snnlab");
  host.replaceChildren(count, next, ...progressFile(), list);
  return () => {
    const { all, solved, tried } = standing(tasks), then = /** @type {any} */ (nextTask(tasks));
    count.textContent = `${solved} of ${all} solved, ${tried} more tried. ${whereKept()}`;
    next.replaceChildren(...(then ? ["Next: ", link(then), "."] : ["All of them are solved."]));
    const open = new Set([...list.querySelectorAll("details")].filter(part => part.open).map(part => part.dataset.page));
    list.replaceChildren(...course.filter(chapter => chapter.tasks.length).map(({ page, title, tasks: own }) => {
      const its = standing(own), rows = own.map(task => node("tr", {}, node("td", {}, link({ ...task, page })), node("td", {}, stateOf(task))));
      const part = node("details", { "data-page": page }, node("summary", {}, title, node("span", { class: "snn-tally" }, ` ${its.solved} of ${its.all} solved`)), node("table", {}, ...rows));
      part.open = open.has(page) || page === then?.page;
      return part;
    }));
  };
}

/** @param {Chapter[]} course */
function openCourse(course) {
  const root = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  document.head.append(node("style", {}, RULES));
  globalThis.snnlabWhere = new URL("where.html", root).href;
  const hosts = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".snn-exercise")), contents = document.querySelector("nav.bd-links");
  for (const host of hosts) mountExercise(host);
  const page = document.getElementById("snn-where"), show = page && whereYouAre(course, root, page);
  const tell = () => {
    if (contents) tickContents(course, root, contents);
    show?.();
  };
  document.addEventListener(PROGRESS, tell);
  // another tab of the same book
  addEventListener("storage", tell);
  tell();
}
