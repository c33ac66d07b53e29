"""Every recording opens, carries its units, and says where it comes from."""

from pathlib import Path

import numpy as np
import pytest

import snnlab.data as data
from snnlab.data import (
    Recording,
    detect_spikes,
    load_patch_b6,
    load_patch_fast_spiking,
    measure_fi,
    measure_membrane,
)
from snnlab.data.recording import median_of
from snnlab.neurons import LIF, simulate_lif

FOLDER = Path(data.__file__).parent
BROUGHT = {"load_recording", "load_spikes", "load_events"}  # they read what a reader brings
LOADERS = [getattr(data, name) for name in data.__all__ if name.startswith("load_") and name not in BROUGHT]


@pytest.mark.parametrize("load", [load for load in LOADERS if "patch" in load.__name__])
def test_every_recording_opens(load):
    cell = load()
    assert cell.v.shape == cell.i.shape == (cell.t.size, cell.step_current.size)
    assert np.isfinite(cell.v).all() and np.isfinite(cell.i).all()
    assert -110 < cell.v.min() < -60 and 0 < cell.v.max() < 70  # mV
    assert np.abs(cell.i).max() < 0.5  # nA
    assert 0 < cell.step[0] < cell.step[1] < cell.t[-1]
    assert cell.licence and cell.name


def test_every_file_has_its_licence_and_a_loader():
    files = {f.name for f in FOLDER.glob("*.npz")}
    text = (FOLDER / "LICENSES.md").read_text(encoding="utf-8")
    assert files and all(f"`{name}`" in text for name in files)
    networks = {"mnist_deep.npz", "sine_learner.npz", "store_recall.npz"}  # which were trained
    assert len(files - networks) == len(LOADERS)


def test_the_counts_of_the_fast_spiking_cell():
    """Read off the recording by hand: steps of 25, 100, 200 and 300 pA."""
    cell = load_patch_fast_spiking()
    counts = detect_spikes(cell).between(*cell.step).counts(500.0)[0]
    at = {round(1000 * i): int(n) for i, n in zip(cell.step_current, counts, strict=True)}
    assert (at[25], at[100], at[200], at[300]) == (13, 33, 54, 64)
    assert (
        detect_spikes(cell)[12:13].between(1646.9, 2146.9).n_spikes == 37
    )  # 200 pA after half a second at −100 pA


def test_the_steps_of_the_fast_spiking_cell_are_whole_picoamperes():
    """17 steps, 25 pA apart, to the last digit of a float; each again after half a second at −100 pA."""
    cell = load_patch_fast_spiking()
    assert cell.step_current == pytest.approx(np.arange(-100, 301, 25) * 1e-3, rel=1e-15, abs=0)
    again = cell.i[cell._part(1646.9, 2146.9)]
    assert np.array_equal(np.median(again, axis=0), cell.step_current)
    assert np.all(cell.i[cell._part(1146.9, 1646.9)] == -0.1)


def test_the_f_i_curve_is_sorted_and_in_hertz():
    current, rate = measure_fi(load_patch_b6())
    assert np.all(np.diff(current) > 0) and np.all(np.diff(rate) > 0)
    assert rate[-1] == pytest.approx(44.5)  # 89 spikes in 2 s


def test_spikes_are_found_between_samples():
    v = np.array([[-60.0], [-20.0], [20.0], [-60.0]])
    cell = Recording(v, np.zeros_like(v), 0.5, (0.5, 1.5), "two lines", "none")
    assert detect_spikes(cell, level=0.0).times.tolist() == [0.75]


def test_the_membrane_of_a_known_neuron_is_measured():
    """A LIF neuron that does not fire is a passive membrane with known numbers."""
    true = LIF(tau_m=15.0, r_m=200.0, v_rest=-70.0, v_reset=-70.0)
    i = np.zeros((8000, 1))
    i[1000:6000] = -0.05
    cell = Recording(simulate_lif(i, true, 0.1).v, i, 0.1, (100.0, 600.0), "a model", "none")
    found = measure_membrane(cell)
    assert found == pytest.approx((true.v_rest, true.r_m, true.tau_m), rel=0.01)


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (lambda c: measure_membrane(c, 99), IndexError, "sweep must be from 0 to 16, got 99"),
        (lambda c: measure_membrane(c, 12), ValueError, "does not fire during the step, got 12"),
        (lambda c: measure_membrane(c, 4), ValueError, "got 4"),
        (lambda c: detect_spikes(c, np.nan), ValueError, "level must be finite, got nan"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call(load_patch_fast_spiking())


@pytest.mark.parametrize("load", [load for load in LOADERS if "patch" in load.__name__])
def test_spikes_and_membrane_are_what_numpy_makes_of_the_samples(load):
    cell = load()
    k, sweep = np.nonzero((cell.v[:-1] < -10.0) & (cell.v[1:] >= -10.0))
    below, above = cell.v[k, sweep], cell.v[k + 1, sweep]
    times, spikes = (k + (-10.0 - below) / (above - below)) * cell.dt, detect_spikes(cell)
    order = np.argsort(times, kind="stable")
    np.testing.assert_array_equal(spikes.units, sweep[order])
    np.testing.assert_allclose(spikes.times, times[order], rtol=1e-15, atol=0)
    if spikes[:1].between(*cell.step).n_spikes:
        return
    part, before = cell._part(*cell.step), cell._part(0.0, cell.step[0])
    v, v_before, i_before = cell.v[part, 0], np.median(cell.v[before, 0]), np.median(cell.i[before, 0])
    settled = v[v.size // 2 :].mean()
    r_m = (settled - v_before) / (cell.step_current[0] - i_before)
    tau_m = np.argmax((v - v_before) / (settled - v_before) > 1 - np.exp(-1)) * cell.dt
    assert measure_membrane(cell) == pytest.approx((v_before - r_m * i_before, r_m, tau_m), rel=1e-9, abs=0)


def test_the_median_is_numpys_however_often_a_value_comes():
    rng = np.random.default_rng(3)
    for n in [1, 2, 3, 4, 7, 100, 501]:
        for x in (rng.normal(size=n), rng.integers(0, 3, n) * 1.0, np.sort(rng.normal(size=n)), np.ones(n)):
            kept = x.copy()
            assert median_of(x, np.empty(n)) == np.median(x)
            np.testing.assert_array_equal(x, kept)
