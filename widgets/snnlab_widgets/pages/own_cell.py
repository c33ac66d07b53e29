"""The page "Fit your own cell": the kernels of the fits as WebAssembly, a cell to begin with, and the script.

What the page computes is what Python computes: the spikes and the membrane by the kernels of
`snnlab.data.recording`, the fits by those of `snnlab.neurons.fit_lif` and `fit_adaptive`. In JavaScript stand
only the reader of files (``static/recording.js``) and the order of the calls (``static/fitting.js``).
"""

import base64
import inspect
import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numba import typeof

from snnlab.data import Recording, load_patch_adapting
from snnlab.data.recording import LEVEL, crossings, membrane_of
from snnlab.neurons.experiments.adaptive_response import respond, step_errors
from snnlab.neurons.fitting.adaptive_fit import BOUNDED, search_of, search_waits
from snnlab.neurons.fitting.fit import FREE, search_rates
from snnlab.neurons.models import adaptive_lif, lif
from snnlab_widgets.pages.page import as_json, squeezed, still_css
from snnlab_widgets.views import Trace
from snnlab_widgets.views.axis import Axis
from snnlab_widgets.views.shapes import LEGEND_ROW
from snnlab_widgets.wasm import export

__all__ = ["own_cell_document", "own_cell_script", "sample_cell"]

PLACE = "snn-own-cell"
SCRIPTS = (
    "format",
    "engine",
    "axes",
    "controls",
    "legend",
    "trace",
    "save",
    "readoff",
    "zoom",
    "recording",
    "fitting",
    "rates",
    "own_cell",
)
RATES = {
    "kind": "rates",
    "box": {
        "width": 380,
        "left": 40,
        "right": 16,
        "top": 24 + LEGEND_ROW,
        "frame": 200,
        "gap": 0,
        "strip": 0,
        "bottom": 38,
        "head": 12 + LEGEND_ROW,
        "legend": LEGEND_ROW,
    },
    "title": "How often the cell fires at each current, and how often the fitted neurons do",
    "label_x": "current (pA)",
    "label_y": "rate (Hz)",
}
"""The f–I curve, in the words of a view (`static/rates.js`)."""

_FIRST = 8000  # samples of the sample cell: up to 150 ms after its step
_SWEEPS = (0, *range(8, 17))  # one that shows the membrane, and those in which it fires


def sample_cell() -> Recording:
    """The cell that the page has: ten sweeps of the one of chapter 4.

    Returns
    -------
    Recording
        Up to 800 ms.

    Examples
    --------
    >>> sample_cell().v.shape
    (8000, 10)
    """
    cell, sweeps = load_patch_adapting(), list(_SWEEPS)
    return cell._replace(v=cell.v[:_FIRST, sweeps], i=cell.i[:_FIRST, sweeps])


def _sample() -> dict[str, Any]:
    cell = sample_cell()
    hundredths = np.rint(100 * cell.v).astype("<i2")
    begin, end = (round(edge / cell.dt) for edge in cell.step)
    return {
        "v": base64.b64encode(hundredths.tobytes()).decode(),
        "pA": np.rint(1000 * cell.step_current).tolist(),
        "dt": cell.dt,
        "step": cell.step,
        "samples": [begin, end],
        "name": cell.name,
        "loader": "load_patch_adapting",
        "python": f"rig, sweeps = load_patch_adapting(), {list(_SWEEPS)}\n"
        f"cell = rig._replace(v=rig.v[:{_FIRST}, sweeps], i=rig.i[:{_FIRST}, sweeps])\n",
    }


