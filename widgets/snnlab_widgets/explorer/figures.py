"""The pictures of the explorer in Bokeh: the raster, the population's rate below, the neurons' rates beside.

Bokeh is imported when the first explorer is made: nothing else in the course needs it.
"""

from typing import Any

import numpy as np

from snnlab import Spikes
from snnlab_widgets.explorer.cells import Scene
from snnlab_widgets.views.scale import SCALE
from snnlab_widgets.views.still import LIGHT

__all__ = ["NOTHING", "PALETTE", "Figures"]

NOTHING, *_ = ["#{:02x}{:02x}{:02x}".format(*colour) for colour in SCALE]
"""The colour of a cell without spikes, the darkest of the scale."""
PALETTE = ["#{:02x}{:02x}{:02x}".format(*colour) for colour in SCALE[20:]]
"""The colours of one spike, two, … in a cell: the first is far from `NOTHING`, the lightness only rises."""

FRAME, STRIP, SIDE, LEFT = 320, 84, 112, 62  # heights, the width of the rates, room for numbers, in pixels
SHORTEST = 0.01  # ms that can still be shown

# The cell under the mouse in words: its edges, not the mouse's own place.
_TIMES = """
const { x, width } = cells.data, w = width[0], k = Math.floor((value - x[0]) / w);
const digits = Math.max(0, -Math.floor(Math.log10(w) + 1e-9));
return `${(x[0] + k * w).toFixed(digits)} to ${(x[0] + (k + 1) * w).toFixed(digits)} ms`;"""
_UNITS = """
const { y, neurons } = cells.data, g = neurons[0];
const first = y[0] + 0.5 + g * Math.floor((value - y[0]) / g), last = Math.min(first + g, n_units) - 1;
return first < last ? `${first} to ${last}` : `${first}`;"""


