"""The schemes: their words tell what is drawn, all stands on the sheet, and can be read on a phone."""

import base64
import re
from functools import cache

import numpy as np
import pytest
from chapters.notebook import chapter_files, excursion_files, read
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.patches import FancyArrowPatch, Rectangle

from snnlab import plots
from snnlab.learning.gradients.surrogate_shapes import fast_sigmoid
from snnlab.loihi.mapping.chip import Limits
from snnlab.neurons import LIF, simulate_lif
from snnlab.plots.schemes import chip, networks
from snnlab.plots.schemes.sheet import BLACK, BLUE, RED, WIDTH, fading

NAMES = [name for name in plots.__all__ if name.startswith("scheme_of_")]
PHONE = 358  # pixels of a page's column where the screen has 390
LABELS = {  # what is written in a scheme, and how its words in `alt` call it
    "membrane": ["$C$", "$R$", "v_\\mathrm{th}", "v_\\mathrm{rest}", "v_\\mathrm{reset}", "t_\\mathrm{ref}"],
    "delay_lines": ["left", "right", "$d_4 = \\delta$"],
    "balance": ["E", "I", "$w$", "$-g\\,w$", "$K_E$", "$K_I$", "$r_E$", "$r_I$", "\\eta\\, \\theta"],
    "surrogate": ["$w$", "$v$", "$s$", "$L$", "$h(v - 1)$"],
    "stdp": ["$x$", "$y$", "$w$", "\\lambda\\, x", "\\alpha\\lambda\\, y"],
    "feedback": ["$W^1$", "$W^2$", "$B^1$", "$h^1$", "$h^2$", "\\delta^1", "\\delta^2"],
    "eligibility": ["$c$", "$D$", "$w$", "$T$"],
    "responses": ["$w\\,\\epsilon$", "$\\eta$", "u_\\mathrm{rest}", "$u$", "$\\vartheta$"],
    "resets": ["$z$", "$v$", "$\\theta$"],
    "adaptive_threshold": ["$\\theta$", "$\\vartheta$", "$v$", "\\tau_a", "\\tau_m"],
    "event_pixel": ["\\ln I", "$\\ell$", "\\theta_\\mathrm{on}", "\\theta_\\mathrm{off}", "ON", "OFF"],
    "core": ["input", "4096", "synaptic", "128 KB", "compart", "1024", "output", "32 tiles", "mesh"],
    "compartment": [
        "$s_j$",
        "m_j",
        "$q$",
        "$u$",
        "$v$",
        "$b$",
        "\\delta_u",
        "\\delta_v",
        "64\\, v_\\mathrm{th}",
    ],
    "engine": [
        "$x_0$",
        "$x_1$",
        "$x_2$",
        "$y_0$",
        "$y_1$",
        "$w, d, t$",
        "$r$",
        "dw = 2^-2*x1*y0 - 2^-3*x0*y1",
    ],
}


@cache
def scheme(name):
    """The picture of a scheme, drawn."""
    picture = getattr(plots, f"scheme_of_{name}")()
    FigureCanvasAgg(picture.fig).draw()
    return picture


@cache
def drawn_in_chapters():
    """The cells of all chapters that show a scheme."""
    return [cell for path in chapter_files() + excursion_files() for cell in read(path).tagged("part:scheme")]


def texts(name):
    return [text for text in scheme(name).fig.axes[0].texts if text.get_text()]


def arrows(name, colour):
    patches = [patch for patch in scheme(name).fig.axes[0].patches if isinstance(patch, FancyArrowPatch)]
    return [patch for patch in patches if patch.get_edgecolor() == to_rgba(colour)]


def test_each_scheme_is_looked_at():
    assert sorted(NAMES) == sorted(f"scheme_of_{name}" for name in LABELS)


@pytest.mark.parametrize("name", LABELS)
def test_a_scheme_is_shown_with_its_words(name):
    bundle = scheme(name)._repr_mimebundle_()
    png = base64.b64decode(re.search(r"base64,([^\"]*)", bundle["text/html"])[1])
    assert png.startswith(b"\x89PNG") and bundle["text/plain"] == scheme(name).alt
    assert len(scheme(name).alt.splitlines()) >= 3


