"use strict";

// A slide is laid out on 1200 by 675 pixels and enlarged as a whole. CSS zoom, and no transform: pictures are drawn in the
// pixels of the screen, and a panel knows how it is enlarged.
(() => {
  const WIDE = 1200, HIGH = 675, LEAST = 17; // the smallest size of letters, on these pixels
  const { style } = document.documentElement;
  const enlarge = () => {
    const times = Math.max(0.6, Math.min(innerWidth / WIDE, innerHeight / HIGH));
    style.setProperty("--times", String(times));
    style.setProperty("--wide", `${innerWidth / times}px`);
    style.setProperty("--high", `${innerHeight / times}px`);
  };
  // what is too long for its slide gets smaller letters, and scrolls if they would be too small for the last row
  const fit = () => {
    for (const body of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".body:not(:has(.stage))"))) {
      body.style.fontSize = "";
      let size = parseFloat(getComputedStyle(body).fontSize);
      while (size > LEAST && (body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1)) body.style.fontSize = `${size -= 1}px`;
    }
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".body, .stage, .body pre"))) {
      if (part.scrollHeight > part.clientHeight + 1) part.tabIndex = 0; // the arrow keys scroll it
      else part.removeAttribute("tabindex");
    }
  };
  // Keys that mean something where the reader is are not for the slides. A clicker's always are; Escape leaves the panel.
  const MOVING = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"], PRESSING = [" ", "Enter"];
  /** @param {KeyboardEvent} event */
  const forSlides = ({ key }) => {
    const at = /** @type {HTMLElement | null} */ (document.activeElement);
    if (!at || at === document.body || !key) return true;
    const writes = at.matches("textarea, input:not([type=range], [type=checkbox])");
    const clicker = key === "PageUp" || key === "PageDown";
    if (key === "Escape" || clicker && !writes) at.blur();
    if (key === "Escape") return false;
    if (clicker || writes) return !writes;
    if (MOVING.includes(key)) return !at.matches("input[type=range], select, [role=slider], [tabindex='0']:not(button, summary, a)");
    return !PRESSING.includes(key);
  };
  const { Reveal, RevealNotes } = /** @type {any} */ (globalThis);
  enlarge();
  Reveal.initialize({
    plugins: [RevealNotes], disableLayout: true, center: false, hash: true, transition: "none", backgroundTransition: "none",
    viewDistance: 1000, mobileViewDistance: 1000, slideNumber: "c/t", controls: matchMedia("(pointer: coarse)").matches, keyboardCondition: forSlides, scrollActivationWidth: null,
  });
  addEventListener("resize", () => { enlarge(); fit(); });
  document.fonts.ready.then(fit);
  addEventListener("load", fit);
})();
