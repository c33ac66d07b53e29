"""The race that a network learns: trained as elsewhere, and what is told of it fits together."""

import numpy as np
import pytest

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning, LearntTimes
from snnlab.learning.spike_times.alpha_network import as_network, run_alpha
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron, alpha_potential
from snnlab.learning.spike_times.alpha_training import train_alpha
from snnlab.learning.spike_times.xor_race import (
    DURATION,
    LEARNT,
    SIZES,
    SQUARES,
    blank_learner,
    draw_network,
    draw_samples,
    recorded,
    run_xor_race,
    work,
    xor_race,
)

SEED = np.uint64(1)


def network_of(learner):
    return as_network(LearntTimes(learner.w, learner.pulses), SIZES)


def trained(epochs, method):
    """The same network and samples, trained by the library."""
    learner = blank_learner()
    draw_network(learner, SIZES, SEED)
    draw_samples(learner, SEED)
    x, y = learner.samples, learner.labels.astype(np.int64)
    how = {"method": method, "rng": SEED, "test": (x[LEARNT:], y[LEARNT:])}
    return train_alpha(network_of(learner), x[:LEARNT], y[:LEARNT], epochs, **how)


@pytest.mark.parametrize("method", [AlphaLearning(), AlphaLearning(only_mistakes=False)])
def test_it_learns_as_elsewhere(method):
    run = trained(3, method)
    seen = xor_race(3, 2.0, 8.0, method, rng=SEED)
    assert seen.percent == pytest.approx(100 * run.history.test_accuracy[-1], abs=1e-9)
    assert seen.steps == run.history.steps[-1]
    places = (np.arange(SQUARES) + 0.5) / SQUARES
    pairs = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    same, different = np.minimum(10 * run_alpha(run.network, pairs).times[-1], DURATION).T
    np.testing.assert_array_equal(seen.ahead.ravel(), same - different)


@pytest.mark.parametrize(("first", "second"), [(2.0, 8.0), (0.0, 0.0), (10.0, 10.0), (7.0, 1.0)])
def test_spikes_and_potentials_are_those_of_the_network(first, second):
    run = trained(5, AlphaLearning())
    seen = xor_race(5, first, second, rng=SEED)
    hidden, out = (times[0] for times in run_alpha(run.network, [[first / 10, second / 10]]).times)
    every = 10 * np.concatenate([
        [first / 10, second / 10],
        run.network.pulses[0],
        hidden,
        run.network.pulses[1],
        out,
    ])
    shown = every <= DURATION
    assert (
        seen.fired.tolist() == every[shown].tolist() and seen.rows.tolist() == np.flatnonzero(shown).tolist()
    )
    t = np.linspace(0, DURATION, 301) / 10
    reached = np.concatenate([hidden, run.network.pulses[1]])
    for k, v in enumerate((seen.same, seen.different)):
        before = t <= out[k]
        known = alpha_potential(t, run.network.weights[1][k], reached)
        assert np.isnan(v[~before]).all() and v[before] == pytest.approx(known[before], abs=1e-12)
        assert v[before].max() <= AlphaNeuron().theta + 1e-12
    ends = np.minimum(10 * out, DURATION)
    assert seen.said == (out.argmin() + 1 if np.isfinite(out).any() else 0)
    assert seen.decided == ends.min() and seen.by == pytest.approx(np.ptp(ends))
    assert seen.heard == (hidden < out.min()).sum()


def test_weights_and_samples_are_what_they_say():
    learner = blank_learner()
    draw_network(learner, SIZES, SEED)
    draw_samples(learner, SEED)
    late = learner.samples > 0.5
    assert (late.sum(axis=1) % 2 == learner.labels).all()
    assert ((learner.samples < 0.45) | (learner.samples > 0.55)).all()
    assert abs(late.mean() - 0.5) < 5 * 0.5 / np.sqrt(late.size)
    for w in network_of(learner).weights:
        assert np.abs(w).max() <= np.sqrt(6 / sum(w.shape))
    assert learner.turn.tolist() == list(range(LEARNT))


def test_it_goes_on_from_where_it_was_and_begins_anew_when_something_changes():
    learner, room = blank_learner(), work()
    neuron, adam = AlphaNeuron(), Adam(rate=0.01)

    def after(epochs, only_mistakes=1.0, seed=SEED):
        seen, method = recorded(), AlphaLearning(only_mistakes=only_mistakes)
        for scratch in room:
            scratch[:] = 0  # as a panel empties it
        numbers = float(epochs), 3.0, 4.0, seed
        run_xor_race(seen, learner, room, SIZES, np.zeros(2), method, neuron, adam, *numbers)
        return seen.percent[0], seen.steps[0], seen.decided[0]

    def once(epochs, only_mistakes=1.0, seed=SEED):
        how = AlphaLearning(only_mistakes=only_mistakes > 0)
        seen = xor_race(epochs, 3.0, 4.0, how, rng=seed)
        return seen.percent, seen.steps, seen.decided

    assert [after(2), after(5)] == [once(2), once(5)]
    assert after(3) == once(3)  # backwards
    assert after(3, 0.0) == once(3, 0.0)
    assert after(3, 0.0, np.uint64(2)) == once(3, 0.0, np.uint64(2))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"first": -1.0}, "first must be zero or positive, and finite, got -1"),
        ({"method": AlphaLearning(penalty=-1.0)}, "penalty must be zero or positive, and finite, got -1"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        xor_race(**({"epochs": 1, "first": 2.0, "second": 8.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
