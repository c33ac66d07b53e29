"""The explorer without Python: one sentence, and a still picture that says what it cannot do."""

import contextlib
from html import escape
from typing import Any

import numpy as np

from snnlab import Spikes
from snnlab_widgets.core.formats import decimals_of
from snnlab_widgets.explorer.cells import Scene
from snnlab_widgets.pages import page
from snnlab_widgets.views import Axis, still
from snnlab_widgets.views.scale import LEVELS
from snnlab_widgets.views.shapes import Cells, Path, Place, Shape, Text, axis_x, axis_y, line, nice_top

__all__ = ["forms", "levels", "sentence"]

FIRST = 20  # the level of one spike; none is level 0
SIZE = {
    "width": 530, "left": 48, "right": 22, "top": 24, "frame": 240, "gap": 28, "strip": 60, "bottom": 38,
    "head": 14,
}  # fmt: skip
SIDE = SIZE | {"width": 130, "left": 6}
STYLE = (
    ".snn-explorer .snn-views{flex-wrap:nowrap;gap:0}.snn-explorer .snn-view{flex:530 1 0}"
    ".snn-explorer .snn-view+.snn-view{flex:130 1 0}@container (max-width:480px)"
    "{.snn-explorer .snn-views{flex-wrap:wrap}.snn-explorer .snn-view{flex:1 0 100%!important}"
    ".snn-explorer .snn-view+.snn-view{max-width:10rem}}"
)
NOTE = "Here the picture stands still. In the notebook it can be enlarged down to single spikes."


def sentence(seen: Scene, view: tuple[float, float, int, int], n_units: int) -> str:
    """What is in view, in words."""
    start, stop, first, last = view
    digits = decimals_of(seen.width)
    units = f"neurons {first} to {last}" if last > first else f"neuron {first}"
    rate = 1000 * seen.n_spikes / ((stop - start) * (last - first + 1))
    each = " a neuron" if last > first else ""
    if seen.single:
        cell = "each spike is drawn"
    else:
        of = f" of {seen.neurons} neurons" if seen.neurons > 1 else ""
        cell = f"a cell counts {seen.width:g} ms{of}"
    spikes = f"{seen.n_spikes:,} spike{'s' * (seen.n_spikes != 1)}"
    return f"{start:.{digits}f} to {stop:.{digits}f} ms, {units}: {spikes}, {rate:.1f} Hz{each}; {cell}"


def levels(counts: np.ndarray) -> np.ndarray:
    """The level of the colour scale of each cell, the last row first, as a picture has it."""
    most = max(3, counts.max(initial=0))
    share = np.ceil(counts * ((LEVELS - FIRST) / most)).astype(np.int64)
    return np.where(counts == 0, 0, FIRST - 1 + share).astype(np.uint8)[::-1]


def pictures(seen: Scene, n_units: int) -> list[tuple[list[Shape], int, int]]:
    """The raster with the population's rate below it, and the neurons' rates: shapes, width, height."""
    tall = sum(SIZE[name] for name in ("top", "frame", "gap", "strip", "bottom"))
    return [(_raster(seen, n_units), SIZE["width"], tall), (_side(seen), SIDE["width"], tall)]


def _ends(seen: Scene) -> tuple[float, float, float, float]:
    """Time and neurons at the ends of the axes."""
    return float(seen.bins[0]), float(seen.bins[-1]), seen.edges[0] - 0.5, seen.edges[-1] - 0.5


def _raster(seen: Scene, n_units: int) -> list[Shape]:
    place, (start, stop, low, high) = Place(SIZE), _ends(seen)
    drawn = axis_y(place, Axis(low, min(high, n_units - 0.5), "neuron"), place.top, place.bottom, 5)
    if seen.single:
        x, y = place.x(seen.times, start, stop), place.y(seen.units, low, high)
        half = min(max(0.4 * SIZE["frame"] / (high - low), 2.5), 12)
        ticks = [line(a, [b - half, b + half]) for a, b in zip(x, y, strict=True)]
        drawn.append(Path(ticks, "ink", 1.5))
    else:
        frame = place.left, place.top, place.right - place.left, place.bottom - place.top
        drawn.append(Cells(*frame, levels(seen.counts)))
    top, bottom = place.strip
    most = nice_top(float(seen.population.max()))
    drawn += [Text(0, top - 8, "rate (Hz)"), *axis_y(place, Axis(0, most, ""), top, bottom, 2)]
    x = np.repeat(place.x(seen.bins, start, stop), 2)[1:-1]
    drawn.append(Path([line(x, np.repeat(place.y(seen.population, 0, most, top, bottom), 2))], "trace", 1.5))
    return drawn + axis_x(place, Axis(start, stop, "time (ms)"), bottom)


def _side(seen: Scene) -> list[Shape]:
    place, (*_, low, high) = Place(SIDE), _ends(seen)
    most = nice_top(float(seen.rates.max()))
    y = np.repeat(place.y(seen.edges - 0.5, low, high), 2)[1:-1]
    drawn: list[Shape] = [Path([line(np.repeat(place.x(seen.rates, 0, most), 2), y)], "trace", 1.5)]
    for value in (0.0, most):
        x = float(place.x(value, 0, most))
        drawn += [
            Path([line(x, [place.top, place.bottom + 4])], "rule"),
            Text(x, place.bottom + 16, f"{value:g}", "start" if value == 0 else "end"),
        ]
    drawn.append(Text((place.left + place.right) / 2, place.bottom + 33, "rate (Hz)", "middle"))
    if not seen.single:
        top, wide = place.strip[0] + 30, place.right - place.left
        key = np.concatenate([[0], np.arange(FIRST, LEVELS)]).astype(np.uint8)[None]
        drawn += [
            Cells(place.left, top, wide, 12, key),
            Text(place.left, top + 26, "0"),
            Text(place.right, top + 26, str(max(3, int(seen.counts.max()))), "end"),
            Text((place.left + place.right) / 2, top + 43, "spikes in a cell", "middle"),
        ]
    return drawn


def forms(seen: Scene, view: tuple[float, float, int, int], spikes: Spikes, title: str) -> dict[str, Any]:
    """What is shown where no Python answers, by mime type."""
    said, drawn = sentence(seen, view, spikes.n_units), pictures(seen, spikes.n_units)
    alt = f"{title}. Raster of the spikes, with the rate of the population below and of the neurons beside."
    raster, side = (still.svg(*picture, f"{alt} {said}.") for picture in drawn)
    html = (
        f'<div class="snnlab-host"><style>{page.still_css()}{STYLE}</style>'
        f'<figure class="snnlab snn-explorer" aria-label="{escape(title)}"><div class="snn-views">'
        f'<div class="snn-view">{raster}</div><div class="snn-view" aria-hidden="true">{side}</div>'
        f'</div><figcaption>{escape(said)}.</figcaption><p class="snn-note">{NOTE}</p></figure></div>'
    )
    data = {"text/plain": said, "text/html": html}
    with contextlib.suppress(ImportError):  # no Matplotlib: the other forms say the same
        data["image/png"] = still.png(drawn, said)
    return data
