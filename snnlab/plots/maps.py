"""A map over two parameters, which says what a cell holds to whoever holds the mouse over it."""

import base64
import io
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from snnlab.plots.picture import Picture, figure
from snnlab.plots.rules import Text, drawn
from snnlab.sweeps.swept import Swept
from snnlab.work_and_memory import afford

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["sweep_map"]

_PIXELS = 96.0  # per inch of the figure, on the page
_LARGEST = 1e300  # of a value: distances of larger ones overflow
_TOLD = 20_000  # cells of which each says what it holds


@drawn
def sweep_map(found: Swept, name: Text = "value") -> Picture:
    """The results of a sweep over two parameters, as a map.

    In a notebook and in a page each cell says its point and its value when the mouse is held over it.

    Parameters
    ----------
    found : Swept
        From `snnlab.sweep`, with two axes and one number at each point. Cells of NaN stay empty.
    name : str
        What was computed.

    Examples
    --------
    >>> axes = {"i": np.array([0.2, 0.3]), "tau_m": np.array([10, 20])}
    >>> sweep_map(Swept(axes, np.array([[63.0, 33.6], [112.0, 63.0]]), ()), "rate (Hz)")
    rate (Hz) over i and tau_m, 2 by 2 points.
    Lowest: 33.6 at i = 0.2, tau_m = 20. Highest: 112 at i = 0.3, tau_m = 10.
    """
    axes = {str(key): np.asarray(values) for key, values in found.axes.items()}
    sizes = tuple(values.size for values in axes.values())
    if len(sizes) != 2 or found.values.shape != sizes or found.values.dtype.kind not in "biuf" or 0 in sizes:
        raise ValueError(
            f"found must have two axes and one number at each point, got {', '.join(axes) or 'no axis'} and "
            f"values of shape {found.values.shape}"
        )
    afford("found", numbers=20.0 * found.values.size)
    (first, rows), (second, columns) = axes.items()
    values = np.where(np.isfinite(found.values), found.values, np.nan).astype(float)
    widest = float(np.nanmax(np.abs(values), initial=0.0))
    if widest > _LARGEST:
        raise ValueError(f"found must have values up to {_LARGEST:g}, which an axis can show, got {widest:g}")
    fig, (ax,) = figure(3.6, [1.0])
    image = ax.imshow(values, cmap="viridis", origin="lower", aspect="auto", interpolation="nearest")
    for axis, label, ticks in ((ax.yaxis, first, rows), (ax.xaxis, second, columns)):
        where = np.unique(np.linspace(0, ticks.size - 1, min(ticks.size, 8)).round().astype(int))
        axis.set_ticks(where, [_spoken(ticks[k]) for k in where])
        axis.set_label_text(label)
    fig.colorbar(image, ax=ax, label=name)

    def at(k: int) -> str:
        i, j = np.unravel_index(k, sizes)
        return f"{first} = {_spoken(rows[i])}, {second} = {_spoken(columns[j])}"

    said = f"{name} over {first} and {second}, {sizes[0]} by {sizes[1]} points."
    missing = int(np.isnan(values).sum())
    if missing < values.size:
        low, high = int(np.nanargmin(values)), int(np.nanargmax(values))
        said += (
            f"\nLowest: {values.flat[low]:.4g} at {at(low)}. Highest: {values.flat[high]:.4g} at {at(high)}."
        )
    if missing:
        said += f"\n{missing} without a number."
    told = [f"{at(k)}: {value:.6g}" for k, value in enumerate(values.flat)] if values.size <= _TOLD else []
    return _Map(fig, said, ax, sizes, told)


def _spoken(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float | np.floating) else str(value)


class _Map(Picture):
    """A picture whose cells have words of their own."""

    def __init__(self, fig: "Figure", alt: str, ax: "Axes", sizes: tuple[int, ...], told: list[str]):
        super().__init__(fig, alt)
        self._ax, self._sizes, self._told = ax, sizes, told

    def _repr_mimebundle_(self, **more: object) -> dict[str, str]:
        forms = super()._repr_mimebundle_(**more)
        if self._told:
            forms["text/html"] = self._with_words()
        return forms

    def _with_words(self) -> str:
        """The picture, and above each cell a rectangle that nobody sees and that has a title."""
        file = io.BytesIO()
        self.fig.savefig(file, format="png", dpi=2 * _PIXELS, facecolor="white")
        data = base64.b64encode(file.getvalue()).decode()
        wide, high = _PIXELS * self.fig.get_size_inches()
        place = self._ax.get_position()
        left, top = wide * place.x0, high * (1.0 - place.y1)
        x, y = wide * place.width / self._sizes[1], high * place.height / self._sizes[0]
        cells = []
        for k, words in enumerate(self._told):
            row, column = divmod(k, self._sizes[1])
            corner = f'x="{left + x * column:.2f}" y="{top + y * (self._sizes[0] - 1 - row):.2f}"'
            size = f'width="{x:.2f}" height="{y:.2f}"'
            cells.append(f'<rect {corner} {size} fill="transparent"><title>{escape(words)}</title></rect>')
        return (
            f'<svg role="img" aria-label="{escape(self.alt)}" viewBox="0 0 {wide:.2f} {high:.2f}" '
            f'width="{wide:.0f}" style="max-width:100%;height:auto" xmlns="http://www.w3.org/2000/svg">'
            f'<image width="{wide:.2f}" height="{high:.2f}" href="data:image/png;base64,{data}"/>'
            f"{''.join(cells)}</svg>"
        )
