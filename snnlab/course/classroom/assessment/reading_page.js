
"use strict";
const own = JSON.parse(document.getElementById("own").textContent);
const at = (id) => document.getElementById(id);
const answers = own.answers;
const rubrics = [...document.querySelectorAll("fieldset[data-exercise]")];
const asked = [...document.querySelectorAll(".asked")];
let now = answers[0], handle = null, kept = true;
let others = []; // lines of a sheet that was opened and of which the page knows nothing

// --- drafts: one an answer, so that two tabs write no draft of each other's ---

for (const one of answers) {
  Object.assign(one, { points: "", comment: "", items: [] });
  recall(one);
}

function recall(one) {
  if (!kept) return;
  try {
    const draft = JSON.parse(localStorage.getItem(own.drafts + one.key) ?? "null");
    if (draft) [one.points, one.comment, one.items] = [String(draft[0]), String(draft[1]), [...draft[2]]];
  } catch {
    keepsNone();
  }
}

function keep(one) {
  try {
    localStorage.setItem(own.drafts + one.key, JSON.stringify([one.points, one.comment, one.items]));
  } catch {
    keepsNone();
  }
}

function keepsNone() { // a private window, or one that is full
  kept = false;
  at("drafts").className = "warn";
  at("drafts").textContent = "This browser keeps nothing of what you type: make the sheet before you close the page.";
}

// "1,5" and "1.5" are points from 0 to what can be had; nothing typed is none yet.
const isPoints = (one) => one.points === "" || (/^(\d+[.,]?\d*|[.,]\d+)$/.test(one.points) && Number(one.points.replace(",", ".")) <= one.of);
const isRead = (one) => one.points !== "" && isPoints(one);
const same = () => answers.filter((one) => one.exercise === now.exercise);
const itemsOf = (one) => [...(rubrics.find((box) => box.dataset.exercise === one.exercise)?.querySelectorAll("input") ?? [])];

function show(one, toIt = false) {
  recall(one); // another tab may have been at it
  now = one;
  const all = same();
  at("question").value = now.exercise;
  at("which").textContent = "Answer " + (all.indexOf(now) + 1) + " of " + all.length;
  at("who").textContent = now.name;
  at("who").hidden = !at("names").checked;
  asked.forEach((part, k) => { part.hidden = k !== now.asked; });
  at("text").textContent = now.text;
  for (const box of rubrics) box.hidden = box.dataset.exercise !== now.exercise;
  at("of").textContent = own.comma ? String(now.of).replace(".", ",") : String(now.of);
  at("points").value = now.points;
  at("comment").value = now.comment;
  itemsOf(now).forEach((item, k) => { item.checked = now.items.includes(k); });
  tell();
  if (toIt) {
    at("answer").focus({ preventScroll: true });
    at("answer").scrollIntoView({ block: "nearest" });
  }
}

function tell() {
  const all = same(), good = isPoints(now);
  at("progress").textContent = all.filter(isRead).length + " of " + all.length + " have points";
  at("points").setAttribute("aria-invalid", String(!good));
  at("wrong").textContent = good ? "" : "Points are a number from 0 to " + at("of").textContent + ".";
}

function step(by) {
  const all = same();
  show(all[Math.min(Math.max(all.indexOf(now) + by, 0), all.length - 1)], true);
}

function unread() {
  const begin = answers.indexOf(now), next = [...answers.slice(begin + 1), ...answers.slice(0, begin + 1)].find((one) => !isRead(one));
  if (next) show(next, true);
  at("said").textContent = next ? "" : "All answers have points: make the sheet.";
}

function question() {
  const all = [...at("question").options].map((one) => one.value);
  const next = all[(all.indexOf(now.exercise) + 1) % all.length];
  show(answers.find((one) => one.exercise === next), true);
}

// What is ticked decides the points, until somebody types others.
function count() {
  const items = itemsOf(now);
  now.items = items.flatMap((item, k) => (item.checked ? [k] : []));
  const sum = Math.min(now.of, now.items.reduce((so, k) => so + Number(items[k].dataset.points), 0));
  give(now.items.length ? String(sum) : "");
}

function give(points) {
  now.points = own.comma ? points.replace(".", ",") : points;
  at("points").value = now.points;
  keep(now);
  tell();
}

function none() {
  for (const item of itemsOf(now)) item.checked = false;
  now.items = [];
  give("0");
}

// --- the sheet ---

