"""Fitting a LIF neuron to an f–I curve."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from snnlab.data import load_patch_b6, load_patch_fast_spiking, measure_fi, measure_membrane
from snnlab.neurons import LIF, fit_lif, lif_rate, lif_rheobase


@settings(max_examples=30, deadline=None)
@given(
    tau_m=st.floats(5, 40),
    r_m=st.floats(20, 500),
    rise=st.floats(3, 30),
    drop=st.floats(0, 20),
    t_ref=st.floats(0, 6),
)
def test_it_finds_the_neuron_that_made_the_curve(tau_m, r_m, rise, drop, t_ref):
    true = LIF(tau_m, r_m, -65.0, -65.0 - drop, -65.0 + rise, t_ref)
    current = lif_rheobase(true) * np.linspace(0.5, 5, 15)
    rate = lif_rate(current, true)
    assert fit_lif(current, rate, true._replace(v_th=0.0)).rms < 0.02 * rate.max()


def test_a_fast_spiking_cell_is_fitted_to_ten_hertz():
    """The criterion of the course for this recording."""
    cell = load_patch_fast_spiking()
    membrane = measure_membrane(cell)
    current, rate = measure_fi(cell)
    fit = fit_lif(current, rate, LIF(tau_m=membrane.tau_m, r_m=membrane.r_m, v_rest=membrane.v_rest))
    assert fit.rms <= 10
    assert fit.rms == pytest.approx(np.sqrt(np.mean((lif_rate(current, fit.neuron) - rate) ** 2)))
    assert fit.neuron.tau_m == membrane.tau_m and fit.neuron.r_m == membrane.r_m


def test_the_other_cell_is_fitted_too():
    current, rate = measure_fi(load_patch_b6())
    assert fit_lif(current, rate, LIF(v_rest=-71.0)).rms <= 2


@pytest.mark.parametrize(
    ("current", "rate", "sentence"),
    [
        ([0.1, 0.2], [1.0], "rate must be as many as current"),
        ([0.1, 0.2, 0.3], [0.0, 1.0, 2.0], "rate must be above zero at three currents at least, got 2"),
        ([0.1, 0.2, 0.3], [-1.0, 1.0, 2.0], "rate must be zero or positive, got -1"),
        ([0.1, np.inf, 0.3], [3.0, 1.0, 2.0], "current must be finite"),
        ([0.0, 0.0, 0.0], [3.0, 1.0, 2.0], "current must not be zero everywhere"),
    ],
)
def test_bad_input_names_argument_rule_and_value(current, rate, sentence):
    with pytest.raises(ValueError, match=sentence):
        fit_lif(current, rate, LIF())


def test_bounds_keep_the_reset_where_the_cell_was():
    """Free, the fast-spiking cell gets a reset of −117 mV; its lowest potential after a spike is −66 mV."""
    cell = load_patch_fast_spiking()
    membrane = measure_membrane(cell)
    lif = LIF(tau_m=membrane.tau_m, r_m=membrane.r_m, v_rest=membrane.v_rest)
    free = fit_lif(*measure_fi(cell), lif)
    bound = fit_lif(*measure_fi(cell), lif, {"v_reset": (-66.0, -46.0), "t_ref": (0.0, 8.0)})
    assert free.neuron.v_reset < -100
    assert -66 <= bound.neuron.v_reset <= -46 and 0 <= bound.neuron.t_ref <= 8
    assert free.rms < bound.rms < 10


def test_bounds_that_hold_the_truth_find_it():
    true = LIF(v_th=-52.0, v_reset=-60.0, t_ref=3.0)
    current = np.linspace(0.1, 1.0, 10)
    fit = fit_lif(current, lif_rate(current, true), LIF(), {"v_reset": (-62, -58), "v_th": (-55.5, -50)})
    assert fit.rms < 0.01 and fit.neuron.v_th == pytest.approx(-52.0, abs=0.05)
    assert fit.neuron.v_reset == pytest.approx(-60.0, abs=0.3)


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [
        ({"tau_m": (5, 10)}, "bounds must be of v_reset, v_th, t_ref, got 'tau_m'"),
        (
            {"v_reset": (-40, -30), "v_th": (-60, -50)},
            "bounds must let v_reset be below v_th and t_ref not be",
        ),
        ({"t_ref": (-2, -1)}, "bounds must let v_reset be below v_th and t_ref not be negative"),
    ],
)
def test_bounds_that_no_neuron_keeps(bounds, sentence):
    with pytest.raises(ValueError, match=sentence):
        fit_lif([0.2, 0.3, 0.4], [3.0, 10.0, 20.0], LIF(), bounds)
