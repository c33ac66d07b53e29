"""The explorer for large results: a raster of a million spikes that can be enlarged down to each of them.

What is seen is counted anew from all spikes at every step (`cells`), so the picture is never
larger than the screen. That needs Python: in a page without it the picture stands still and says so.
"""

import functools
import importlib.util
import math
import os
import zlib
from pathlib import Path
from typing import Any

import anywidget
import numpy as np
import traitlets

from snnlab import Spikes
from snnlab.checks import as_real, whole
from snnlab_widgets.explorer import still
from snnlab_widgets.explorer.cells import COLUMNS, Scene, scene
from snnlab_widgets.explorer.figures import SHORTEST, Figures
from snnlab_widgets.pages import page

__all__ = ["Explorer", "explore"]

SHARE = 700  # bytes a ms


def explore(spikes: Spikes, title: str = "Spikes") -> "Explorer":
    """Look at many spikes: a raster with the population's rate below and the neurons' rates beside it.

    Turn the wheel over the picture to zoom, draw a box to enlarge it, or use the buttons below. Where many
    spikes are in view, colours say how many fall into a cell; where they are few, each is drawn.

    Parameters
    ----------
    spikes : Spikes
        At least one unit, and a duration above 0.
    title : str
        What it is, for who cannot see it.

    Returns
    -------
    Explorer

    Raises
    ------
    TypeError
        If `spikes` is no `Spikes`.
    ValueError
        If there is nothing to look at.

    Examples
    --------
    >>> explorer = explore(Spikes([10.0, 20.0, 25.0], [0, 1, 1], duration=100), "Three spikes")
    >>> print(explorer)
    0.0 to 100.0 ms, neurons 0 to 1: 3 spikes, 15.0 Hz a neuron; each spike is drawn
    >>> explorer.show(start=15, stop=30)
    >>> print(explorer)
    15.00 to 30.00 ms, neurons 0 to 1: 2 spikes, 66.7 Hz a neuron; each spike is drawn
    """
    if not isinstance(spikes, Spikes):
        raise TypeError(
            f"spikes must be a Spikes, got a {type(spikes).__name__}: make one with Spikes(times, …)"
        )
    if not spikes.n_units or not spikes.duration:
        raise ValueError(f"spikes must have a unit and a duration above 0 ms, got {spikes!r}")
    return Explorer(spikes, title)