class Figures:
    """The linked pictures of some spikes.

    Parameters
    ----------
    spikes : Spikes
    """

    def __init__(self, spikes: Spikes):
        from bokeh.layouts import column, row
        from bokeh.models import ColumnDataSource, LinearColorMapper, Range1d

        self.spikes = spikes
        top, low = spikes.n_units - 0.5, -0.5
        shortest = min(SHORTEST, spikes.duration)
        self.x = Range1d(0, spikes.duration, bounds=(0, spikes.duration), min_interval=shortest)
        self.y = Range1d(low, top, bounds=(low, top), min_interval=1)
        self.sources = {name: ColumnDataSource() for name in ("cells", "ticks", "population", "rates", "key")}
        self.colours = LinearColorMapper(PALETTE, low=0.5, high=1.5, low_color=NOTHING)
        self.raster, self.below, self.side, self.key = self._raster(), *self._rates(), self._key()
        self.paint(LIGHT)
        self.layout = column(
            row(self.raster, self.side, sizing_mode="stretch_width"),
            row(self.below, column(self.key, width=SIDE, height=STRIP), sizing_mode="stretch_width"),
            sizing_mode="stretch_width",
        )

    @property
    def ids(self) -> dict[str, str]:
        """What a page needs to find the models that it moves."""
        return {"x": self.x.id, "y": self.y.id, "raster": self.raster.id}

    def go(self, start: float, stop: float, low: float, high: float) -> None:
        """Put the axes where a page that is still to come will find them."""
        self.x.update(start=start, end=stop)
        self.y.update(start=low, end=high)

    def _raster(self) -> Any:
        from bokeh.models import CustomJSHover, HoverTool, WheelZoomTool
        from bokeh.plotting import figure

        plot = figure(
            x_range=self.x, y_range=self.y, height=FRAME, sizing_mode="stretch_width", lod_threshold=None,
            tools="pan,box_zoom,wheel_zoom,reset,save", active_drag="box_zoom", active_scroll="wheel_zoom",
            toolbar_location="above", y_axis_label="neuron", background_fill_color=NOTHING,
            min_border_left=LEFT, min_border_right=8, min_border_bottom=24,
        )  # fmt: skip
        cells, ticks = self.sources["cells"], self.sources["ticks"]
        image = plot.image("image", "x", "y", "dw", "dh", source=cells, color_mapper=self.colours)
        dashes = plot.scatter(
            "time", "neuron", source=ticks, marker="dash", angle=np.pi / 2, size="size",
            line_color=PALETTE[-6], line_width=1.5,
        )  # fmt: skip
        # a reader who has come down to one neuron can still go on in time
        plot.select_one(WheelZoomTool).maintain_focus = False
        words = {"cells": cells, "n_units": self.spikes.n_units}
        plot.add_tools(
            HoverTool(
                renderers=[image],
                tooltips=[("time", "$x{custom}"), ("neuron", "$y{custom}"), ("spikes", "@image")],
                formatters={
                    "$x": CustomJSHover(args=words, code=_TIMES),
                    "$y": CustomJSHover(args=words, code=_UNITS),
                },
            ),
            HoverTool(
                renderers=[dashes],
                tooltips=[("time", "@time{0.000} ms"), ("neuron", "@neuron"), ("spikes", "1")],
            ),
        )
        return plot

    def _rates(self) -> tuple[Any, Any]:
        from bokeh.models import DataRange1d, HoverTool
        from bokeh.plotting import figure

        common = {"toolbar_location": None, "min_border_top": 4, "lod_threshold": None}
        below = figure(
            x_range=self.x, y_range=DataRange1d(start=0), height=STRIP + 48, sizing_mode="stretch_width",
            x_axis_label="time (ms)", y_axis_label="rate (Hz)", tools="xpan,xwheel_zoom",
            active_scroll="xwheel_zoom", min_border_left=LEFT, min_border_right=8, **common,
        )  # fmt: skip
        bins = below.quad(left="left", right="right", bottom=0, top="rate", source=self.sources["population"])
        below.add_tools(
            HoverTool(
                renderers=[bins],
                tooltips=[("time", "@left{0.[000]} to @right{0.[000]} ms"), ("rate", "@rate{0.0} Hz")],
            )
        )
        side = figure(
            y_range=self.y, x_range=DataRange1d(start=0), width=SIDE, height=FRAME, tools="ypan,ywheel_zoom",
            active_scroll="ywheel_zoom", x_axis_label="rate (Hz)", min_border_right=12, **common,
        )  # fmt: skip
        side.yaxis.visible = False
        bars = side.quad(left=0, right="rate", bottom="bottom", top="top", source=self.sources["rates"])
        side.add_tools(
            HoverTool(renderers=[bars], tooltips=[("neuron", "@neuron"), ("rate", "@rate{0.0} Hz")])
        )
        self.bars = bins, bars
        return below, side

    def _key(self) -> Any:
        from bokeh.models import Range1d
        from bokeh.plotting import figure

        key = figure(
            x_range=Range1d(-0.5, 1.5), y_range=Range1d(0, 1), width=SIDE, height=64, tools="",
            toolbar_location=None, x_axis_label="spikes in a cell", min_border_left=0, min_border_right=12,
        )  # fmt: skip
        key.image("image", x="x", y=0, dw="dw", dh=1, source=self.sources["key"], color_mapper=self.colours)
        key.yaxis.visible = False
        return key

    def paint(self, colours: dict[str, str]) -> None:
        """Take on the colours of the page around: ``ink``, ``soft``, ``rule`` and ``trace``."""
        for plot in (self.raster, self.below, self.side, self.key):
            plot.border_fill_color = None
            plot.outline_line_color = colours["rule"]
            if plot is not self.raster:
                plot.background_fill_color = None
            plot.grid.grid_line_color = None if plot in (self.raster, self.key) else colours["rule"]
            for axis in plot.axis:
                axis.axis_label_text_color = axis.major_label_text_color = colours["ink"]
                axis.axis_line_color = axis.major_tick_line_color = colours["soft"]
                axis.minor_tick_line_color = None
                axis.ticker.desired_num_ticks = (
                    3 if axis in (*self.below.yaxis, *self.side.xaxis, *self.key.xaxis) else 6
                )
                axis.axis_label_text_font_style, axis.axis_label_text_font_size = "normal", "12px"
                axis.major_label_text_font_size = "12px"
        for bars in self.bars:
            bars.glyph.fill_color = bars.glyph.line_color = colours["trace"]

    def draw(self, seen: Scene, ends: tuple[float, ...]) -> None:
        """Show `seen` on axes with these `ends`."""
        most = max(3, int(seen.counts.max(initial=0)))
        small = np.min_scalar_type(most)  # one byte a cell nearly always: less to send
        rows, columns = (0, 0) if seen.single else seen.counts.shape
        tall = FRAME / (ends[3] - ends[2])
        self._set(
            "cells",
            image=[] if seen.single else [seen.counts.astype(small)],
            x=[] if seen.single else [seen.start],
            y=[] if seen.single else [seen.first - 0.5],
            dw=[] if seen.single else [columns * seen.width],
            dh=[] if seen.single else [rows * seen.neurons],
            width=[] if seen.single else [seen.width],
            neurons=[] if seen.single else [seen.neurons],
        )
        self._set(
            "ticks",
            time=seen.times,
            neuron=seen.units,
            size=np.full(seen.times.size, np.clip(0.8 * tall, 5, 24)),
        )
        left, right = np.round(seen.bins[:-1], 9), np.round(seen.bins[1:], 9)
        self._set("population", left=left.tolist(), right=right.tolist(), rate=seen.population.tolist())
        lasts = np.minimum(seen.edges[1:], self.spikes.n_units) - 1
        self._set(
            "rates",
            bottom=(seen.edges[:-1] - 0.5).tolist(),
            top=(lasts + 0.5).tolist(),
            rate=seen.rates.tolist(),
            neuron=[str(a) if a == b else f"{a} to {b}" for a, b in zip(seen.edges[:-1], lasts, strict=True)],
        )
        if not seen.single:
            self.colours.high = most + 0.5
            self.key.x_range.end = most + 0.5
            steps = (
                np.arange(most + 1, dtype=small)[None, :] if most < 200 else np.linspace(0, most, 200)[None]
            )
            self._set("key", image=[steps], x=[-0.5], dw=[most + 1])
        self.key.visible = not seen.single

    def _set(self, name: str, **columns: Any) -> None:
        """Replace the columns of a source, unless nothing was there and nothing comes."""
        source = self.sources[name]
        if source.data and not any(map(len, source.data.values())) and not any(map(len, columns.values())):
            return
        source.data = columns
