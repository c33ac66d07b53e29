"""A network that learns while its spikes for four samples are seen: the network is that of the race."""

import numpy as np
import pytest
from learning.spike_times.test_xor_race import SEED, trained

from snnlab.learning.gradients.adam import Adam
from snnlab.learning.spike_times.alpha_layers import AlphaLearning
from snnlab.learning.spike_times.alpha_network import run_alpha
from snnlab.learning.spike_times.alpha_neuron import AlphaNeuron
from snnlab.learning.spike_times.four_cases import (
    EARLY,
    LATE,
    four_cases,
    recorded,
    run_four_cases,
)
from snnlab.learning.spike_times.xor_race import DURATION, LEARNT, SIZES, blank_learner, work, xor_race

SAMPLES = [(EARLY, EARLY), (EARLY, LATE), (LATE, EARLY), (LATE, LATE)]


@pytest.mark.parametrize("method", [AlphaLearning(), AlphaLearning(only_mistakes=False, sharpness=20.0)])
def test_it_is_the_network_of_the_race(method):
    seen = four_cases(3, method, rng=SEED)
    for case, inputs in enumerate(SAMPLES):
        race = xor_race(3, *inputs, method, rng=SEED)
        mine = (seen.fired >= case * DURATION) & (seen.fired < (case + 1) * DURATION)
        assert seen.fired[mine] == pytest.approx(case * DURATION + race.fired, abs=1e-12)
        assert seen.rows[mine].tolist() == race.rows.tolist()
    assert (seen.percent, seen.steps) == (race.percent, race.steps) and seen.percent == seen.right[-1]


def test_what_is_right_is_that_of_training_elsewhere():
    run = trained(4, AlphaLearning())
    seen = four_cases(4, rng=SEED)
    assert seen.right[1:] == pytest.approx(100 * run.history.test_accuracy, abs=1e-9)
    times = 10 * run_alpha(run.network, np.array(SAMPLES) / 10).times[-1]
    wanted = np.array([0, 1, 1, 0])
    assert seen.known == (times.argmin(axis=1) == wanted).sum()
    ends = np.minimum(times, DURATION)
    lead = ends[np.arange(4), 1 - wanted] - ends[np.arange(4), wanted]
    assert seen.least == pytest.approx(lead.min(), abs=1e-9)
    assert LEARNT + 200 == blank_learner().labels.size


def test_a_network_that_cannot_reach_its_threshold_is_silent():
    seen = four_cases(0, neuron=AlphaNeuron(theta=1e6), rng=SEED)
    assert seen.silent == 24 and seen.known == 0 and seen.percent == 0.0 and seen.least == 0.0
    assert sorted(set(seen.rows.tolist())) == [0, 1, 2, 3, 8, 9]


def test_it_goes_on_from_where_it_was_and_begins_anew_when_something_changes():
    learner, room, path = blank_learner(), work(), np.zeros(11)
    neuron, adam = AlphaNeuron(), Adam(rate=0.01)

    def after(epochs, only_mistakes=True, sharpness=1.0):
        seen = recorded(10)
        method = AlphaLearning(only_mistakes=only_mistakes, sharpness=sharpness)
        for scratch in room:
            scratch[:] = 0  # as a panel empties it
        numbers = float(epochs), SEED
        run_four_cases(seen, learner, path, room, SIZES, np.zeros(2), method, neuron, adam, *numbers)
        assert np.isnan(seen.right[epochs + 1 :]).all()
        return seen.right[: epochs + 1].tolist(), seen.steps[0], seen.least[0]

    def once(epochs, only_mistakes=True, sharpness=1.0):
        seen = four_cases(epochs, AlphaLearning(only_mistakes=only_mistakes, sharpness=sharpness), rng=SEED)
        return seen.right.tolist(), seen.steps, seen.least

    assert [after(2), after(5)] == [once(2), once(5)]
    assert after(3) == once(3)  # backwards
    assert after(3, False) == once(3, False)
    assert after(3, False, 20.0) == once(3, False, 20.0)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"epochs": -1}, "epochs must be at least 0, got -1"),
        ({"method": AlphaLearning(sharpness=0.0)}, "sharpness must be positive and finite, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        four_cases(**({"epochs": 1, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