class Explorer(anywidget.AnyWidget):
    """What `explore` returns: a living figure in the notebook, a still one elsewhere.

    Parameters
    ----------
    spikes : Spikes
    title : str

    Examples
    --------
    >>> Explorer(Spikes([10.0, 20.0], [0, 1], duration=100), "Two spikes").view
    (0.0, 100.0, 0, 1)
    """

    _esm = Path(__file__).parents[1] / "static" / "explorer.js"
    _css = page.css()
    title = traitlets.Unicode().tag(sync=True)
    sentence = traitlets.Unicode(read_only=True).tag(sync=True)

    def __init__(self, spikes: Spikes, title: str):
        self.spikes = spikes
        # time in ms and neurons, as the axes have them
        self._all = (0.0, spikes.duration, -0.5, spikes.n_units - 0.5)
        self._ends: tuple[float, ...] = self._all
        self._figures: Figures | None = None  # made for the first page that shows them
        self._child: Any = None
        self._columns = COLUMNS
        super().__init__(title=title)
        self._draw()
        self.on_msg(self._hear)

    # ---- what is seen ------------------------------------------------------------------------------------

    @property
    def view(self) -> tuple[float, float, int, int]:
        """The time from and to, in ms, and the first and the last neuron that are in view."""
        start, stop, low, high = self._ends
        return start, stop, math.floor(low + 0.5 + 1e-9), math.ceil(high - 0.5 - 1e-9)

    def show(
        self,
        start: float | None = None,
        stop: float | None = None,
        first: int | None = None,
        last: int | None = None,
    ) -> None:
        """Go to a stretch of time and to some neurons.

        Parameters
        ----------
        start, stop : float, optional
            In ms. Where the picture begins and ends; all of the time if left out.
        first, last : int, optional
            The lowest and the highest neuron; all of them if left out.

        Raises
        ------
        ValueError
            If the numbers are out of order or out of range.
        """
        spikes = self.spikes
        start = as_real("start", 0.0 if start is None else start)
        stop = as_real("stop", spikes.duration if stop is None else stop)
        first = whole("first", 0 if first is None else first)
        last = whole("last", spikes.n_units - 1 if last is None else last)
        if not 0 <= start < stop <= spikes.duration:
            rule = f"start and stop must satisfy 0 <= start < stop <= {spikes.duration:g} ms"
            raise ValueError(f"{rule}, got {start:g} and {stop:g}")
        if not first <= last < spikes.n_units:
            rule = f"first and last must satisfy first <= last <= {spikes.n_units - 1}"
            raise ValueError(f"{rule}, got {first} and {last}")
        self._go(start, stop, first - 0.5, last + 0.5)

    @property
    def seen(self) -> Scene:
        """The numbers behind the picture."""
        return scene(self.spikes, *self.view, columns=self._columns)

    def _go(self, *ends: float) -> None:
        """Show this, here and in the page."""
        self._ends = ends
        self.send({"type": "go", "ends": ends})
        self._draw()

    def _draw(self) -> None:
        seen = self.seen
        if self._figures:
            self._figures.draw(seen, self._ends)
        self.set_trait("sentence", still.sentence(seen, self.view, self.spikes.n_units))
        # the page asks again when the server, which allows 1 MB a second, has room for another picture
        self.send({"type": "drawn", "pause": 0 if seen.single else seen.counts.size / SHARE})

    # ---- talking to the page -----------------------------------------------------------------------------

    def _hear(self, _: Any, message: dict, buffers: Any) -> None:
        match message.get("type"):
            case "begin":
                try:
                    self.send({"type": "child"} | self._begin(message["colours"]))
                except Exception as error:  # the page waits for an answer
                    self.send({"type": "child", "error": f"{type(error).__name__}: {error}"})
            case "library":
                self.send({"type": "library"}, [_library()])
            case "colours" if self._figures:
                self._figures.paint(message["colours"])
            case "moved":
                self._columns = min(max(int(message["pixels"]), 100), COLUMNS)
                low, high = np.reshape(self._all, (2, 2)).T
                ends = np.clip(np.reshape(message["ends"], (2, 2)).T, low, high).T
                self._ends = tuple(ends.ravel().tolist())
                self._draw()
            case "move":
                self._step(message["by"])

    def _begin(self, colours: dict[str, str]) -> dict[str, Any]:
        """Make the figures for a page in its colours, and tell it what they are."""
        import bokeh
        from jupyter_bokeh import BokehModel

        if self._figures is None:
            self._figures = Figures(self.spikes)
            self._figures.paint(colours)
            self._draw()
            self._child = BokehModel(self._figures.layout, combine_events=True)
        self._figures.go(*self._ends)
        return {"id": self._child.model_id, "version": bokeh.__version__, "models": self._figures.ids}

    def _step(self, by: str) -> None:
        """A button was pressed: zoom by two or move by a quarter, in time or over the neurons."""
        axis, _, how = by.partition(" ")
        k = {"time": 0, "neurons": 2}.get(axis)
        if k is None:
            self._go(*self._all)
            return
        (low, high), (least, most) = self._ends[k : k + 2], self._all[k : k + 2]
        smallest = min(SHORTEST, most) if axis == "time" else 1.0
        size = {"closer": 0.5, "further": 2.0}.get(how, 1.0) * (high - low)
        size = min(max(size, smallest), most - least)
        low = (low + high - size) / 2 + {"back": -0.25, "on": 0.25}.get(how, 0.0) * size
        low = min(max(low, least), most - size)
        self._go(*self._ends[:k], low, low + size, *self._ends[k + 2 :])

    def open(self) -> None:
        """Connect to the page (not in a book build, which has no widget to connect to)."""
        if os.environ.get("SNNLAB_STATIC") != "1":
            super().open()

    def __str__(self) -> str:
        return self.sentence

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:  # type: ignore[override]
        """All forms of the explorer by mime type; the front end takes the best that it can show."""
        data = still.forms(self.seen, self.view, self.spikes, self.title)
        if os.environ.get("SNNLAB_STATIC") != "1" and importlib.util.find_spec("jupyter_bokeh"):
            view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
            data["application/vnd.jupyter.widget-view+json"] = view
        return data


@functools.cache
def _library() -> bytes:
    """BokehJS, compressed: a page of Jupyter has none, and no network is asked for it."""
    from bokeh.util.paths import bokehjs_path

    return zlib.compress((Path(bokehjs_path()) / "js" / "bokeh.min.js").read_bytes(), 9)
