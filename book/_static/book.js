"use strict";

// Paper is white and shows everything: before printing the page turns light, as its panels do, and folded parts open;
// afterwards it is what it was.
(() => {
  const { dataset } = document.documentElement;
  /** @type {(() => void) | undefined} */
  let back;
  const toPaper = () => {
    if (back) return;
    const { theme } = dataset, folded = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details:not([open])"))];
    dataset.theme = "light";
    for (const part of folded) part.open = true;
    back = () => {
      dataset.theme = theme;
      for (const part of folded) part.open = false;
      back = undefined;
    };
  };
  const fromPaper = () => back?.();
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", fromPaper);
  matchMedia("print").addEventListener("change", event => event.matches ? toPaper() : fromPaper());
})();

// What is wider or higher than its place scrolls, with the arrow keys too: the tab key stops there as long as it does.
addEventListener("DOMContentLoaded", () => {
  /** @param {HTMLElement} part */
  const scrolls = part => {
    const { overflowX, overflowY } = getComputedStyle(part), can = /auto|scroll/;
    return can.test(overflowX) && part.scrollWidth > part.clientWidth + 1 || can.test(overflowY) && part.scrollHeight > part.clientHeight + 1;
  };
  const sizes = new ResizeObserver(seen => {
    for (const { target } of seen) {
      const part = /** @type {HTMLElement} */ (target), must = scrolls(part);
      if (must && !part.hasAttribute("tabindex")) {
        part.tabIndex = 0;
        part.dataset.scrolls = "true";
      } else if (!must && part.dataset.scrolls) {
        part.removeAttribute("tabindex");
        delete part.dataset.scrolls;
      }
    }
  });
  const kinds = "div.math, pre, table, .output, .cell_output, .pst-scrollable-table-container";
  for (const part of document.querySelectorAll(`.bd-article :is(${kinds})`)) sizes.observe(part);
});

// The excerpt of a hit is what stands in the article, without the buttons above it.
addEventListener("DOMContentLoaded", () => {
  if (typeof Search === "undefined") return;
  Search.htmlToText = (page, anchor) => {
    const article = new DOMParser().parseFromString(page, "text/html").querySelector("article.bd-article");
    if (!article) return "";
    for (const part of article.querySelectorAll(".headerlink, script, style, svg, .snnlab-host")) part.remove();
    return (anchor && article.querySelector(anchor) || article).textContent.replace(/\s+/g, " ");
  };
});

// A page opened from the disk may not read its neighbours: list the hits of a search without their excerpts.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
