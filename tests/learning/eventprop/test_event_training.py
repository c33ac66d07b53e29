"""Training by EventProp: its batch gradient is the mean of single ones, and networks learn by it."""

import numpy as np
import pytest

from snnlab import Spikes, spread
from snnlab.learning.eventprop.event_gradient import eventprop_gradient
from snnlab.learning.eventprop.event_losses import FirstSpike
from snnlab.learning.eventprop.event_network import EventNeuron, initial_events
from snnlab.learning.eventprop.event_run import run_events
from snnlab.learning.eventprop.event_training import EventLearning, answer_events, train_events
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.losses import CrossEntropy

EXACT = EventLearning(push=0.0, least_rise=0.0)


def first(seed, n=40, **options):
    """Which of two inputs comes first, and a network that does not know."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.0, 20.0, (n, 2))
    return initial_events((2, 10, 2), mean=(7, 1), sd=(3, 1), rng=rng, **options), x, x.argmin(axis=1)


@pytest.mark.parametrize("loss, fire", [(FirstSpike(), True), (CrossEntropy("largest"), False)])
def test_a_step_goes_down_the_mean_gradient(loss, fire):
    """The first step of Adam moves every weight by the rate, against the sign of its gradient."""
    network, x, y = first(3, 8, outputs_fire=fire)
    g = np.zeros(network.w.shape)
    for times, label in zip(x, y, strict=True):
        g += eventprop_gradient(network, Spikes(times, [0, 1], duration=60), label, EventNeuron(), loss).w
    g[np.abs(g) < 1e-9] = 0.0
    learnt = train_events(
        network, x, y, 1, EventNeuron(), loss, EXACT,
        adam=Adam(rate=1e-3, epsilon=1e-12), batch=8, rng=np.random.default_rng(1),
    )  # fmt: skip
    np.testing.assert_allclose(learnt.network.w, network.w - 1e-3 * np.sign(g), atol=1e-6)


def test_ten_networks_learn_which_input_comes_first():
    right = []
    for seed in range(1, 11):
        network, x, y = first(seed, 400)
        rng = np.random.default_rng(100 + seed)
        learnt = train_events(network, x[:200], y[:200], 30, test=(x[200:], y[200:]), rng=rng)
        right.append(learnt.history.test_accuracy[-1])
    print(f"right: {spread(np.array(right)):.1%}")
    assert np.mean(right) > 0.9


def test_a_push_brings_silent_neurons_back_and_without_it_nothing_moves():
    network, x, y = first(1)
    silent = network._replace(w=0.1 * network.w)
    assert (answer_events(silent, x) == -1).all()
    for push, moved in ((0.0, False), (1.0, True)):
        learnt = train_events(silent, x, y, 60, method=EventLearning(push), adam=Adam(0.1), rng=np.uint64(1))
        assert (learnt.history.spikes[-1] > 0) == moved
        assert (learnt.network.w != silent.w).any() == moved


def test_answers_are_those_of_single_runs():
    network, x, _ = first(2)
    for k, answer in enumerate(answer_events(network, x)):
        spikes = run_events(network, Spikes(x[k], [0, 1], duration=60)).spikes
        firsts = [train[0] if len(train) else np.inf for train in spikes[10:]]
        assert answer == (np.argmin(firsts) if np.isfinite(firsts).any() else -1)
    silent = network._replace(outputs_fire=False)
    largest = [run_events(silent, Spikes(t, [0, 1], duration=60)).largest for t in x]
    assert (
        answer_events(silent, x, loss=CrossEntropy("largest")).tolist() == np.argmax(largest, axis=1).tolist()
    )


def test_bad_arguments_are_named():
    network, x, y = first(1)
    for call, message in (
        (
            lambda: train_events(network, x[:, :1], y, 1, rng=np.uint64(1)),
            "x must have 2 columns, one an input, got 1",
        ),
        (lambda: train_events(network, x, y + 1, 1, rng=np.uint64(1)), "y must be"),
        (
            lambda: train_events(network, x, y, 0, test=(x[:, :1], y), rng=np.uint64(1)),
            "x_test must have 2 columns, one an input, got 1",
        ),
        (lambda: train_events(network, x, y, 0, test=(x, y + 1), rng=np.uint64(1)), "y_test must be"),
        (
            lambda: train_events(network, x, y, 1, most_spikes=3, rng=np.uint64(1)),
            r"a trial must have at most most_spikes \(3\) spikes, got more",
        ),
        (
            lambda: initial_events((2, 3), mean=(1, 1), sd=(1,), rng=np.random.default_rng(1)),
            "mean must be 1 numbers",
        ),
        (
            lambda: initial_events((2, 3), mean=(1,), sd=(-1,), rng=np.random.default_rng(1)),
            "sd must be zero or",
        ),
    ):
        with pytest.raises(ValueError, match=message):
            call()
