"""Early answers against a twin in NumPy, the waiting network against one that waits, and limits."""

import math

import numpy as np
import pytest

from snnlab.data import load_digits
from snnlab.learning import run_deep
from snnlab.learning.conversion.counting_weights import CountingWeights
from snnlab.learning.conversion.digits_network import spiking_on_digits, trained_on_digits
from snnlab.learning.conversion.early_answers import early_answers
from snnlab.random import uniform

SEED = np.uint64(5)


@pytest.fixture(scope="module")
def digits():
    found = load_digits()
    return found.x_test.reshape(-1, 64) / found.white, found.y_test


def fires(x, p, steps, image):
    """Who of the inputs fires in which step, as the kernel draws it."""
    drawn = [
        [uniform(SEED, np.uint64(image), np.uint64(t * x.size + j)) for j in range(x.size)]
        for t in range(steps)
    ]
    return np.array(drawn) < p * x


def hidden_spikes(net, s_in, p, theta):
    """Spikes of the hidden layer, step by step."""
    v, fired = np.zeros(net.b_hidden.size), []
    for s in s_in:
        v = v + p * net.b_hidden + s @ net.w_in
        fired.append(v >= theta)
        v = v - theta * fired[-1]
    return np.array(fired)


def leaders(net, s_hidden, p, theta):
    """Which output leads after each step that the outputs hear; -1 while none has fired."""
    v, count, leader, led = np.zeros(net.b_out.size), np.zeros(net.b_out.size), -1, []
    for s in s_hidden:
        v = v + p * net.b_out + theta * (s @ net.w_out)
        count, v = count + (v >= 1), v - (v >= 1)
        if count.max() > (count[leader] if leader >= 0 else 0):
            leader = int(count.argmax())
        led.append(leader)
    return np.array(led)


@pytest.mark.equation("counting-neuron")
@pytest.mark.parametrize(("rate", "theta"), [(300.0, 1.0), (1000.0, 0.4)])
def test_the_kernel_does_what_a_few_lines_of_numpy_do(digits, rate, theta):
    x, labels = digits[0][:6], digits[1][:6]
    net, steps, p = spiking_on_digits(), 60, rate / 1000
    seen = early_answers(net, x, labels, rate, theta, steps=steps, image=2, rng=SEED)
    right, deep, far, work = np.zeros((4, steps))
    times = np.arange(1, steps + 1)[:, None]
    for m, image in enumerate(x):
        s_in = fires(image, p, steps, m)
        s_hidden = hidden_spikes(net, s_in, p, theta)
        heard = np.vstack([np.zeros_like(s_hidden[:1]), s_hidden[:-1]])  # a step later
        right += leaders(net, heard, p, theta) == labels[m]
        activation = np.maximum(np.cumsum(s_in @ net.w_in, axis=0) / (p * times) + net.b_hidden, 0)
        deep += (activation @ net.w_out + net.b_out).argmax(axis=1) == labels[m]
        goal = np.maximum(image @ net.w_in + net.b_hidden, 0)
        rates = theta * np.cumsum(s_hidden, axis=0) / (p * times)
        far += np.linalg.norm(rates - goal, axis=1) / np.linalg.norm(goal)
        work += np.cumsum(100 * s_in.sum(axis=1) + 10 * heard.sum(axis=1))
        if m == 2:
            assert seen.n == s_hidden.sum() + np.sum(seen.rows < 10)
            np.testing.assert_array_equal(np.sort(seen.times[seen.rows >= 10]), 1.0 + np.nonzero(s_hidden)[0])
    np.testing.assert_allclose(seen.accuracy, 100 * right / 6)
    np.testing.assert_allclose(seen.deep, 100 * deep / 6)
    np.testing.assert_allclose(seen.unsettled, 100 * far / 6)
    np.testing.assert_allclose(seen.operations, work / 6)


