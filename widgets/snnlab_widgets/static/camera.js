// camera.js: the reader's own camera before the kernel. Off until its button is pressed, and what it sees stays in the page.
/** @param {Panel} panel @returns {Extra} */
EXTRAS.camera = panel => {
  const [grey, remembered, after] = panel.spec.camera;
  const [rows, columns] = /** @type {ArrayArgument} */ (panel.spec.call.find(a => a.name === grey)).shape;
  const note = node("p", { class: "snn-note" });
  const canvas = node("canvas", { width: columns, height: rows }), cx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  const video = node("video", { muted: "", playsinline: "" });
  let /** @type {MediaStream | null} */ stream = null, /** @type {{ grey: any, remembered: any } | null} */ declared = null;
  let on = false, waiting = false, seen = -1;
  const element = button("Use my camera", () => on ? stop() : start(), { class: "snn-camera", "aria-pressed": "false" });
  /** @param {string} text */
  const say = text => { note.textContent = text + "Your camera is off until you press the button. Its pictures never leave this page: each is shrunk to " + columns + " × " + rows + " grey pixels, compared with what the pixels remember, and forgotten."; };
  say("");
  const places = () => /** @type {BrowserEngine} */ (panel.engine).wasm?.place;
  /** @param {boolean} state */
  const show = state => {
    on = state;
    element.textContent = on ? "Stop the camera" : "Use my camera";
    element.setAttribute("aria-pressed", String(on));
  };
  const start = async () => {
    const there = places();
    if (!there) return say("Here Python computes this figure, and a camera is not shown to it. ");
    // only a page that was fetched safely, or from this computer, may ask
    if (!navigator.mediaDevices?.getUserMedia) return say("This page may not ask for a camera: it came by an address that is not safe. ");
    show(true);
    try {
      const opened = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 320 }, facingMode: "user" }, audio: false });
      if (!on || panel.closed) return opened.getTracks().forEach(track => track.stop());
      stream = opened;
      video.srcObject = opened;
      await video.play();
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      stop();
      const why = name === "NotFoundError" ? "There is no camera here. " : name === "NotAllowedError" ? "The camera was not allowed. " : "The camera could not be opened. ";
      return say(why);
    }
    say("");
    // a worker has a memory of its own, which the pictures would not reach
    const engine = /** @type {BrowserEngine} */ (panel.engine);
    engine.worker?.terminate();
    engine.worker = null;
    engine.times = null;
    declared = { grey: there[grey].given, remembered: there[remembered].given };
    seen = -1;
    requestAnimationFrame(look);
  };
  const look = () => {
    const there = places();
    if (!on || !there || panel.closed) return;
    requestAnimationFrame(look);
    if (waiting || video.currentTime === seen || !video.videoWidth) return;
    const first = seen === -1;
    seen = video.currentTime;
    // the middle of the picture, and as in a mirror
    const { videoWidth: w, videoHeight: h } = video, wide = Math.min(w, h * columns / rows), tall = wide * rows / columns;
    cx.setTransform(-1, 0, 0, 1, columns, 0);
    cx.drawImage(video, (w - wide) / 2, (h - tall) / 2, wide, tall, 0, 0, columns, rows);
    const { data } = cx.getImageData(0, 0, columns, rows);
    there[grey].given = Int32Array.from({ length: rows * columns }, (_, k) => Math.round(0.299 * data[4 * k] + 0.587 * data[4 * k + 1] + 0.114 * data[4 * k + 2]));
    waiting = true;
    panel.ask();
    // at first nobody remembers anything
    if (first) panel.ask();
  };
  const stop = () => {
    show(false);
    waiting = false;
    stream?.getTracks().forEach(track => track.stop());
    stream = null;
    video.srcObject = null;
    const there = places();
    if (declared && there) {
      there[grey].given = declared.grey;
      there[remembered].given = declared.remembered;
      declared = null;
      if (!panel.closed) panel.ask();
    }
  };
  // a page that nobody sees looks at nobody
  const hidden = () => { if (document.hidden && on) stop(); };
  document.addEventListener("visibilitychange", hidden);
  const actions = /** @type {HTMLElement} */ (panel.figure.querySelector(".snn-actions"));
  actions.prepend(element);
  /** @type {HTMLElement} */ (panel.figure.querySelector(".snn-saving")).after(note);
  return {
    done(data) {
      const there = places();
      waiting = false;
      if (on && declared && there) there[remembered].given = Float64Array.from(data[after]);
    },
    reset() { if (on) stop(); },
    close() { document.removeEventListener("visibilitychange", hidden); if (on) stop(); },
  };
};
