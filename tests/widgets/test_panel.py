"""The panel in Python: values, result, words, and what it refuses."""

import numpy as np
import pytest
from snnlab_widgets import (
    Array,
    Axis,
    Control,
    Curve,
    Panel,
    ReadOut,
    Trace,
    lif_panel,
    poisson_panel,
)
from snnlab_widgets.views.frames import in_words, thin

from snnlab import Spikes
from snnlab.neurons import LIF, lif_rate, simulate_lif


def square(a):
    x = np.linspace(0, 2, 50)
    return {"x": x, "y": x**2, "area": a**2}


def declaration(**changes):
    whole = {
        "title": "A square",
        "question": "How fast does it grow?",
        "controls": [Control("a", "a", "Side", 0.0, 2.0, 1.0, 0.1, "m")],
        "readouts": [ReadOut("area", 2, "m²")],
        "views": [Curve("x", "y", "a", "area", Axis(0.0, 2.0, "side (m)"), "area (m²)")],
        "sentence": "a = {a} m: area {area} m²",
        "headline": "area",
        "compute": square,
    }
    return Panel("square", **(whole | changes))


def test_lif_panel_is_the_simulation():
    panel = lif_panel(engine="kernel", v_th=-53.0, current=0.3, t_ref=4.0, tau_m=15.0)
    current = np.repeat([0.0, 0.3], [1000, 10_000])
    run = simulate_lif(current, LIF(tau_m=15.0, v_th=-53.0, t_ref=4.0))
    np.testing.assert_array_equal(panel.result.v, run.v)
    np.testing.assert_array_equal(panel.result.times, run.spikes[0])
    assert panel.result.n == len(run.spikes[0]) == panel.result.rate


@pytest.mark.parametrize("t_ref", [0.0, 2.0, 20.0])
@pytest.mark.parametrize("tau_m", [5.0, 20.0, 50.0])
def test_lif_curve_is_the_closed_form(tau_m, t_ref):
    panel = lif_panel(engine="kernel", tau_m=tau_m, t_ref=t_ref)
    expected = lif_rate(panel.result.i_curve, LIF(tau_m=tau_m, t_ref=t_ref))
    np.testing.assert_allclose(panel.result.rate_curve, expected, rtol=1e-9)
    assert expected.max() > 20 and expected.min() == 0


def test_v_stays_between_reset_and_threshold():
    rng = np.random.default_rng(1)
    panel = lif_panel(engine="kernel")
    fired = 0
    for _ in range(40):
        for control in panel.controls:
            setattr(panel, control.name, rng.uniform(control.low, control.high))
        v = panel.result.v
        assert -65.0 <= v.min() and v.max() <= panel.v_th
        assert np.all(np.diff(panel.result.times) > 0)
        # a spike and the refractory steps after it are at reset, so no spike is to be seen in v
        steps = np.rint(panel.result.times / 0.1).astype(int) - 1
        assert np.all(v[steps] == -65.0)
        fired += panel.result.n > 0
    assert fired > 10


def test_poisson_panel_counts_what_it_shows():
    panel = poisson_panel(engine="kernel", rate=60.0, trials=40.0, window=50.0, seed=7)
    spikes = Spikes(panel.result.times, panel.result.units, n_units=40, duration=1000)
    assert panel.result.measured == pytest.approx(len(spikes.times) / 40)
    counts = np.array([np.histogram(train, bins=20, range=(0, 1000))[0] for train in spikes])
    assert panel.result.fano == pytest.approx(counts.var(ddof=1) / counts.mean())
    strip = np.histogram(spikes.times, bins=50, range=(0, 1000))[0] / 40 * 50
    np.testing.assert_allclose(panel.result.strip, strip)
    # rate within 5 standard errors, and the Fano factor of a Poisson process is 1
    assert abs(panel.result.measured - 60) < 5 * np.sqrt(60 / 40)
    assert abs(panel.result.fano - 1) < 5 * np.sqrt(2 / 800)