@pytest.mark.parametrize("name", LABELS)
def test_every_symbol_is_drawn(name):
    drawn = "\n".join(text.get_text() for text in texts(name))
    assert [symbol for symbol in LABELS[name] if symbol not in drawn] == []


@pytest.mark.parametrize("name", LABELS)
def test_all_words_stand_on_the_sheet_and_on_no_other(name):
    figure = scheme(name).fig
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts(name)]
    sheet = figure.bbox
    assert [
        said for said, box in boxes if box.x0 < 0 or box.x1 > sheet.x1 or box.y0 < 0 or box.y1 > sheet.y1
    ] == []
    over = [
        (a, b)
        for k, (a, one) in enumerate(boxes)
        for b, other in boxes[:k]
        if one.shrunk(0.98, 0.9).overlaps(other)
    ]
    assert over == []


@pytest.mark.parametrize("name", LABELS)
def test_words_can_be_read_on_a_phone(name):
    """At the width of a phone's page the smallest letters are of 10 pixels."""
    shown = PHONE / (96 * scheme(name).fig.get_figwidth())
    assert scheme(name).fig.get_figwidth() == pytest.approx(WIDTH / 10, rel=1e-12, abs=0)
    assert min(text.get_fontsize() for text in texts(name)) * 96 / 72 * shown >= 10


@pytest.mark.parametrize("name", LABELS)
def test_a_scheme_stands_in_one_chapter_with_its_words(name):
    """What stands before it is a rule of the chapters (`parts.py`)."""
    (cell,) = [cell for cell in drawn_in_chapters() if cell.source == f"plots.scheme_of_{name}()"]
    assert cell.outputs[0]["data"]["text/plain"] == scheme(name).alt


def test_the_drawn_potential_is_that_of_the_neuron():
    ax = scheme("membrane").fig.axes[0]
    teeth = max(ax.lines, key=lambda line: line.get_xdata().size).get_ydata()
    v = simulate_lif(np.full(450, 0.3), LIF(t_ref=5.0), dt=0.1).v
    np.testing.assert_allclose((teeth[1:] - 4.0) / 9.0, (v + 65.0) / 15.0, rtol=0, atol=1e-12)


def test_the_drawn_hump_is_the_surrogate():
    curves = [line for line in scheme("surrogate").fig.axes[0].lines if line.get_xdata().size > 100]
    step, hump = (line.get_ydata() - line.get_ydata()[0] for line in curves)
    assert set(step) == {0.0, 6.5}
    v = np.linspace(0.0, 2.0, hump.size)
    h = fast_sigmoid(v - 1.0, 0.3)
    np.testing.assert_allclose(hump, 7.5 * (h - h[0]), rtol=0, atol=1e-12)


def test_a_drawn_trace_jumps_and_fades():
    t = np.array([0.0, 10.0, 20.0, 30.0])
    np.testing.assert_allclose(
        fading(t, (10.0, 20.0), 10.0), [0, 1, 1 + np.exp(-1), np.exp(-1) + np.exp(-2)], rtol=1e-14, atol=0
    )


def test_at_each_spike_the_weight_goes_as_the_other_trace_stands():
    """Up by λ x at post and down by α λ y at pre, as long as the point that marks what was read is high."""
    ax = scheme("stdp").fig.axes[0]
    x, y, w = (line.get_ydata() for line in ax.lines if line.get_xdata().size > 100)
    points = [line for line in ax.lines if line.get_marker() == "o"]
    read_x, read_y = (point.get_ydata()[0] for point in points)
    jumps = np.diff(w)[np.abs(np.diff(w)) > 1e-9]
    np.testing.assert_allclose(jumps, [read_x - x.min(), -1.3 * (read_y - y.min())], rtol=1e-9, atol=0)


def test_weights_down_are_those_up_only_where_they_should_be():
    """Six lines up and six down in each half: as thick as their partners above, and not below."""
    up = [arrow.get_linewidth() for arrow in arrows("feedback", BLUE)]
    down = [arrow.get_linewidth() for arrow in arrows("feedback", RED)]
    assert (len(up), len(down)) == (14, 14)  # with the arrow of W¹, and what changes it
    assert up[:6] == down[:6] and up[7:13] == up[:6]
    assert sorted(down[7:13]) != sorted(up[7:13]) and np.corrcoef(down[7:13], up[7:13])[0, 1] < 0.5
    assert networks.scheme_of_feedback is plots.scheme_of_feedback


