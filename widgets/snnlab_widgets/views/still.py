"""The shapes of `picture.py` as SVG (in the colours of the page) and as PNG (on white, by Matplotlib)."""

import base64
import io
import struct
import zlib
from collections.abc import Sequence
from html import escape
from typing import Any

import numpy as np

from snnlab_widgets.views.scale import LEVELS, SCALE
from snnlab_widgets.views.shapes import Cells, Path, Shape

__all__ = ["LIGHT", "png", "svg"]

LIGHT = {
    "paper": "#ffffff", "ink": "#1b2330", "soft": "#566071", "rule": "#e1e5eb", "edge": "#868f9c",
    "trace": "#174a8b",
    "q1": "#c2410c", "q2": "#7c3a9d", "q3": "#8a5a00", "q4": "#0b7159", "q5": "#a8326b", "q6": "#3f5f12",
}  # fmt: skip
"""The light palette of ``static/panel.css`` (a test compares the two)."""

WIDEST = 1000
"""How wide a row of pictures may be in print, in pixels."""


def svg(shapes: Sequence[Shape], width: int, height: int, title: str) -> str:
    """`shapes` as one SVG element that takes its colours from the style sheet of the page."""
    parts = [f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">']
    for shape in shapes:
        if isinstance(shape, Path):
            if not shape.lines:
                continue
            dash = f' stroke-dasharray="{shape.dash}"' if shape.dash else ""
            d = "".join(_commands(line) for line in shape.lines)
            parts.append(f'<path class="{shape.colour}" stroke-width="{shape.width:g}"{dash} d="{d}"/>')
        elif isinstance(shape, Cells):
            place = f'x="{shape.x:g}" y="{shape.y:g}" width="{shape.width:g}" height="{shape.height:g}"'
            source = f"data:image/png;base64,{base64.b64encode(_cells_png(shape.levels)).decode()}"
            parts.append(f'<image {place} preserveAspectRatio="none" href="{source}"/>')
        else:
            anchor = "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
            place = f'x="{shape.x:.0f}" y="{shape.y:.0f}"'
            parts.append(f'<text class="{shape.colour}" {place}{anchor}>{escape(shape.text)}</text>')
    return "".join(parts) + "</svg>"


def _cells_png(levels: np.ndarray) -> bytes:
    """One pixel a cell, as PNG with the colours of the scale and a clear one for what is no number."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows, columns = levels.shape
    head = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)  # eight bits a pixel, colours from a table
    lines = np.column_stack([np.zeros(rows, np.uint8), levels]).tobytes()
    table, clear = SCALE.tobytes() + bytes(3), bytes([255] * LEVELS + [0])
    cells = zlib.compress(lines, 9)
    parts = (b"IHDR", head), (b"PLTE", table), (b"tRNS", clear), (b"IDAT", cells), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)


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


def png(pictures: Sequence[tuple[Sequence[Shape], int, int]], sentence: str) -> str:
    """`pictures` (shapes, width, height) side by side, in rows, above `sentence`, as PNG in base64.

    Raises
    ------
    ImportError
        If Matplotlib is not there.
    """
    from matplotlib.figure import Figure

    places, x, y, row_height = [], 10, 0, 0
    for _, w, h in pictures:
        if x > 10 and x + w > WIDEST:
            x, y, row_height = 10, y + row_height + 12, 0
        places.append((x, y))
        x, row_height = x + w, max(row_height, h)
    width = 10 + max(x + w for (x, _), (_, w, _) in zip(places, pictures, strict=True))
    height = y + row_height + 28
    figure = Figure(figsize=(width / 96, height / 96), dpi=120, facecolor="white")
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    for (shapes, _, _), place in zip(pictures, places, strict=True):
        for order, shape in enumerate(shapes):
            _draw(axes, shape, np.array(place), order)
    axes.text(10, height - 10, sentence, size=9.5, color=LIGHT["ink"])
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()


def _draw(axes: Any, shape: Shape, offset: np.ndarray, order: int) -> None:
    """One shape on `axes`, whose units are pixels, over those drawn before."""
    from matplotlib.collections import LineCollection

    if isinstance(shape, Cells):
        (x, y), colours = offset + np.array([shape.x, shape.y]), np.vstack([SCALE, [[255, 255, 255]]])
        extent = (x, x + shape.width, y + shape.height, y)
        cells = colours.astype(np.uint8)[shape.levels]
        axes.imshow(cells, extent=extent, aspect="auto", interpolation="nearest", zorder=order)
    elif not isinstance(shape, Path):
        align = {"start": "left", "middle": "center", "end": "right"}[shape.anchor]
        style = {"size": 8.5, "ha": align, "va": "baseline", "color": LIGHT[shape.colour], "zorder": order}
        axes.text(*(offset + np.array([shape.x, shape.y])), shape.text, **style)
    elif not shape.lines:
        return
    elif shape.width > 8 and not np.ptp(shape.lines[0], axis=0).any():  # LineCollection draws no dot
        place = offset + shape.lines[0][0]
        axes.plot(*place, "o", color=LIGHT[shape.colour], markersize=shape.width * 0.75, zorder=order)
    else:
        dash = (0, [float(x) / shape.width for x in shape.dash.split()]) if shape.dash else "solid"
        lines = [line + offset for line in shape.lines]
        pen: dict = {"colors": LIGHT[shape.colour], "linestyles": [dash], "zorder": order}
        pen |= {"capstyle": "round", "joinstyle": "round"} if shape.width > 8 else {}
        axes.add_collection(LineCollection(lines, linewidths=shape.width * 0.75, **pen), autolim=False)
