"""The panel of the front page: its cell is the recorded one, its match is true, and it can be climbed."""

import base64

import numpy as np
import pytest
from snnlab_widgets import match_panel
from snnlab_widgets.chapters.chapter02.match import EVERY, REST, STEP, WINDOW, measured
from snnlab_widgets.core.calls import KernelCall
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.views.shapes import Path

from snnlab.coding import coincidence_factor
from snnlab.data import detect_spikes, load_patch_fast_spiking, measure_membrane
from snnlab.neurons import simulate_lif


@pytest.fixture(scope="module")
def panel():
    return match_panel(engine="kernel")


@pytest.fixture(scope="module")
def hill(panel):
    """The match for every step of both sliders, threshold first."""
    v_th, current = (np.linspace(c.low, c.high, round((c.high - c.low) / c.step) + 1) for c in panel.controls)
    match = [[panel._compute(v_th=a, current=b)["match"] for b in current] for a in v_th]
    return v_th, current, np.array(match)


def test_the_cell_is_the_recorded_one(panel):
    cell = load_patch_fast_spiking()
    sweep = measured().sweep
    assert cell.step_current[sweep] == pytest.approx(0.1, abs=1e-6)
    start, stop = cell.step
    assert stop - start == pytest.approx(STEP)
    shown = slice(round((start - REST) / cell.dt), round((stop + REST) / cell.dt))
    np.testing.assert_allclose(panel.result.cell_v, cell.v[shown, sweep][::EVERY], atol=1e-9)
    spikes = detect_spikes(cell)[sweep : sweep + 1]
    np.testing.assert_array_equal(panel.result.cell_times, spikes.between(start - REST, stop + REST).times)
    # what is shown has no spike outside of the step
    assert panel.result.n_cell == spikes.between(start, stop).n_spikes == len(panel.result.cell_times)


def test_the_numbers_of_the_neuron_are_measured():
    cell, neuron = load_patch_fast_spiking(), measured().neuron
    membrane = measure_membrane(cell)
    found = (neuron.v_rest, neuron.r_m, neuron.tau_m)
    np.testing.assert_allclose(found, membrane, atol=0.5)
    start, stop = cell.step
    v = cell.v[round(start / cell.dt) : round(stop / cell.dt), measured().sweep]
    assert v.min() - 0.1 < neuron.v_reset < np.percentile(v, 10)
    assert neuron.v_reset < neuron.v_th < v.max()


def test_the_refractory_time_fills_the_interval(panel):
    """With the measured threshold and the current of the cell the model fires as often as the cell."""
    neuron = measured().neuron
    panel.v_th, panel.current = neuron.v_th, 0.1
    assert panel.result.n == panel.result.n_cell
    mean = np.diff(panel.result.cell_times).mean()
    assert np.diff(panel.result.times).mean() == pytest.approx(mean, rel=0.01)
    panel.reset()


def test_match_is_made_of_what_it_says(panel):
    cell = load_patch_fast_spiking()
    recorded = detect_spikes(cell)[measured().sweep : measured().sweep + 1].between(*cell.step)
    rng = np.random.default_rng(1)
    seen = set()
    for _ in range(30):
        for control in panel.controls:
            setattr(panel, control.name, rng.uniform(control.low, control.high))
        neuron = measured().neuron._replace(v_th=panel.v_th)
        run = simulate_lif(np.full(5000, panel.current), neuron)
        result = panel.result
        assert result.n == run.spikes.n_spikes
        gamma = coincidence_factor(recorded, run.spikes, WINDOW)
        assert result.gamma == pytest.approx(gamma, abs=1e-9)
        number = 1 - 2 * abs(result.n - recorded.n_spikes) / recorded.n_spikes
        expected = 100 * max(number, 0) * (1 + max(gamma, 0)) / 2
        assert result.match == pytest.approx(expected, abs=1e-6)
        assert 0 <= result.hits <= min(result.n, result.n_cell)
        seen.add(round(result.match))
    assert len(seen) > 10
    panel.reset()


def test_the_start_is_far_from_the_top_which_is_good_but_not_perfect(panel, hill):
    _, _, match = hill
    assert match.max() >= 85
    assert match.max() < 100  # the page promises that nobody gets there
    assert 10 <= panel.result.match <= 40
    assert match.min() == 0


