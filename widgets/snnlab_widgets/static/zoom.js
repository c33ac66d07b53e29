// zoom.js: a stretch of time for all pictures over it: dragged out by mouse or pen, spread by two fingers, by keys, and back
// by a double click or tap
/** @type {Record<string, Ends>} */
const STRETCHED = { "+": [1, -1], "=": [1, -1], "-": [-2, 2], ArrowLeft: [-1, -1], ArrowRight: [1, 1], 0: [-Infinity, Infinity] };
// whether a reader has made the page larger than it is, by two fingers
const enlarged = () => (window.visualViewport?.scale ?? 1) > 1.01;
/** @param {Panel} panel @param {AbortSignal} signal */
function zoomable(panel, signal) {
  /** @type {HTMLButtonElement[]} */
  const backs = [];
  for (const view of panel.views.filter(each => "span" in each)) {
    const { canvas, element, spec: { label_x: label = "" } } = view, box = node("div", { class: "snn-stretch", hidden: "" });
    const show = (from = 0, to = Infinity) => {
      const [low, high] = /** @type {Ends} */ (view.span), all = high - low, wide = Math.min(all, Math.max(all / 500, to - from));
      const start = Math.max(low, Math.min(high - wide, (from + to - wide) / 2));
      if (wide < all) panel.windows[label] = [start, start + wide];
      else delete panel.windows[label];
      panel.reading.hide();
      for (const back of backs) back.hidden = !panel.windows[back.value];
      panel.paint();
    };
    const back = button("Show all", () => { show(); canvas.focus(); }, { class: "snn-whole", hidden: "", value: label });
    backs.push(back);
    element.append(box, back);
    canvas.tabIndex = 0;
    canvas.setAttribute("aria-keyshortcuts", "+ - 0 ArrowLeft ArrowRight");
    // One finger scrolls the page; the browser leaves two of them to us, and enlarges the page upon all else: words,
    // sliders, pictures without time. Once it is enlarged a trace may be all that the screen has: then two fingers are
    // the page's there, too, so that who reads in large print can go back. WCAG 1.4.4 is met by the browser's own zoom.
    const divide = () => { canvas.style.touchAction = enlarged() ? "" : "pan-x pan-y"; };
    divide();
    window.visualViewport?.addEventListener("resize", divide, { signal });
    let from = NaN, to = NaN, tapped = -Infinity, spot = 0, /** @type {Ends | null} */ pinch = null;
    /** @param {string} type @param {(event: any) => void} act */
    const on = (type, act) => canvas.addEventListener(type, act, { signal, passive: false });
    on("pointerdown", event => {
      const [x] = view.at(event);
      // a finger scrolls the page and reads; what is near a grip is its own
      if (event.button || event.pointerType === "touch" || panel.held || panel.goal?.shut || x < view.left || x > view.right) return;
      from = x;
      canvas.setPointerCapture(event.pointerId);
    });
    on("pointermove", event => {
      if (Number.isNaN(from)) return;
      to = Math.max(view.left, Math.min(view.right, view.at(event)[0]));
      const wide = Math.abs(to - from);
      box.hidden = wide < 6;
      Object.assign(box.style, { left: `${Math.min(from, to)}px`, width: `${wide}px`, top: `${view.top}px`, height: `${view.bottom - view.top}px` });
    });
    on("lostpointercapture", () => {
      if (!box.hidden) show(...[from, to].sort((a, b) => a - b).map(x => view.across(x, view.shown)));
      box.hidden = true;
      from = NaN;
    });
    on("dblclick", () => panel.held || show());
    on("click", ({ pointerType, timeStamp, clientX }) => {
      if (pointerType === "mouse" || panel.held) return;
      if (timeStamp - tapped < 400 && Math.abs(clientX - spot) < 30) show();
      tapped = timeStamp;
      spot = clientX;
    });
    // where the middle of two fingers is, as a share of the picture, and how far they are apart
    /** @param {TouchEvent} event @returns {Ends} */
    const fingers = ({ targetTouches: [a, b] }) => {
      const [x, y] = view.at(a), [u, v] = view.at(b);
      return [((x + u) / 2 - view.left) / (view.right - view.left), Math.max(8, Math.hypot(x - u, y - v))];
    };
    on("touchstart", event => {
      pinch = null;
      if (event.targetTouches.length !== 2 || enlarged() || panel.held || panel.goal?.shut) return;
      const [share, apart] = fingers(event), [low, high] = view.shown;
      event.preventDefault();
      panel.reading.hide();
      pinch = [low + share * (high - low), (high - low) * apart];
    });
    on("touchmove", event => {
      if (!pinch) return;
      const [share, apart] = fingers(event), wide = pinch[1] / apart, low = pinch[0] - share * wide;
      event.preventDefault();
      show(low, low + wide);
    });
    for (const end of ["touchend", "touchcancel"]) on(end, () => { pinch = null; });
    on("keydown", event => {
      const [low, high] = view.shown, by = STRETCHED[event.key], wide = (high - low) / 4;
      if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      show(low + by[0] * wide, high + by[1] * wide);
    });
  }
}
