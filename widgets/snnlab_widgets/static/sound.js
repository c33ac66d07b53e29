// sound.js: a click for each spike, in real time, once after each change. Silent until its button is pressed.
/** @param {Panel} panel @returns {Extra} */
EXTRAS.sound = panel => {
  const PITCH = [1500, 700], LENGTH = 0.012;  // Hz, s
  let /** @type {AudioContext} */ context, /** @type {AudioBufferSourceNode | null} */ source;
  const stop = () => { source?.stop(); source = null; };
  const play = () => {
    stop();
    const rate = context.sampleRate, trains = panel.spec.sound.map(name => Array.from(/** @type {Data} */ (panel.data)[name], t => t / 1000));
    const end = Math.max(0, ...trains.flat()) + LENGTH, buffer = context.createBuffer(1, Math.ceil(end * rate), rate);
    const wave = buffer.getChannelData(0);
    trains.forEach((train, k) => {
      for (const time of train) {
        for (let s = 0, at = Math.round(time * rate); s < LENGTH * rate && at < wave.length; s++, at++) {
          wave[at] += 0.3 * Math.sin(2 * Math.PI * PITCH[k] * s / rate) * Math.exp(-s / rate / 0.002);
        }
      }
    });
    source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.start();
  };
  const title = "Hear the spikes" + (panel.spec.sound[1] ? ": high clicks and, behind them, low ones" : "");
  const element = button("Sound", () => {
    const on = element.getAttribute("aria-pressed") !== "true";
    element.setAttribute("aria-pressed", String(on));
    // a browser lets a page sound only after a press like this one
    context ||= new AudioContext();
    if (on) context.resume().then(play);
    else stop();
  }, { class: "snn-sound", "aria-pressed": "false", title });
  /** @type {HTMLElement} */ (panel.figure.querySelector(".snn-reset")).before(element);
  return {
    rest() { if (element.getAttribute("aria-pressed") === "true" && element.isConnected) play(); },
    close() { stop(); context?.close(); },
  };
};