def test_layer_after_layer_is_a_network_whose_outputs_wait(digits):
    """The control: outputs hear nothing in the first half, and all hidden spikes in the second."""
    x, labels = digits[0][:20], digits[1][:20]
    net, p = spiking_on_digits(), 0.3
    for half in (15, 40):
        right = 0
        for m, image in enumerate(x):
            s_hidden = hidden_spikes(net, fires(image, p, half, m), p, 1.0)
            # as without waiting, a spike is heard a step later: the last one comes too late
            right += leaders(net, s_hidden[: half - 1], p, 1.0)[-1] == labels[m]
        seen = early_answers(net, x, labels, 300.0, steps=2 * half, rng=SEED)
        assert seen.late[2 * half - 1] == pytest.approx(100 * right / 20)


def test_in_the_long_run_the_rates_are_those_of_the_deep_network(digits):
    """Convergence: the rates come nearer, and the answers are those of the deep network."""
    x, labels = digits[0][:40], digits[1][:40]
    seen = early_answers(spiking_on_digits(), x, labels, 1000.0, steps=3000, rng=SEED)
    right = 100 * np.mean(run_deep(trained_on_digits(), x).y.argmax(axis=1) == labels)
    assert abs(seen.final - right) <= 2.5 and abs(seen.deep_final - right) <= 2.5  # one image of forty
    thirty, three_thousand = seen.unsettled[[29, 2999]]
    assert three_thousand < thirty / 5  # chance alone would give a tenth, the rates that end at 1 stay


@pytest.mark.parametrize("theta", [0.5, 1.0, 2.0])
def test_a_smaller_hidden_spike_only_changes_how_many_there_are(digits, theta):
    x, labels = digits[0][:10], digits[1][:10]
    seen = early_answers(spiking_on_digits(), x, labels, 200.0, theta, steps=400, rng=SEED)
    plain = early_answers(spiking_on_digits(), x, labels, 200.0, steps=400, rng=SEED)
    assert seen.n == pytest.approx(plain.n / theta, rel=0.2)
    np.testing.assert_array_equal(seen.deep, plain.deep)  # which hears the same input spikes


def test_the_numbers_are_read_from_the_curves(digits):
    x, labels = digits[0][:50], digits[1][:50]
    seen = early_answers(spiking_on_digits(), x, labels, rng=SEED)
    enough = seen.accuracy >= 0.95 * seen.final
    at = int(seen.latency)
    assert enough[at - 1 :].all() and not enough[at - 2]
    assert (seen.final, seen.deep_final) == (seen.accuracy[-1], seen.deep[-1])
    assert seen.late_latency == 2 * at and seen.late[2 * at - 1] == seen.accuracy[at - 1]
    assert seen.latency_operations == seen.operations[at - 1] and seen.final_operations == seen.operations[-1]
    assert seen.latency_unsettled == seen.unsettled[at - 1]


def test_nobody_answers_where_nothing_is_seen():
    net = CountingWeights(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))
    seen = early_answers(net, np.zeros((3, 2)), [0, 1, 1], steps=20, rng=SEED)
    assert seen.final == 0 == seen.final_operations and seen.n == 0
    assert all(math.isnan(x) for x in (seen.first, seen.latency, seen.late_latency, seen.latency_operations))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rate": 0.0}, "rate must be positive and finite, got 0"),
        ({"rate": 1001.0}, "rate must be at most 1000 Hz, a spike in each step, got 1001"),
        ({"theta": -1.0}, "theta must be positive and finite, got -1"),
        ({"steps": 0}, "steps must be at least 1, got 0"),
        ({"image": 2}, "image must be below 2, the number of images, got 2"),
        ({"labels": [0]}, "labels must be 2 whole numbers, one an image, got shape (1,)"),
        ({"x": np.full((2, 2), 2.0)}, "x must be between 0 and 1, got 2 to 2"),
        ({"x": np.ones((2, 3))}, "x must have shape (images, 2), one image at least, got (2, 3)"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    net = CountingWeights(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))
    with pytest.raises(ValueError) as failure:
        early_answers(**{"network": net, "x": np.eye(2), "labels": [0, 1], "rng": SEED} | wrong)
    assert str(failure.value) == sentence
