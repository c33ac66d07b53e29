// curve.js: a curve and the point at which we are
VIEWS.curve = class extends View {
  constructor(panel, spec) {
    super(panel, spec);
    this.range = [spec.low, spec.high];
    this.grip(spec.at, "x", {
      range: () => this.range,
      near: (x, y) => y > this.top && y < this.bottom && Math.abs(x - this.x(panel.values[spec.at], this.range)) < 9,
    });
  }
  prepare(data) {
    const { spec } = this;
    return { x: Float64Array.from(data[spec.x]), y: Float64Array.from(data[spec.y]), at: data.values[spec.at], value: data[spec.value] };
  }
  points({ x, y }, range) {
    const points = [];
    x.forEach((v, k) => points.push(this.x(v, this.range), this.y(y[k], range)));
    return points;
  }
  dot(x, y, radius, colour, alpha = 1) {
    const { cx } = this;
    cx.globalAlpha = alpha; cx.fillStyle = this.colour[colour];
    cx.beginPath();
    cx.arc(x, y, radius, 0, 2 * Math.PI);
    cx.fill();
    cx.globalAlpha = 1;
  }
  draw() {
    const { spec, now, ghost, panel } = this, colour = "q" + panel.control(spec.at).colour;
    const range = [0, niceTop(Math.max(now.value, ...now.y.filter(v => !Number.isNaN(v))))];
    this.rangeY = range;
    this.axisY(range, spec.label_y);
    const x = this.x(now.at, this.range), y = this.y(now.value, range);
    if (ghost) this.clip(this.top, this.bottom, () => this.line(this.points(ghost, range), "trace", 1.5, { alpha: 0.25 }));
    this.line([x, this.top, x, this.bottom], colour, 1.5, { dash: [6, 4] });
    this.line(this.points(now, range), "trace", 2);
    if (ghost && ghost.value <= range[1]) this.dot(this.x(ghost.at, this.range), this.y(ghost.value, range), 4.5, colour, 0.35);
    this.dot(x, y, 5, colour);
    this.axisX(this.range, spec.label_x);
  }
};