def _leaves(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """What fills an argument, by name: itself, or the fields of a named tuple and of those in it."""
    if not hasattr(value, "_fields"):
        yield name, value
        return
    for field, inside in zip(value._fields, value, strict=True):
        yield from _leaves(f"{name}.{field}", inside)


def _arguments(kernel: Callable, example: tuple) -> list[tuple[str, Any]]:
    names = inspect.signature(getattr(kernel, "py_func", kernel)).parameters
    return [leaf for name, value in zip(names, example, strict=True) for leaf in _leaves(name, value)]


def _module(kernel: Callable, example: tuple) -> dict[str, Any]:
    """A kernel for the page: its bytes, and what its arguments are."""
    call = [
        {"name": name, "array": "f8" if value.dtype == np.float64 else "u8"}
        if isinstance(value, np.ndarray)
        else {"name": name, "whole": isinstance(value, int)}
        for name, value in _arguments(kernel, example)
    ]
    return {"wasm": base64.b64encode(export(kernel, tuple(map(typeof, example)))).decode(), "call": call}


def _modules() -> dict[str, dict[str, Any]]:
    """The kernels with arguments of the types that they have in the page."""
    x, rows, n = np.zeros(1), np.zeros((1, 1)), np.zeros(1, np.int64)
    neuron = (1.0,) * 8
    return {
        "crossings": _module(crossings, (rows, 1.0, 1.0, x, n)),
        "membrane_of": _module(membrane_of, (x, x, 1, 1, 1.0, x, x)),
        "search_rates": _module(search_rates, (x, x, x, 1.0, 1.0, 1.0, x, x, x)),
        "search_waits": _module(
            search_waits, (search_of(True), x, x, n, x, x, n, 1.0, 1.0, 1.0, 1.0, x, x, x, 1)
        ),
        "rates_at": _module(lif.rates_at, (x, x, *neuron[:6])),
        "respond": _module(respond, (x, x, n, x, n, *neuron, 1.0)),
        "step_errors": _module(step_errors, (x, x, n, x, x)),
        "run": _module(adaptive_lif.run, (rows, rows, rows, x, n, adaptive_lif.State(x, x, n), *neuron, 1.0)),
    }


def _search(adapts: bool) -> dict[str, Any]:
    """The arrays of a search that has not begun: their shapes, and their numbers where they are not zero."""
    leaves = _leaves("search", search_of(adapts))
    return {
        name: {"shape": list(array.shape)} | ({"data": array.ravel().tolist()} if array.any() else {})
        for name, array in leaves
    }


def own_cell_data() -> dict[str, Any]:
    """What the script has to know."""
    view = Trace(
        "model",
        1.0,
        Axis(-80.0, 40.0, "v (mV)"),
        spikes="times",
        behind="cell",
        behind_name="the cell",
        behind_spikes="cell_times",
        rows=("cell", "model"),
        name="the model",
        title="A sweep of the cell, and what the fitted neuron does under the same current",
    )
    return {
        "modules": _modules(),
        "searches": {"plain": _search(False), "adaptive": _search(True)},
        "level": LEVEL,
        "free": FREE,
        "bounded": BOUNDED,
        "view": view.spec(),
        "rates": RATES,
        "sample": _sample(),
    }


def own_cell_script() -> str:
    """The script of the page: it fills the element with the id ``snn-own-cell``.

    Returns
    -------
    str
        A script, to stand in a file of its own or in the page.
    """
    rules = still_css() + squeezed("panel.css") + squeezed("own_cell.css")
    body = "".join(squeezed(f"{part}.js") for part in SCRIPTS)
    start = f'openOwnCell("{PLACE}", {as_json(own_cell_data())});'
    text = f"(() => {{\nconst STYLE = {json.dumps(rules)};\n{body}{start}\n}})();\n"
    return text.replace("</", "<\\/")


def own_cell_document() -> str:
    """The page as one file.

    Returns
    -------
    str
        HTML that asks nothing of the network.
    """
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">'
        "<title>Fit your own cell</title><style>:root{color-scheme:light dark;"
        "background:light-dark(#fff,#14181e)}body{margin:0 auto;padding:1rem;max-width:60rem;"
        "color:light-dark(#1b2330,#e8ebf0);font:16px/1.5 system-ui,sans-serif}</style>"
        f'<body><main><h1>Fit your own cell</h1><div id="{PLACE}"></div></main>'
        f"<script>{own_cell_script()}</script></body></html>\n"
    )
