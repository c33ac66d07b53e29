"""The likelihood of a train against the probability of each step, a closed form, and the numbers it finds."""

import math

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import EscapeLIF, escape_log_likelihood, escape_rate, simulate_escape_lif


def test_it_is_the_logarithm_of_the_probability_of_all_steps():
    """Step by step in Python: the potential of the run, a coin in each step that is not refractory."""
    neuron, dt, current = EscapeLIF(t_ref=1.0), 0.5, np.full(400, 0.16)
    run = simulate_escape_lif(current, neuron, dt, rng=np.random.default_rng(3))
    steps = {round(time / dt) - 1 for time in run.spikes.times}
    probability, v, free = [], neuron.v_rest, 0
    for t in range(400):
        if t < free:
            continue
        v = neuron.v_rest + 16.0 + (v - neuron.v_rest - 16.0) * math.exp(-dt / neuron.tau_m)
        p = -math.expm1(-float(escape_rate(v, neuron)) / 1000.0 * dt)
        probability.append(p if t in steps else 1.0 - p)
        if t in steps:
            v, free = neuron.v_reset, t + 3
    expected = np.log(probability).sum() - len(steps) * math.log(dt)
    found = escape_log_likelihood(run.spikes, current, neuron, dt)
    assert len(steps) > 3 and found == pytest.approx([expected], rel=1e-10, abs=0)


@pytest.mark.equation("escape-likelihood")
def test_it_tends_to_the_integral_as_the_steps_shrink():
    """Without reset and refractory time the potential is known, and so is the integral: a Poisson process."""
    still = EscapeLIF(v_rest=-52.0, v_reset=-52.0, t_ref=0.0)
    rate = float(escape_rate(-52.0, still)) / 1000.0
    spikes = Spikes([10.0, 17.0, 60.0], duration=100)
    exact = 3 * math.log(rate) - rate * 100.0
    error = [
        abs(escape_log_likelihood(spikes, np.zeros(round(100 / dt)), still, dt)[0] - exact)
        for dt in (1.0, 0.5, 0.25)
    ]
    assert error[0] / error[1] == pytest.approx(2.0, rel=0.02, abs=0)
    assert error[1] / error[2] == pytest.approx(2.0, rel=0.02, abs=0)


def test_the_neuron_that_fired_is_the_likeliest():
    true, current = EscapeLIF(), np.full((20_000, 10), 0.14)
    spikes = simulate_escape_lif(current, true, rng=np.random.default_rng(1)).spikes
    found = {delta: escape_log_likelihood(spikes, current, EscapeLIF(delta=delta)) for delta in (1, 2, 4)}
    assert np.all(found[2] > found[1]) and np.all(found[2] > found[4])
    alone = escape_log_likelihood(spikes[[3]], current[:, 3], true)
    assert found[2][3] == pytest.approx(alone[0], rel=1e-12, abs=0)


def test_what_it_cannot_fire_is_impossible():
    spikes = Spikes([10.0, 11.0], duration=20)  # within the refractory time
    assert escape_log_likelihood(spikes, np.full(200, 0.2))[0] == -math.inf


@pytest.mark.parametrize(
    ("spikes", "i", "said"),
    [
        (Spikes([1.0], duration=20), np.zeros(100), "must last as long as the current"),
        (Spikes([1.0], [0], n_units=2, duration=10), np.zeros((100, 3)), "one column for each unit"),
        (Spikes([1.0, 1.01], duration=10), np.zeros(100), "one spike at most"),
    ],
)
def test_what_does_not_fit_is_refused(spikes, i, said):
    with pytest.raises(ValueError, match=said):
        escape_log_likelihood(spikes, i)