def test_only_the_synapse_whose_trace_has_waited_changes():
    ax = scheme("eligibility").fig.axes[0]
    c, w, d, c_b, w_b = (line.get_ydata() for line in ax.lines if line.get_xdata().size > 100)
    reward = np.argmax(d)
    assert np.ptp(w[:reward]) == 0 and np.ptp(w) > 2 and np.ptp(c_b) == np.ptp(w_b) == 0
    assert c[reward] - c.min() == pytest.approx(4.6 * np.exp(-2.0), rel=2e-3, abs=0)  # a grid of 2 ms


@pytest.mark.parametrize("name", ["balance", "delay_lines", "feedback"])
def test_the_two_kinds_of_arrows_differ_without_colours(name):
    dashes = {colour: {arrow.get_linestyle() for arrow in arrows(name, colour)} for colour in (BLUE, RED)}
    assert len(dashes[BLUE]) == len(dashes[RED]) == 1 and dashes[BLUE] != dashes[RED]


def longest(name, colour):
    """The heights of the curve of this colour that has most points."""
    lines = [line for line in scheme(name).fig.axes[0].lines if line.get_color() == colour]
    return max((line.get_ydata() for line in lines), key=len)


def upright(name, colour, high):
    """Where upright strokes of this colour and height stand."""
    lines = [line for line in scheme(name).fig.axes[0].lines if line.get_color() == colour]
    return [
        line.get_xdata()[0]
        for line in lines
        if len(line.get_xdata()) == 2 and np.isclose(np.ptp(line.get_ydata()), high, rtol=0, atol=1e-9)
    ]


def test_the_sum_of_the_drawn_humps_is_at_the_threshold_where_the_neuron_fires():
    lines = [line for line in scheme("responses").fig.axes[0].lines if line.get_xdata().size > 100]
    humps = [line.get_ydata() - 34.0 for line in lines if line.get_color() == BLUE]
    before = next(line.get_ydata() - 22.0 for line in lines if line.get_color() == BLACK)
    np.testing.assert_allclose(before, np.sum(humps, axis=0)[: before.size], rtol=0, atol=1e-12)
    assert before.max() < 7.5 <= np.sum(humps, axis=0)[before.size]


def test_the_drawn_resets_fire_as_often_as_the_words_say():
    heights = (27.0 + 11.0 + 3.2, 4.5 + 11.0 + 3.2)
    ticks = [
        line.get_ydata()[0]
        for line in scheme("resets").fig.axes[0].lines
        if line.get_color() == RED and np.isclose(np.ptp(line.get_ydata()), 2.2, rtol=0, atol=1e-9)
    ]
    counts = sorted(sum(np.isclose(low, high, rtol=0, atol=1e-9) for low in ticks) for high in heights)
    assert counts == [2, 3]


def test_at_the_drawn_recall_the_potential_is_above_rest_and_below_the_threshold():
    v, theta = (longest("adaptive_threshold", colour) for colour in (BLUE, RED))
    late = slice(3 * v.size // 4, None)
    assert 15.0 < v[late].max() and np.all(v[late] < theta[late]) and theta[0] == 15.0
    assert len(upright("adaptive_threshold", BLACK, 2.6)) == 8


def test_the_drawn_pixel_sends_three_events_and_two():
    assert [len(upright("event_pixel", colour, 2.8)) for colour in (BLUE, RED)] == [3, 2]


def test_the_drawn_chip_has_as_many_cores_as_loihi_and_every_number_is_a_compartment():
    ax = scheme("core").fig.axes[0]
    squares = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    sides = [square.get_width() for square in squares if square.get_width() == square.get_height()]
    assert len(sides) == Limits().cores and len(set(sides)) == 1
    assert sum(square.get_facecolor() == to_rgba(BLACK) for square in squares) == 1  # the one that is shown
    numbers = [text.get_text() for text in texts("core") if len(text.get_text()) == 1]
    lists = sum(len(heard) for heard in chip.LISTS)
    assert sorted(set(numbers)) == ["0", "1", "2", "3"] and len(numbers) == 4 + lists
