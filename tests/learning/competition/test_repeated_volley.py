"""A volley again and again: the neuron is that of `compete_given`, and its answer runs forward."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.learning import Competition, compete_given
from snnlab.learning.competition.repeated_volley import BEGIN, DT, INPUTS, LENGTH, PERIOD, repeated_volley

SEED = np.uint64(7)


def test_each_volley_is_a_competition_with_given_spikes():
    """Without jitter it is known when inputs fire; the membrane rests where each volley begins."""
    numbers, n = Competition(g_max=0.04, a_plus=0.01, v_reset=-70.0, n_in=0), 5
    told = repeated_volley(n, 0.0, numbers, rng=SEED)
    times, w = BEGIN + LENGTH * (np.arange(INPUTS) + 0.5) / INPUTS, np.full(INPUTS, 0.5)
    inputs = Spikes(times, np.arange(INPUTS), duration=PERIOD)
    for k in range(n):
        run = compete_given(inputs, numbers, w, dt=DT, rng=np.random.default_rng(1))
        w = run.w
        assert told.latencies[k] == pytest.approx(run.spikes.times[0] - BEGIN)
    np.testing.assert_allclose(told.w, w, atol=1e-12)
    assert told.spikes == run.spikes.n_spikes
    np.testing.assert_allclose(told.learnt, told.w.reshape(20, -1).mean(axis=1))
    assert (told.before, told.latency) == (told.latencies[0], told.latencies[-1])


@pytest.mark.parametrize("jitter", [0.0, 1.0, 3.0])
def test_the_answer_runs_forward(jitter):
    told = repeated_volley(300, jitter, rng=SEED)
    assert told.latency < 0.7 * told.before
    early = told.arrives < 0.5 * told.latency
    assert told.learnt[early].min() > 0.9 > 0.6 > told.learnt[told.arrives > told.before].max()


def test_without_learning_the_answer_stays():
    told = repeated_volley(3, 0.0, Competition(g_max=0.03, a_plus=0.0), rng=SEED)
    assert (told.w == 0.5).all() and (told.latencies == told.before).all()
    silent = repeated_volley(1, 0.0, Competition(g_max=0.0), rng=SEED)
    assert silent.spikes == 0 and np.isnan(silent.latency)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"volleys": 0}, "volleys must be at least 1, got 0"),
        ({"jitter": -1.0}, "jitter must be zero or positive, and finite, got -1"),
        ({"w": 2.0}, "w must be between 0 and 1, got 2"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        repeated_volley(**({"volleys": 1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
