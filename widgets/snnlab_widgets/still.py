"""The shapes of `picture.py` as SVG (in the colours of the page) and as PNG (on white, by Matplotlib)."""

import base64
import io
from collections.abc import Sequence
from html import escape

import numpy as np

from snnlab_widgets.picture import Path

__all__ = ["LIGHT", "png", "svg"]

LIGHT = {
    "ink": "#1b2330", "soft": "#566071", "rule": "#e1e5eb", "edge": "#868f9c", "trace": "#174a8b",
    "q1": "#c2410c", "q2": "#7c3a9d", "q3": "#8a5a00", "q4": "#0b7159", "q5": "#a8326b", "q6": "#3f5f12",
}  # fmt: skip
"""The light palette of ``static/panel.css`` (a test compares the two)."""


def svg(shapes: Sequence, width: int, height: int, title: str) -> str:
    """`shapes` as one SVG element that takes its colours from the style sheet of the page."""
    parts = [f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">']
    for shape in shapes:
        if isinstance(shape, Path):
            if not shape.lines:
                continue
            dash = f' stroke-dasharray="{shape.dash}"' if shape.dash else ""
            d = "".join(_commands(line) for line in shape.lines)
            parts.append(f'<path class="{shape.colour}" stroke-width="{shape.width:g}"{dash} d="{d}"/>')
        else:
            anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
            place = f'x="{shape.x:.0f}" y="{shape.y:.0f}"'
            parts.append(f'<text class="{shape.colour}" {place}{anchor}>{escape(shape.text)}</text>')
    return "".join(parts) + "</svg>"


def _commands(line: np.ndarray) -> str:
    """The path through `line` in steps of a tenth of a pixel, written as short as SVG allows."""
    points = np.rint(10 * (_simpler(line) if len(line) > 2 else line)).astype(int)
    steps = "".join(
        f"v{_tenths(dy)}" if dx == 0 else f"h{_tenths(dx)}" if dy == 0 else f"l{_tenths(dx)} {_tenths(dy)}"
        for dx, dy in np.diff(points, axis=0)
    )
    return f"M{_tenths(points[0, 0])} {_tenths(points[0, 1])}{steps}".replace(" -", "-")


def _tenths(value: int) -> str:
    text = f"{value / 10:g}"
    return text.replace("0.", ".", 1) if abs(value) < 10 else text


def _simpler(line: np.ndarray, tolerance: float = 0.3) -> np.ndarray:
    """The points of `line` without those that lie within `tolerance` pixels of the line between others."""
    keep = np.zeros(len(line), bool)
    keep[[0, -1]] = True
    open_pieces = [(0, len(line) - 1)]
    while open_pieces:
        a, b = open_pieces.pop()
        if b - a < 2:
            continue
        (dx, dy), between = line[b] - line[a], line[a + 1 : b] - line[a]
        length = np.hypot(dx, dy)
        across = np.abs(dx * between[:, 1] - dy * between[:, 0])
        off = across / length if length > 0 else np.hypot(*between.T)
        if off.max() > tolerance:
            middle = a + 1 + int(off.argmax())
            keep[middle] = True
            open_pieces += [(a, middle), (middle, b)]
    return line[keep]


def png(pictures: Sequence[tuple[Sequence, int, int]], sentence: str) -> str:
    """`pictures` (shapes, width, height) side by side above `sentence`, as PNG in base64.

    Raises
    ------
    ImportError
        If Matplotlib is not there.
    """
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure

    width, height = 20 + sum(w for _, w, _ in pictures), max(h for _, _, h in pictures) + 28
    figure = Figure(figsize=(width / 96, height / 96), dpi=120, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    offset = 10
    for shapes, w, _ in pictures:
        for shape in shapes:
            if isinstance(shape, Path):
                lines = [line + np.array([offset, 0]) for line in shape.lines]
                if shape.width > 8:  # a dot: LineCollection draws no line of length zero
                    axes.plot(*lines[0][0], "o", color=LIGHT[shape.colour], markersize=shape.width * 0.75)
                    continue
                dash = (0, [float(x) / shape.width for x in shape.dash.split()]) if shape.dash else "solid"
                pen: dict = {"colors": LIGHT[shape.colour], "linestyles": [dash]}
                axes.add_collection(LineCollection(lines, linewidths=shape.width * 0.75, **pen))
            else:
                align = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
                place = (shape.x + offset, shape.y)
                axes.text(*place, shape.text, size=8.5, ha=align, va="baseline", color=LIGHT[shape.colour])
        offset += w
    axes.text(10, height - 10, sentence, size=9.5, color=LIGHT["ink"])
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()