const cell = (text) => (/["\r\n]/.test(text) || text.includes(own.separator) ? '"' + text.replaceAll('"', '""') + '"' : text);

function sheet() {
  const rows = own.rows.map((row) => [...row]);
  for (const one of answers) [rows[one.row][2], rows[one.row][4]] = [one.points, one.comment];
  return "\ufeff" + [own.columns, ...rows, ...others].map((row) => row.map(cell).join(own.separator) + "\r\n").join("");
}

const told = (count, one, many) => count + " " + (count === 1 ? one : many);

async function save() {
  answers.forEach(recall);
  show(now);
  const bad = answers.find((one) => !isPoints(one));
  if (bad) {
    show(bad);
    at("points").focus();
    at("said").textContent = "No sheet yet: look at these points.";
    return;
  }
  const left = answers.filter((one) => !isRead(one)), alone = left.filter((one) => one.comment.trim()).length;
  const rest = (left.length ? " " + told(left.length, "answer has", "answers have") + " no points yet." : " All answers have points.")
    + (alone ? " " + told(alone, "comment stands", "comments stand") + " without points, so no student will read it." : "");
  if (window.showSaveFilePicker) {
    try {
      handle ??= await window.showSaveFilePicker({ suggestedName: own.sheet, types: [{ description: "Sheet", accept: { "text/csv": [".csv"] } }] });
      const file = await handle.createWritable();
      await file.write(new Blob([sheet()], { type: "text/csv" }));
      await file.close();
      at("said").textContent = handle.name + " is written." + rest;
      return;
    } catch (error) {
      handle = null;
      if (error.name === "AbortError") {
        at("said").textContent = "No sheet was written.";
        return;
      }
    }
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([sheet()], { type: "text/csv" }));
  link.download = own.sheet;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  at("said").textContent = own.sheet + " is in your downloads." + rest;
}

// The cells of a table, as spreadsheets write it.
function cells(text, separator) {
  const rows = [[""]];
  let quoted = false;
  for (let k = 0; k < text.length; k++) {
    const row = rows.at(-1), last = row.length - 1, c = text[k];
    if (c === '"' && quoted && text[k + 1] === '"') row[last] += text[k++];
    else if (c === '"' && (quoted || row[last] === "")) quoted = !quoted;
    else if (c === separator && !quoted) row.push("");
    else if (c === "\n" && !quoted) rows.push([""]);
    else if (c !== "\r" || quoted) row[last] += c;
  }
  return rows.filter((row) => row.some((word) => word.trim()));
}

const bare = (text) => text.replaceAll(",", ".").split(/\s+/).join(" ").trim(); // without what a spreadsheet changes
const amount = (points) => (points === "" ? -1 : Number(points.replace(",", ".")));

// What a sheet has already: its points where the page has none, and its other lines as they are.
async function openSheet(file) {
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch { /* it has no columns then */ }
  const head = text.split("\n", 1)[0];
  const [names = [], ...rows] = cells(text, head.split(";").length > head.split(",").length ? ";" : ",");
  const place = own.columns.map((column) => names.findIndex((name) => name.trim().toLowerCase() === column));
  if ([0, 1, 2, 4].some((k) => place[k] < 0)) {
    at("said").textContent = file.name + " is no sheet in UTF-8 with the columns id, exercise, points and comment.";
    return;
  }
  const taken = [], stay = [], changed = [];
  others = [];
  for (const row of rows) {
    const line = place.map((k) => row[k] ?? ""), points = line[2].trim(), comment = line[4].replace(/\r\n?/g, "\n");
    const one = answers.find((some) => own.rows[some.row][0] === line[0].trim() && own.rows[some.row][1] === line[1].trim());
    if (!one) {
      others.push(line);
      continue;
    }
    recall(one);
    if ((points === "" && comment === "") || (amount(points) === amount(one.points) && comment === one.comment)) continue;
    if (line[6].trim() && bare(line[6]) !== bare(own.rows[one.row][6])) changed.push(one);
    else if (one.points || one.comment) stay.push(one);
    else {
      Object.assign(one, { points, comment });
      keep(one);
      taken.push(one);
    }
  }
  show(stay[0] ?? changed[0] ?? now);
  at("said").textContent = [
    told(taken.length, "answer has", "answers have") + " points or a comment of " + file.name + " now.",
    others.length ? told(others.length, "other line is", "other lines are") + " kept for the sheet." : "",
    stay.length ? told(stay.length, "answer has", "answers have") + " other points or another comment here, which stay." : "",
    changed.length ? told(changed.length, "answer has", "answers have") + " changed since, and nothing of the sheet." : "",
  ].filter(Boolean).join(" ");
}

// --- hands ---

const keys = {
  j: () => step(1), ArrowRight: () => step(1), k: () => step(-1), ArrowLeft: () => step(-1), u: unread, q: question, 0: none, s: save,
  o: () => at("file").click(),
  p: () => { at("points").focus(); at("points").select(); },
  c: () => at("comment").focus(),
  n: () => at("names").click(),
};

document.addEventListener("keydown", (event) => {
  const letter = /^[a-z]$/i.test(event.key); // of which no points are made
  const typing = event.target.matches(letter ? "#comment, select" : "#points, #comment, select");
  if (typing && event.key === "Escape") at("answer").focus();
  if (typing && event.key === "Enter" && event.target.id === "points") step(1);
  if (typing || event.ctrlKey || event.altKey || event.metaKey || !at("keys").checked) return;
  const item = /^[1-9]$/.test(event.key) ? itemsOf(now)[Number(event.key) - 1] : null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!item && !Object.hasOwn(keys, key)) return;
  event.preventDefault();
  if (item) item.click(); else keys[key]();
});
for (const [id, what] of [["before", () => step(-1)], ["next", () => step(1)], ["unread", unread], ["save", save], ["open", keys.o]]) at(id).addEventListener("click", what);
at("question").addEventListener("change", (event) => show(answers.find((one) => one.exercise === event.target.value)));
at("names").addEventListener("change", () => { at("who").hidden = !at("names").checked; });
at("points").addEventListener("input", (event) => { now.points = event.target.value.trim(); keep(now); tell(); });
at("comment").addEventListener("input", (event) => { now.comment = event.target.value; keep(now); });
at("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await openSheet(file);
  event.target.value = ""; // so that the same one can be opened again
});
window.addEventListener("storage", (event) => { // another tab writes
  const one = answers.find((some) => event.key === own.drafts + some.key);
  if (one) recall(one);
  if (one && one === now) show(now); else tell();
});
for (const box of rubrics) box.addEventListener("change", count);
show(now);