def test_poisson_intervals():
    panel = poisson_panel(engine="kernel", rate=30.0, trials=50.0, seed=3)
    spikes = Spikes(panel.result.times, panel.result.units, n_units=50, duration=1000)
    gaps = np.concatenate([np.diff(train) for train in spikes])
    counts = np.histogram(gaps, bins=np.arange(0, 200.1, 5))[0]
    np.testing.assert_array_equal(panel.result.intervals, counts)
    assert counts.sum() > 1000


def test_poisson_law_is_the_exponential_of_a_finite_trial():
    """r² (T − x) exp(−r x), integrated over each bin by Simpson's rule."""
    for rate, trials in ((2.0, 10.0), (30.0, 50.0), (100.0, 2.0)):
        panel = poisson_panel(engine="kernel", rate=rate, trials=trials)
        edges, r = np.arange(0, 201, 5), rate / 1000
        density = lambda x, r=r, trials=trials: trials * r**2 * (1000 - x) * np.exp(-r * x)  # noqa: E731
        a, b = edges[:-1], edges[1:]
        expected = (density(a) + 4 * density((a + b) / 2) + density(b)) * 5 / 6
        np.testing.assert_allclose(panel.result.law, expected, rtol=1e-4)


def test_poisson_intervals_follow_the_law():
    """The sum over many seeds, bin by bin, within 5 standard errors of the expected counts."""
    panel = poisson_panel(engine="kernel", rate=20.0, trials=50.0)
    total = np.zeros(40)
    for seed in range(200):
        panel.seed = seed
        total += panel.result.intervals
    expected = 200 * panel.result.law
    assert np.all(np.abs(total - expected) < 5 * np.sqrt(expected))
    assert expected.min() > 100  # enough for the bell curve


def test_poisson_room_is_enough_at_the_highest_rate():
    panel = poisson_panel(engine="kernel", rate=100.0, trials=50.0)
    for seed in range(20):
        panel.seed = seed
        assert panel.result.n < 6000


def test_code_and_link_carry_values_in_full():
    panel = lif_panel(engine="kernel", v_th=-52.125)
    assert "v_th=-52.125," in panel.as_python()
    assert panel.link() == "#lif?v_th=-52.125&tau_m=20.0&current=0.2&t_ref=2.0"


def test_sentence():
    panel = lif_panel(engine="kernel")
    assert str(panel) == repr(panel) == "v_th = −50.0 mV: 33 spikes, 33.0 Hz"
    panel.current = 0.0
    assert str(panel) == "v_th = −50.0 mV: 0 spikes, 0.0 Hz"
    assert panel.headline() == "0.0 Hz"
    one = lif_panel(engine="kernel", current=0.15002, tau_m=50.0)
    assert one.result.n == 2 and "2 spikes" in str(one)


def test_values_are_validated_and_observed():
    panel = lif_panel(engine="kernel")
    seen = []
    panel.observe(lambda change: seen.append(change["new"]), "v_th")
    panel.v_th = -55
    assert seen == [-55.0] and isinstance(panel.v_th, float)
    for bad in (-62.1, -44, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=r"^v_th must be between −62\.0 and −45\.0 mV, got "):
            panel.v_th = bad
    with pytest.raises(TypeError, match=r"^v_th must be a number, got 'low'$"):
        panel.v_th = "low"
    assert panel.v_th == -55 and seen == [-55.0]


def test_start_values_reset_and_presets():
    panel = lif_panel(engine="kernel", v_th=-52)
    panel.preset("fast")
    assert panel.values == {"v_th": -52.0, "tau_m": 10.0, "current": 0.4, "t_ref": 2.0}
    panel.reset()
    assert panel.values == {"v_th": -52.0, "tau_m": 20.0, "current": 0.2, "t_ref": 2.0}
    with pytest.raises(ValueError, match=r"preset must be one of silent, .*, got 'slowest'"):
        panel.preset("slowest")
    with pytest.raises(ValueError, match="no control is called threshold; there are v_th, "):
        lif_panel(threshold=-50)
    with pytest.raises(ValueError, match="v_th must be between"):
        lif_panel(v_th=-10)


def test_presets_do_what_they_say():
    panel = lif_panel(engine="kernel")
    rates = {label: (panel.preset(label), panel.result.rate)[1] for label in panel.spec["presets"]}
    assert rates["silent"] == 0
    assert 0 < rates["just above rheobase"] < 15
    assert rates["slow membrane"] < 33 < rates["fast"]