def test_the_top_is_where_the_cell_is(hill):
    """With the current that the cell got, the best threshold is the measured one, within 1 mV."""
    v_th, current, match = hill
    column = match[:, np.argmin(np.abs(current - 0.1))]
    assert column.max() == pytest.approx(match.max())
    assert abs(v_th[column.argmax()] - measured().neuron.v_th) < 1


def test_the_hill_can_be_seen_from_afar(hill):
    """From 2 mV to 2 mV of threshold the mean match rises up to the top and falls after it."""
    _, _, match = hill
    for k in range(30, 80, 10):
        means = match[:200, k].reshape(-1, 20).mean(axis=1)
        top = means.argmax()
        assert abs(top - match[:200, k].argmax() // 20) <= 1
        assert np.all(np.diff(means[: top + 1]) > -3) and np.all(np.diff(means[top:]) < 3)


def test_it_is_climbed_in_a_minute(panel):
    """One slider at a time, to the best seen in a sweep, then slowly around it: 4 sweeps are enough."""
    at = {c.name: c.start for c in panel.controls}
    for fineness in (5, 1):
        for c in panel.controls:
            reach = (c.high - c.low) / 2 if fineness == 5 else 10 * c.step
            around = at[c.name] + np.arange(-reach, reach + c.step / 2, fineness * c.step)
            tried = [float(np.clip(x, c.low, c.high)) for x in around]
            at[c.name] = max(tried, key=lambda x: panel._compute(**(at | {c.name: x}))["match"])
    assert panel._compute(**at)["match"] > 80


def test_given_numbers_travel_in_two_bytes_each_and_are_never_written_to(panel):
    entries = {entry["name"]: entry for entry in panel.spec["call"]}
    hundredths = np.frombuffer(base64.b64decode(entries["cell_v"]["given"]), "<i2")
    np.testing.assert_array_equal(hundredths / entries["cell_v"]["per"], measured().v)
    times = np.frombuffer(base64.b64decode(entries["cell_times"]["given"]), "<f8")
    np.testing.assert_array_equal(times, measured().times)
    assert entries["cell_v"]["array"] == "f8" and "given" not in entries["v"]
    first = panel.call.buffers()
    first["cell_times"][:] = 0
    np.testing.assert_array_equal(panel.call.buffers()["cell_times"], measured().times)


def figure(given, y, out, a):
    for k in range(given.size):
        y[k] = a * given[k]
        given[k] = 0
    out[0] = y[0]


def call_with(given):
    controls, reads = [Control("a", "a", "A", 0.0, 9.0, 1.0, 1.0)], [ReadOut("first")]
    return KernelCall(figure, controls, reads, {"given": given, "y": Array((3,))}, {}, False)


def test_a_kernel_that_writes_to_what_is_given_spoils_only_its_copy():
    mine = np.array([1.0, 2.0, 3.0])
    call = call_with(mine)
    for _ in range(2):
        np.testing.assert_array_equal(call.run({"a": 2.0})["y"], [2, 4, 6])
    np.testing.assert_array_equal(mine, [1, 2, 3])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (np.array([1.0, np.nan]), "given must be finite"),
        (np.array([1, 2], "int16"), "given must be one of float64, int32, uint64, got int16"),
        (np.array(["a"]), "given must be one of float64, int32, uint64, got <U1"),
    ],
)
def test_given_numbers_are_checked(given, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        call_with(given)


@pytest.mark.parametrize("given", [np.array([2**15], "int32"), np.array([7], "uint64"), np.array([0.125])])
def test_large_and_exact_numbers_keep_their_size(given):
    entry = call_with(given).spec()[0]
    assert entry["type"] == entry["array"]
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(entry["given"]), f"<{entry['type']}"), given)


def test_the_still_picture_shows_every_spike_of_the_cell_up_to_the_frame(panel):
    view = panel.views[0]
    shapes = view.shapes(panel.result._asdict(), panel.values, {c.name: c for c in panel.controls})
    edged = [shape.lines for shape in shapes if isinstance(shape, Path) and shape.colour == "edge"]
    _, trace, ticks = edged  # the first is the stroke of the legend
    assert len(ticks) == panel.result.n_cell
    top = view.box()["top"]
    cut = [x for line in trace for x, y in line if y == top]  # once on the way up and once on the way down
    assert len(cut) == 2 * panel.result.n_cell
    np.testing.assert_allclose(
        np.reshape(cut, (-1, 2)).mean(axis=1), [tick[0, 0] for tick in ticks], atol=1.5
    )
