"""The same slider and the same picture in the tools that a teacher would take otherwise.

Each draws what the panel draws, in as many pixels: a trace with its threshold and its spikes, the raster of
all neurons, and their rate.
"""

import base64
import json
from pathlib import Path

from benchmarks.latency_panel import BIN, DT, DURATION, NEURONS, START, STEPS, noisy_panel, simulate
from snnlab_widgets.pages.page import STATIC

__all__ = ["INTERACT", "PUSH_NOTEBOOK", "bokeh_page", "columns"]

WIDTH, HEIGHTS = 896, (258, 310, 90)  # pixels, of the panel on a page of 1300

INTERACT = f"""%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider, interact
from benchmarks.latency_panel import BIN, DT, DURATION, STEPS, simulate

ms = DT * np.arange(1, STEPS + 1)
edges = np.arange(0, DURATION + BIN, BIN)

def draw(v_th):
    run = simulate(v_th)
    size = {WIDTH} / plt.rcParams["figure.dpi"], {sum(HEIGHTS)} / plt.rcParams["figure.dpi"]
    figure, (above, below, strip) = plt.subplots(3, figsize=size, sharex=True, height_ratios={HEIGHTS})
    above.plot(ms, run["v"], lw=1)
    above.axhline(v_th, ls="--")
    above.plot(run["first"], np.full(len(run["first"]), -43), "|")
    below.plot(run["times"], run["units"] + 1, "|", ms=4)
    strip.stairs(run["strip"], edges)
    above.set_ylabel("v (mV)"); below.set_ylabel("neuron"); strip.set_ylabel("rate (Hz)")
    strip.set_xlabel("time (ms)")
    plt.show()

interact(draw, v_th=FloatSlider(min=-62, max=-45, step=0.1, value=-50))"""

PUSH_NOTEBOOK = """from bokeh.io import output_notebook, push_notebook, show
from bokeh.resources import INLINE
from ipywidgets import FloatSlider, interact
from benchmarks.latency_panel import simulate
from benchmarks.latency_rivals import columns, figures

output_notebook(INLINE, hide_banner=True)
picture, sources, line = figures()
handle = show(picture, notebook_handle=True)

def draw(v_th):
    for name, data in columns(simulate(v_th)).items():
        sources[name].data = data
    line.location = v_th
    push_notebook(handle=handle)

interact(draw, v_th=FloatSlider(min=-62, max=-45, step=0.1, value=-50))"""


def columns(run: dict) -> dict[str, dict]:
    """What Bokeh draws of a run, by source."""
    import numpy as np

    return {
        "trace": {"ms": DT * np.arange(1, STEPS + 1), "v": run["v"]},
        "first": {"ms": run["first"], "v": np.full(len(run["first"]), -43.0)},
        "raster": {"ms": run["times"], "row": run["units"] + 1},
        "strip": {"ms": BIN * (np.arange(len(run["strip"])) + 0.5), "rate": run["strip"]},
    }


def figures():
    """The picture as Bokeh draws it, its sources and the threshold line."""
    import numpy as np
    from bokeh.layouts import column
    from bokeh.models import ColumnDataSource, Span
    from bokeh.plotting import figure

    sources = {name: ColumnDataSource(data) for name, data in columns(simulate(START["v_th"])).items()}
    line = Span(location=START["v_th"], dimension="width", line_dash="dashed")
    above, below, strip = (
        figure(width=WIDTH, height=height, x_range=(0, DURATION), toolbar_location=None) for height in HEIGHTS
    )
    above.line("ms", "v", source=sources["trace"])
    above.add_layout(line)
    tick = {"marker": "dash", "angle": np.pi / 2}
    above.scatter("ms", "v", source=sources["first"], size=12, **tick)
    below.scatter("ms", "row", source=sources["raster"], size=5, **tick)
    below.y_range.update(start=0, end=NEURONS + 1)
    strip.step("ms", "rate", source=sources["strip"], mode="center")
    for each, label in ((above, "v (mV)"), (below, "neuron"), (strip, "rate (Hz)")):
        each.yaxis.axis_label = label
    strip.xaxis.axis_label = "time (ms)"
    return column(above, below, strip), sources, line


def bokeh_page(file: Path) -> None:
    """One file: Bokeh's slider, and a CustomJS that runs the WebAssembly of the panel."""
    from bokeh.embed import file_html
    from bokeh.layouts import column
    from bokeh.models import CustomJS, Slider
    from bokeh.resources import INLINE

    panel = noisy_panel()
    picture, sources, line = figures()
    slider = Slider(start=-62, end=-45, step=0.1, value=START["v_th"], title="Threshold (mV)")
    state = {
        "module": base64.b64encode(panel.wasm).decode(),
        "spec": panel.spec,
        "values": START | {"seed": str(panel.seed)},
    }
    code = (
        (STATIC / "engine.js").read_text(encoding="utf-8")
        + """
        if (!window.noisy) {
          const { module, spec, values } = JSON.parse(state);
          const bytes = Uint8Array.from(atob(module), c => c.charCodeAt(0));
          window.noisy = { values, wasm: new Wasm(bytes, spec) };
        }
        const { wasm, values } = window.noisy, run = wasm.run({ ...values, v_th: slider.value });
        trace.data = { ms: trace.data.ms, v: run.v.slice() };
        first.data = { ms: run.first.slice(), v: new Float64Array(run.first.length).fill(-43) };
        raster.data = { ms: run.times.slice(), row: Array.from(run.units, k => k + 1) };
        strip.data = { ms: strip.data.ms, rate: run.strip.slice() };
        line.location = slider.value;
    """
    )
    args = {"state": json.dumps(state), "slider": slider, "line": line, **sources}
    slider.js_on_change("value", CustomJS(args=args, code=code))
    html = file_html(column(slider, picture), INLINE, title="Bokeh")
    file.write_text(html, encoding="utf-8")
