"""One input through two forms of the spike response model: each is the library's simulation of that form."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import (
    SRM,
    SRMKernels,
    exponential_psp,
    simulate_srm0_kernels,
    simulate_srm_cumulative_kernels,
)
from snnlab.neurons.experiments.srm_memory import srm_memory

INPUTS = Spikes(np.round(np.arange(3.0, 200.0, 3.7), 1), duration=200)


@pytest.mark.parametrize("tau_eta", [5.0, 60.0])
def test_each_form_is_its_simulation(tau_eta):
    cell = SRM(v_th=-52.0, t_ref=2.0)
    seen = srm_memory(INPUTS, 4.0, 15.0, tau_eta, cell)
    s = np.arange(2000) * 0.1
    kernels = SRMKernels(
        -15.0 * np.exp(-s / tau_eta), exponential_psp(s, cell.tau_m, cell.tau_s), v_th=-52.0, t_ref=2.0
    )
    for simulate, times, v in (
        (simulate_srm_cumulative_kernels, seen.times, seen.v),
        (simulate_srm0_kernels, seen.times_last, seen.v_last),
    ):
        run = simulate(INPUTS, [4.0], kernels)
        np.testing.assert_array_equal(times, run.spikes.times)
        quiet = np.ones(v.size, bool)
        quiet[np.rint(times / 0.1).astype(int) - 1] = False
        np.testing.assert_allclose(v[quiet], run.v[quiet])
        assert (v[~quiet] == -52.0).all() and times.size > 2
    assert (seen.n, seen.n_last) == (seen.times.size, seen.times_last.size)


def test_the_responses_are_the_closed_forms():
    seen = srm_memory(INPUTS, 3.0, 8.0, 30.0)
    np.testing.assert_allclose(seen.epsilon, 3.0 * exponential_psp(seen.s, 20.0, 5.0))
    np.testing.assert_allclose(seen.eta_drawn, -8.0 * np.exp(-seen.s / 30.0))
    assert seen.s[-1] == 150.0


def test_without_an_own_response_there_is_nothing_to_remember():
    seen = srm_memory(INPUTS, 4.0, 0.0)
    np.testing.assert_array_equal(seen.times, seen.times_last)
    np.testing.assert_array_equal(seen.v, seen.v_last)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"w": np.nan}, "w must be finite, got nan"),
        ({"tau_eta": 0.0}, "tau_eta must be positive and finite, got 0"),
        ({"inputs": Spikes([1.0], n_units=2, duration=10)}, "inputs must have one unit, got 2"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        srm_memory(**({"inputs": INPUTS, "w": 1.0, "eta": 1.0} | wrong))
    assert str(failure.value) == sentence
