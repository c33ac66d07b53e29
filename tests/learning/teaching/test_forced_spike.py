"""A forced spike: the weights by the pair rule, the answers by `first_answers` and by the LIF neuron."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import TeacherForced, samples_from_times, simulate_stdp
from snnlab.learning.teaching.forced_spike import DT, PERIOD, forced_spike
from snnlab.learning.teaching.teacher_forced import FORCED_STDP, first_answers
from snnlab.neurons import LIF, simulate_lif_synaptic

N, START = 48, 0.5
TIMES = DT * np.arange(N)


@pytest.mark.parametrize(
    ("showings", "net", "alpha"),
    [
        (30, TeacherForced(), 0.65),
        (30, TeacherForced(delay=0.0), 0.65),
        (30, TeacherForced(delay=2.95, forced_after=2.0), 1.2),
        (0, TeacherForced(), 0.65),
    ],
)
def test_weights_and_answers_are_those_of_the_package(showings, net, alpha):
    rule = FORCED_STDP._replace(alpha=alpha)
    seen = forced_spike(showings, net, rule)
    begin, duration = PERIOD * np.arange(showings), max(1.0, PERIOD * showings)
    times, units = (begin[:, None] + TIMES).ravel(), np.tile(np.arange(N), showings)
    inputs = Spikes(times, units, n_units=N, duration=duration)
    forced = Spikes(begin + net.forced_after, n_units=1, duration=duration)
    w = simulate_stdp(inputs, forced, START, rule, delay=net.delay).w
    np.testing.assert_allclose(seen.learnt, w[0], atol=1e-9)
    assert (seen.grown, seen.of) == (np.sum(seen.learnt > START), N)
    sample = samples_from_times(TIMES[None] + DT / 4, [0], 500, DT)
    for weights, latency in ((w, seen.latency), (np.full_like(w, START), seen.latency_before)):
        first = first_answers(sample, weights, net).times[0, 0]
        assert latency == pytest.approx(first) if np.isfinite(first) else np.isnan(latency)
    assert seen.times.size == seen.n == np.isfinite(seen.latency)


def test_the_potential_is_that_of_the_neuron_with_synaptic_currents():
    net = TeacherForced()
    seen = forced_spike(0, net)
    neuron = LIF(net.tau_m, net.r_m, 0.0, net.v_reset, net.v_th, net.t_ref)
    inputs = Spikes(TIMES, np.arange(N), n_units=N, duration=10.0)
    v = simulate_lif_synaptic(inputs, np.full(N, START), neuron, tau_s=net.tau_s, delay=net.delay, dt=DT).v
    np.testing.assert_allclose(seen.before, v, atol=1e-12)
    np.testing.assert_array_equal(seen.before, seen.after)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"showings": -1}, "showings must be at least 0, got -1"),
        ({"w": 1.5}, "w must be from 0 to w_max (1), got 1.5"),
        ({"n": 300}, "inputs and delay must be within 10 ms, got 15"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        forced_spike(**({"showings": 1} | wrong))
    assert str(failure.value) == sentence
