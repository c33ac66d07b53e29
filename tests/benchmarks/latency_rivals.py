"""The same slider and the same two pictures in the tools that a teacher would take otherwise."""

import base64
import json
from pathlib import Path

from benchmarks.latency_panel import DT, NEURONS, START, STEPS, noisy_panel, simulate
from snnlab_widgets.page import STATIC

__all__ = ["INTERACT", "PUSH_NOTEBOOK", "bokeh_page"]

INTERACT = """%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider, interact
from benchmarks.latency_panel import DT, STEPS, simulate

ms = DT * np.arange(1, STEPS + 1)

def draw(v_th):
    run = simulate(v_th)
    figure, (above, below) = plt.subplots(2, figsize=(7.4, 5.6), sharex=True)
    above.plot(ms, run["v"], lw=1)
    above.axhline(v_th, ls="--")
    below.plot(run["times"], run["units"] + 1, "|", ms=4)
    plt.show()

interact(draw, v_th=FloatSlider(min=-62, max=-45, step=0.1, value=-50))"""

PUSH_NOTEBOOK = """from bokeh.io import output_notebook, push_notebook, show
from bokeh.resources import INLINE
from ipywidgets import FloatSlider, interact
from benchmarks.latency_panel import simulate
from benchmarks.latency_rivals import figures

output_notebook(INLINE, hide_banner=True)
picture, trace, raster, line = figures()
handle = show(picture, notebook_handle=True)

def draw(v_th):
    run = simulate(v_th)
    trace.data["v"] = run["v"]
    raster.data = {"times": run["times"], "rows": run["units"] + 1}
    line.location = v_th
    push_notebook(handle=handle)

interact(draw, v_th=FloatSlider(min=-62, max=-45, step=0.1, value=-50))"""


def figures():
    """Trace and raster as Bokeh draws them, with their sources and the threshold line."""
    import numpy as np
    from bokeh.layouts import column
    from bokeh.models import ColumnDataSource, Span
    from bokeh.plotting import figure

    run = simulate(START["v_th"])
    trace = ColumnDataSource({"ms": DT * np.arange(1, STEPS + 1), "v": run["v"]})
    raster = ColumnDataSource({"times": run["times"], "rows": run["units"] + 1})
    line = Span(location=START["v_th"], dimension="width", line_dash="dashed")
    above = figure(width=740, height=260, y_range=(-72, -42), toolbar_location=None)
    above.line("ms", "v", source=trace)
    above.add_layout(line)
    below = figure(width=740, height=300, y_range=(0, NEURONS + 1), toolbar_location=None)
    below.scatter("times", "rows", source=raster, marker="dash", angle=np.pi / 2, size=5)
    return column(above, below), trace, raster, line


def bokeh_page(file: Path) -> None:
    """One file: Bokeh's slider, and a CustomJS that runs the WebAssembly of the panel."""
    from bokeh.embed import file_html
    from bokeh.layouts import column
    from bokeh.models import CustomJS, Slider
    from bokeh.resources import INLINE

    panel = noisy_panel()
    picture, trace, raster, line = figures()
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
        raster.data = { times: run.times.slice(), rows: Array.from(run.units, k => k + 1) };
        line.location = slider.value;
    """
    )
    args = {"state": json.dumps(state), "slider": slider, "trace": trace, "raster": raster, "line": line}
    slider.js_on_change("value", CustomJS(args=args, code=code))
    html = file_html(column(slider, picture), INLINE, title="Bokeh")
    file.write_text(html, encoding="utf-8")