def test_seed():
    panel = poisson_panel(engine="kernel")
    first = panel.result.times
    panel.seed = 2**64 - 1
    assert panel.get_state(["seed"]) == {"seed": "18446744073709551615"}
    assert not np.array_equal(panel.result.times, first)
    panel.set_state({"seed": "12345678901234567890"})
    assert panel.seed == 12345678901234567890 == panel.values["seed"]
    panel.reset()
    np.testing.assert_array_equal(panel.result.times, first)
    for bad, error in ((-1, ValueError), (2**64, ValueError), (1.5, TypeError), (True, TypeError)):
        with pytest.raises(error, match="seed must be "):
            panel.seed = bad
    assert not lif_panel(engine="kernel").has_trait("seed")


def test_source_names_every_kernel_that_ran():
    source = lif_panel(engine="kernel").kernel_source()
    first = next(line for line in source.splitlines() if line.startswith("def "))
    assert first.startswith("def run_step(")
    assert "def run_one(" in source and "def step(" in source and "def rate_at(" in source
    assert "def philox(" in poisson_panel(engine="kernel").kernel_source()
    assert "x**2" in declaration().kernel_source()


def test_function_of_a_student():
    panel = declaration()
    panel.a = 1.5
    assert str(panel) == "a = 1.5 m: area 2.25 m²"
    assert panel.engine == "kernel"
    assert panel.result.area == 2.25 and panel.result.x.shape == (50,)


@pytest.mark.parametrize(
    ("returned", "sentence"),
    [
        (None, "TypeError: compute must return a dict of arrays and numbers, got NoneType"),
        ({"x": [1.0], "area": 1.0}, "ValueError: compute must return x, y, area; missing: y"),
        ({"x": [1.0], "y": [1.0, 2.0], "area": 1.0}, "ValueError: x and y must have the same length"),
        ({"x": [1.0], "y": ["a"], "area": 1.0}, "TypeError: y must be an array of numbers, got <U1"),
        ({"x": [1.0], "y": [[1.0, 2.0]], "area": 1.0}, "ValueError: y must have one axis, got shape (1, 2)"),
    ],
)
def test_mistakes_in_what_a_student_returns(returned, sentence):
    assert request(declaration(compute=lambda a: returned))[0]["error"] == sentence


def request(panel, **values):
    """What the panel answers when the page asks: head and buffers."""
    sent = []
    panel.send = lambda content, buffers=None: sent.append((content, buffers))
    panel._handle_custom_msg({"type": "run", "id": 5, "values": panel.values | values}, [])
    assert len(sent) == 1 and sent[0][0]["id"] == 5 and sent[0][0]["type"] == "frame"
    return sent[0]


def test_an_exception_is_an_answer_too():
    def broken(a):
        return {"x": 1 / (a - a)}

    panel = declaration(compute=broken)
    head, buffers = request(panel, a=1.0)
    assert head["error"] == "ZeroDivisionError: float division by zero (line 2 of broken)"
    assert buffers == []
    bundle = panel._repr_mimebundle_()
    assert bundle["text/plain"].startswith("ZeroDivisionError") and "image/png" not in bundle


def test_values_of_the_page_are_checked_as_well():
    assert "area" not in request(declaration(), a=1.0)[0]
    head, _ = request(declaration(), a=7.0)
    assert head["error"] == "ValueError: a must be between 0.0 and 2.0 m, got 7"


def test_frame_has_what_the_views_draw():
    panel = lif_panel(engine="kernel")
    head, buffers = request(panel, v_th=-55.0)
    arrays = {
        name: np.frombuffer(buffer, dtype)
        for name, dtype, buffer in zip(head["names"], head["types"], buffers, strict=True)
    }
    panel.v_th = -55.0
    np.testing.assert_array_equal(arrays["times"], panel.result.times)
    np.testing.assert_array_equal(arrays["reads"], [panel.result.n, panel.result.rate])
    at = arrays["v<0.at"].astype(int)  # the part that the first view shows
    np.testing.assert_array_equal(arrays["v<0.value"], panel.result.v[at].astype("f4"))
    assert arrays["v<0.steps"] == 4_000
    assert sum(buffer.nbytes for buffer in buffers) < 20_000


