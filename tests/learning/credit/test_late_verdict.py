"""A verdict that comes late: traces are those of the general network, and what is left of them is known."""

import numpy as np
import pytest

from snnlab.learning import samples_from_raster
from snnlab.learning.credit.eprop_traces import eligibility
from snnlab.learning.credit.late_verdict import (
    ASKING,
    BETA_A,
    CUE,
    DT,
    ETA,
    HOLD,
    LATEST,
    STEPS,
    TAU_M,
    VERDICT,
    WEIGHT,
    late_verdict,
)
from snnlab.learning.gradients.cell_kinds import adaptive_cell, joined_cells
from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork


def general(late, tau_a, rate, hum):
    """Both neurons as a network of three inputs: the synapse, what drives them meanwhile and at the end."""
    kinds = (adaptive_cell(1, TAU_M, tau_a, b, threshold=1.0, refractory=HOLD, dt=DT) for b in (BETA_A, 0.0))
    cell = joined_cells(*kinds)._replace(gain=np.ones(2))
    t = np.arange(STEPS) * DT
    asked = (late <= t) & (t < late + VERDICT)
    cue = (t < CUE) & (np.floor((t + DT) * rate / 1000) > np.floor(t * rate / 1000))
    raster = np.stack([cue, (CUE <= t) & (t < late), asked], axis=1)[None]
    stays = 1.0 - np.exp(-DT / TAU_M)
    weights = np.tile([WEIGHT, stays * hum, stays * ASKING], (2, 1))
    network = RecurrentNetwork(cell, weights, np.zeros((1, 2)), dt=DT)
    return network, samples_from_raster(1.0 * raster, [0]), asked, cue.sum()


@pytest.mark.parametrize(
    "how", [(200.0, 1200.0, 100.0, 0.0), (1000.0, 400.0, 60.0, 0.5), (2600.0, 5000.0, 150.0, 1.0)]
)
def test_both_neurons_and_their_traces_are_those_of_the_general_network(how):
    seen = late_verdict(*how)
    network, samples, asked, cue = general(*how)
    run, traces = run_recurrent(network, samples), eligibility(network, samples)
    adaptive, lif = (np.flatnonzero((traces.post == n) & (traces.pre == 2))[0] for n in (0, 1))
    close = {"rtol": 1e-9, "atol": 1e-12}
    np.testing.assert_allclose(seen.v, run.v[:-1, 0], **close)
    np.testing.assert_allclose(seen.theta, run.threshold[:, 0], **close)
    np.testing.assert_array_equal(seen.times, np.flatnonzero(run.s[:, 0]) * DT)
    np.testing.assert_allclose(seen.fast, traces.v[:, adaptive], **close)
    np.testing.assert_allclose(seen.slow, network.cell.beta_a[0] * traces.b[:, adaptive], **close)
    np.testing.assert_allclose(seen.e, traces.e[:, adaptive], **close)
    np.testing.assert_allclose(seen.e_lif, traces.e[:, lif], **close)
    assert (seen.n, seen.n_cue) == (run.s[:, 0].sum(), cue)
    assert seen.change == pytest.approx(-ETA * traces.e[asked, adaptive].sum(), rel=1e-9, abs=0)
    assert seen.change_lif == pytest.approx(-ETA * traces.e[asked, lif].sum(), rel=1e-9, abs=0)


def test_the_eligibility_is_the_pseudo_derivative_times_both_parts():
    seen = late_verdict(700.0, hum=0.4)
    parts = seen.fast - seen.v / seen.theta * seen.slow
    np.testing.assert_allclose(seen.e, seen.psi * parts, rtol=1e-9, atol=1e-15)


def test_a_point_of_the_curve_is_the_verdict_that_comes():
    for k in (0, 25, 60):
        seen = late_verdict(late_verdict(200.0).verdicts[k])
        assert (seen.changes[k], seen.changes_lif[k]) == (seen.change, seen.change_lif)


def test_at_rest_the_slow_part_falls_with_adaptation_and_the_fast_one_with_the_membrane():
    """From 200 ms after the cue on the potential is at rest, and nothing else takes from either."""
    seen = late_verdict(2600.0, 1200.0)
    begin, end = round(400.0 / DT), round(500.0 / DT)
    assert seen.slow[end] / seen.slow[begin] == pytest.approx(np.exp(-100.0 / 1200.0), rel=1e-3)
    assert seen.fast[end] / seen.fast[begin] == pytest.approx(np.exp(-100.0 / TAU_M), rel=1e-9, abs=0)


def test_after_a_second_only_the_adaptive_neuron_remembers_and_less_if_it_is_restless():
    soon, late, restless = late_verdict(200.0), late_verdict(1200.0), late_verdict(1200.0, hum=0.5)
    assert soon.change_lif < -0.01 and abs(late.change_lif) < 1e-15
    assert late.change > 0.4 * soon.change > 0
    assert restless.slow_left < 0.5 * late.slow_left


@pytest.mark.parametrize("rate", [20.0, 250.0])
@pytest.mark.parametrize("late", [CUE, LATEST])
def test_something_is_left_of_any_cue(late, rate):
    """The slowest has spikes before its last step, so that there is a whole of which to say what is left."""
    seen = late_verdict(late, rate=rate)
    assert seen.n_cue == rate * CUE / 1000.0
    assert all(np.isfinite(value).all() for value in seen)
    assert 0 < seen.slow_left <= 100


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"late": 100.0}, "late must be between 200 and 2600, got 100"),
        ({"late": np.nan}, "late must be finite, got nan"),
        ({"tau_a": 0.0}, "tau_a must be positive"),
        ({"rate": 300.0}, "rate must be between 20 and 250, got 300"),
        ({"rate": 5.0}, "rate must be between 20 and 250, got 5"),
        ({"hum": -0.1}, "hum must be zero or positive"),
    ],
)
def test_bad_input_is_named(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        late_verdict(**({"late": 400.0} | wrong))
