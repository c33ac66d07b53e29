// svg.js: a pen that writes what a canvas would draw as SVG, as far as the views use a canvas
/** @type {(text: string) => string} */
const escaped = text => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);
/** @type {(v: number) => string} */
const short = v => String(Number(v.toFixed(2)));
class SvgPen {
  /** @param {CanvasRenderingContext2D} ruler @param {string} paper */
  constructor(ruler, paper) {
    this.ruler = ruler; this.paper = paper;
    this.parts = /** @type {string[]} */ ([]); this.clips = 0;
    this.globalAlpha = 1; this.lineWidth = 1;
    this.strokeStyle = this.fillStyle = "#000";
    this.font = "12px system-ui, sans-serif"; this.textAlign = "left"; this.lineCap = "butt"; this.globalCompositeOperation = "source-over";
    this.dash = /** @type {number[]} */ ([]); this.path = "";
    this.place = { x: 0, y: 0, clip: "" };
    this.kept = /** @type {{ x: number, y: number, clip: string }[]} */ ([]);
  }
  save() { this.kept.push({ ...this.place }); }
  restore() { this.place = this.kept.pop() ?? this.place; }
  /** @param {number} x @param {number} y */
  translate(x, y) { this.place.x += x; this.place.y += y; }
  /** @param {string} text */
  measureText(text) {
    this.ruler.font = this.font;
    return this.ruler.measureText(text);
  }
  /** @param {number[]} dash */
  setLineDash(dash) { this.dash = dash; }

  /** @param {number} x @param {number} y */
  at(x, y) { return `${short(x + this.place.x)} ${short(y + this.place.y)}`; }
  beginPath() { this.path = ""; }
  /** @param {number} x @param {number} y */
  moveTo(x, y) { this.path += "M" + this.at(x, y); }
  /** @param {number} x @param {number} y */
  lineTo(x, y) { this.path += "L" + this.at(x, y); }
  // the views draw whole circles only
  /** @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const turn = `A${radius} ${radius} 0 0 1 `;
    this.path += "M" + this.at(x - radius, y) + turn + this.at(x + radius, y) + turn + this.at(x - radius, y) + "Z";
  }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) { this.path += `M${this.at(x, y)}h${short(width)}v${short(height)}h${short(-width)}Z`; }
  clip() {
    this.parts.push(`<clipPath id="clip${++this.clips}"><path d="${this.path}"/></clipPath>`);
    this.place.clip = ` clip-path="url(#clip${this.clips})"`;
  }
  /** @param {string} element @param {string} look @param {string} [inside] */
  put(element, look, inside) {
    const faint = this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : "";
    this.parts.push(`<${element}${look}${faint}${this.place.clip}` + (inside === undefined ? "/>" : `>${inside}</${element.split(" ")[0]}>`));
  }
  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    this.put(`path d="${this.path}"`, ` fill="none" stroke="${this.strokeStyle}" stroke-width="${this.lineWidth}" stroke-linejoin="round" stroke-linecap="${this.lineCap}"${dash}`);
  }
  fill() { this.put(`path d="${this.path}"`, ` fill="${this.fillStyle}"`); }
  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.path = "";
    this.rect(x, y, width, height);
    this.fill();
  }
  /** @param {string} text @param {number} x @param {number} y @param {string} look */
  word(text, x, y, look) {
    const anchor = { left: "start", center: "middle", right: "end" }[this.textAlign];
    const [left, top] = this.at(x, y).split(" ");
    this.put(`text x="${left}" y="${top}"`, ` text-anchor="${anchor}" style="font:${escaped(this.font)}"${look}`, escaped(text));
  }
  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) { this.word(text, x, y, ` fill="${this.fillStyle}"`); }
  // the views wipe away what is behind a word by strokes of its letters: on paper, by strokes in the paper's colour
  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.word(text, x, y, ` fill="none" stroke="${this.paper}" stroke-width="${this.lineWidth}" stroke-linejoin="round"`);
  }
  /** @param {HTMLCanvasElement} picture @param {number} x @param {number} y @param {number} width @param {number} height */
  drawImage(picture, x, y, width, height) {
    const [left, top] = this.at(x, y).split(" ");
    this.put(`image x="${left}" y="${top}" width="${short(width)}" height="${short(height)}"`,
      ` preserveAspectRatio="none" style="image-rendering:pixelated" href="${picture.toDataURL()}"`);
  }
}