def test_thin_keeps_every_extreme():
    rng = np.random.default_rng(2)
    for n in (5, 1200, 1201, 11_000):
        y = rng.normal(size=n).round(1)
        at, value = thin(y, 600)
        assert len(at) <= max(n, 1200) and np.all(np.diff(at) >= 0)
        np.testing.assert_array_equal(value, y[at.astype(int)].astype("f4"))
        edges = np.arange(601) * n // 600
        if n > 1200:
            pairs = value.reshape(600, 2)
            np.testing.assert_array_equal(pairs.min(1), np.minimum.reduceat(y, edges[:-1]).astype("f4"))
            np.testing.assert_array_equal(pairs.max(1), np.maximum.reduceat(y, edges[:-1]).astype("f4"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sentence": "{b} m"}, "'{b} m' asks for b, which is no control and no read-out"),
        ({"sentence": "{a:.f}"}, "a field must look like"),
        ({"headline": "a"}, "headline must be a read-out, got 'a'"),
        ({"best": "a"}, "best must be a read-out, got 'a'"),
        ({"sound": ["z"]}, "sound must be one or two results that a view draws, got ('z',)"),
        (
            {"sound": ["x", "y", "x"]},
            "sound must be one or two results that a view draws, got ('x', 'y', 'x')",
        ),
        ({"compute": None}, "a panel needs either a kernel or a compute function, and not both"),
        ({"engine": "cloud"}, 'engine must be "browser" or "kernel", got \'cloud\''),
        ({"presets": {"big": {"a": 9.0}}}, "a must be between 0.0 and 2.0 m, got 9"),
        ({"presets": {"big": {"b": 1.0}}}, "preset 'big' sets b, which is no control"),
        ({"views": [Trace("y", 1.0, Axis(0, 1, "y"), line="b")]}, "Trace moves b, which is no control"),
        ({"controls": [Control("values", "v", "V", 0, 1, 0, 1)]}, "a control cannot be called values"),
        ({"controls": [Control("title", "v", "V", 0, 1, 0, 1)]}, "a control cannot be called title"),
    ],
)
def test_a_declaration_that_contradicts_itself(changes, sentence):
    with pytest.raises(ValueError) as failure:
        declaration(**changes)
    assert sentence in str(failure.value)


def test_parameters_of_the_kernel_are_declared():
    def figure(x, y, out, a, b):
        pass

    arrays = {"x": Array((5,)), "y": Array((5,))}
    with pytest.raises(ValueError, match="figure: parameter b is no control, array or constant"):
        declaration(compute=None, kernel=figure, arrays=arrays, engine="kernel")
    with pytest.raises(ValueError, match="figure has no parameter c, but the panel declares it"):
        declaration(compute=None, kernel=figure, arrays=arrays, constants={"b": 1, "c": 2}, engine="kernel")


def test_without_exporter_python_computes_and_the_panel_says_so(monkeypatch):
    from snnlab_widgets import wasm
    from snnlab_widgets.core import calls

    def declines(*args, **kwargs):
        raise wasm.ExportError("lif_figure allocates an array at line 12: pass it as an argument")

    monkeypatch.setattr(calls, "SHIPPED", calls.SHIPPED / "nowhere")
    monkeypatch.setattr(wasm, "export", declines)
    panel = lif_panel()
    assert panel.engine == "kernel"
    assert panel.spec["note"].startswith(
        "Python computes this figure: lif_figure allocates an array at line 12"
    )
    assert str(panel) == "v_th = −50.0 mV: 33 spikes, 33.0 Hz"


def test_in_words_names_the_line_of_the_student():
    def first(a):
        b = a
        return b["no"]

    try:
        first({})
    except KeyError as error:
        assert in_words(error, first) == "KeyError: 'no' (line 3 of first)"


def test_the_page_sends_the_seed_as_text():
    panel = poisson_panel(engine="kernel")
    head, buffers = request(panel, seed="18446744073709551615")
    panel.seed = 2**64 - 1
    times = np.frombuffer(buffers[head["names"].index("times")])
    np.testing.assert_array_equal(times, panel.result.times)
