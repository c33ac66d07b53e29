"""Pictures: what they say in words agrees with the data, and what they show carries its words."""

import base64
import html
import re
import subprocess
import sys

import numpy as np
import pytest

from snnlab import plots
from snnlab.data import load_patch_fast_spiking, measure_fi
from snnlab.neurons import simulate_lif

DRAWN = {
    "sweeps": lambda: plots.sweeps(load_patch_fast_spiking(), [0, 12], between=(100, 700)),
    "fi_curve": lambda: plots.fi_curve([0.1, 0.2], [10, 20], {"a": ([0, 1], [0, 9])}, guess=(0.2, 30.0)),
    "curve alone": lambda: plots.fi_curve(curves={"LIF": (np.array([0.1, 0.2]), np.array([0.0, 50.0]))}),
    "trace": lambda: plots.trace(np.zeros(100), 0.1, {"a": np.array([2.0]), "b": []}, v_th=-1.0),
    "curves": lambda: plots.curves({"a": ([0.0, 1.0], [2.0, 3.0])}, "s (ms)", "u (mV)", level=(1.0, "rest")),
    "intervals": lambda: plots.intervals({f"train {k}": np.arange(5) * (k + 1.0) for k in range(7)}),
}


def shown(picture):
    bundle = picture._repr_mimebundle_()
    return bundle, base64.b64decode(re.search(r"base64,([^\"]*)", bundle["text/html"])[1])


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_shown_with_its_words_and_twice_its_pixels(name):
    picture = DRAWN[name]()
    bundle, png = shown(picture)
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == picture.alt == repr(picture)
    assert html.unescape(re.search(r'alt="([^"]*)"', bundle["text/html"])[1]) == picture.alt
    assert png.startswith(b"\x89PNG")
    pixels = int.from_bytes(png[16:20], "big")
    assert pixels == 2 * int(re.search(r'width="(\d+)"', bundle["text/html"])[1])


@pytest.mark.parametrize("name", DRAWN)
def test_axes_are_labelled_with_units(name):
    labels = [text for ax in DRAWN[name]().fig.axes for text in (ax.get_xlabel(), ax.get_ylabel()) if text]
    assert any(re.search(r"\((ms|pA|nA)\)$", label) for label in labels)
    assert all(re.search(r"\((ms|mV|pA|nA|Hz)\)$", label) or label == "pA" for label in labels)


def test_words_of_a_recording_are_the_counts_of_its_steps():
    cell = load_patch_fast_spiking()
    current, rate = measure_fi(cell)
    alt = plots.sweeps(cell, range(17)).alt
    found = re.findall(r"Step of (-?\d+) pA: (\d+) spikes", alt)
    assert [int(pa) for pa, _ in found] == np.round(current * 1000).astype(int).tolist()
    assert [int(n) for _, n in found] == np.round(rate * 0.5).astype(int).tolist()


def test_a_trace_counts_and_draws_the_spikes_of_its_stretch():
    run = simulate_lif(np.full(1000, 0.3))
    times = run.spikes[0]
    picture = plots.trace(run.v, 0.1, {"model": times}, between=(30, 70))
    inside = times[(times >= 30) & (times <= 70)]
    assert f"model: {inside.size} spikes." in picture.alt
    ticks, curve = picture.fig.axes[0].collections[0], picture.fig.axes[1].lines[0]
    assert [segment[0, 0] for segment in ticks.get_segments()] == pytest.approx(inside)
    assert curve.get_xdata()[[0, -1]] == pytest.approx([30.0, 69.9])
    assert curve.get_ydata() == pytest.approx(run.v[300:700])


def test_another_potential_lies_over_the_first_and_is_told():
    v, other = np.zeros(100), np.linspace(-5.0, -1.0, 100)
    picture = plots.trace(v, 0.1, {"cell": [2.0], "model": []}, between=(0, 5), beside={"model": other})
    assert "model: between -5 and -3 mV." in picture.alt
    assert picture.fig.axes[1].lines[1].get_ydata() == pytest.approx(other[:50])


def test_large_currents_are_drawn_in_nA():
    fig = plots.fi_curve([0.1], [10], {"model": ([0.0, 6.0], [0, 60])}, guess=(0.2, 30.0)).fig
    model, cell, guess = fig.axes[0].lines
    assert fig.axes[0].get_xlabel() == "current (nA)"
    assert model.get_xdata() == pytest.approx([0, 6])
    assert (cell.get_xdata()[0], guess.get_xdata()[0]) == pytest.approx((0.1, 0.2))


def test_points_and_curves_are_drawn_in_pA():
    fig = plots.fi_curve([0.1, 0.2], [10, 20], {"model": ([0.0, 0.3], [0, 60])}, guess=(0.2, 30.0)).fig
    model, cell, guess = fig.axes[0].lines
    assert model.get_xdata() == pytest.approx([0, 300])
    assert cell.get_xdata() == pytest.approx([100, 200])
    assert (guess.get_xdata()[0], guess.get_ydata()[0]) == pytest.approx((200, 30))


@pytest.mark.parametrize("between", [(50, 20), (-1, 20), (0, 101), (20, 20)])
def test_a_stretch_of_time_that_is_not_there_is_refused(between):
    with pytest.raises(ValueError, match=r"between must be two times from 0 to 100 ms, in order, got \("):
        plots.trace(np.zeros(1000), 0.1, {}, between=between)


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_a_picture_without_words_is_refused(alt):
    with pytest.raises(ValueError, match="alt must say in words what the figure shows"):
        plots.Picture(None, alt)


def test_words_with_quotes_do_not_end_the_text():
    picture = plots.Picture(DRAWN["intervals"]().fig, 'The "fast" cell <b> & its model.')
    assert '"fast"' not in picture._repr_mimebundle_()["text/html"]


def luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def test_the_first_three_colours_stand_out_from_white():
    # 3 to 1 is what WCAG 2.1 asks of a line in a figure.
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in plots.PALETTE[:3])


def test_a_dark_page_is_recognised_by_the_book_and_by_jupyterlab():
    html_form = DRAWN["intervals"]()._repr_mimebundle_()["text/html"]
    assert "html[data-theme=dark] img.snnlab-picture" in html_form
    assert "body[data-jp-theme-light=false] img.snnlab-picture" in html_form


def test_matplotlib_is_imported_only_when_something_is_drawn():
    program = "import sys; from snnlab import plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_nothing_is_left_in_the_memory_of_pyplot():
    program = (
        "import sys; from snnlab import plots; p = plots.intervals({'a': [0, 1, 3]}); p._repr_mimebundle_();"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
