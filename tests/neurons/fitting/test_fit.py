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
