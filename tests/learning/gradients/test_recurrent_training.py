"""Training a recurrent network: a memory that adaptation makes and its control, hooks, schedules, stops."""

from itertools import repeat

import numpy as np
import pytest

from snnlab.learning import Adam, Weights, adam_start, adam_step, poisson_patterns, samples_from_raster
from snnlab.learning.gradients.adam import update_row
from snnlab.learning.gradients.cell_kinds import adaptive_cell, lif_cell
from snnlab.learning.gradients.losses import AskedClasses, CrossEntropy
from snnlab.learning.gradients.recurrent_gradient import LSNN_SURROGATE, RatePenalty, recurrent_gradient
from snnlab.learning.gradients.recurrent_network import as_recurrent, initial_recurrent
from snnlab.learning.gradients.recurrent_training import falling_rate, recurrent_steps, train_recurrent

CUE, WAIT, ASK, CHANNEL = 20, 150, 20, 5  # steps of 1 ms, and inputs of a channel


def remembered(rng, samples=24):
    """One of two channels fires, all are silent but for a little noise, and at the end a third asks which."""
    labels = rng.integers(0, 2, samples)
    chance = np.full((samples, CUE + WAIT + ASK, 3 * CHANNEL), 0.002)
    for sample, label in enumerate(labels):
        chance[sample, :CUE, label * CHANNEL : (label + 1) * CHANNEL] = 0.3
    chance[:, -ASK:, 2 * CHANNEL :] = 0.3
    classes = np.full(chance.shape[:2], -1)
    classes[:, -ASK:] = labels[:, None]
    return samples_from_raster(rng.random(chance.shape) < chance, labels), AskedClasses(classes)


def recalled(beta_a, seed):
    """The fraction of steps that are right at the end, of a network that has learnt, on trials never seen."""
    rng = np.random.default_rng(seed)
    cell = adaptive_cell(12, tau_a=200.0, beta_a=beta_a, refractory=3)
    start = initial_recurrent(3 * CHANNEL, cell, 2, longest=4, rng=rng)
    learnt = train_recurrent(
        start,
        (remembered(rng) for _ in range(70)),
        70,
        adam=Adam(rate=0.02),
        schedule=falling_rate(0.02, 0.5, 35),
        rates=RatePenalty(10.0, 1e-4),
        progress=False,
    )
    assert learnt.loss.size == 70
    return recurrent_gradient(learnt.network, *remembered(rng, 100)).accuracy


def test_thresholds_that_adapt_remember_and_potentials_forget():
    """The control is the same network without adaptation: as many neurons, the same inputs and steps."""
    pairs = np.array([[recalled(beta_a, seed) for beta_a in (1.7, 0.0)] for seed in range(10)])
    adapting, alone = pairs.T
    print(f"ALIF {adapting.mean():.3f} ± {adapting.std(ddof=1):.3f}, least {adapting.min():.3f}")
    print(f"LIF {alone.mean():.3f} ± {alone.std(ddof=1):.3f}, most {alone.max():.3f}")
    assert adapting.mean() > 0.9 and alone.mean() < 0.75
    assert np.sum(adapting > alone) >= 9 and np.mean(adapting - alone) > 0.2


def small(seed=1, recurrent=True):
    rng = np.random.default_rng(seed)
    patterns = poisson_patterns(8, 20, 2, 40, rate=30.0, rng=rng)
    network = initial_recurrent(20, lif_cell(4), 2, gain=0.5, longest=3, rng=rng)
    return patterns, network if recurrent else network._replace(recurrent=None)


def arrays(network):
    return network.w_in, network.w_out, network.recurrent.w


def test_a_step_is_one_of_adam_down_the_gradient():
    patterns, network = small()
    loss, rates, schedule = CrossEntropy("mean"), RatePenalty(20.0, 1e-4), falling_rate(0.01, 0.5, 2)
    expected = [w.copy() for w in arrays(network)]
    mean, square = ([np.zeros_like(w) for w in expected] for _ in range(2))
    source = recurrent_steps(network, repeat((patterns, loss)), rates=rates, schedule=schedule)
    for number, rate in ((1, 0.01), (2, 0.01), (3, 0.005)):
        lines = network.recurrent._replace(w=expected[2])
        now = network._replace(w_in=expected[0], w_out=expected[1], recurrent=lines)
        found = recurrent_gradient(now, patterns, loss, LSNN_SURROGATE, rates=rates)
        for w, g, m, q in zip(expected, (found.w_in, found.w_out, found.w_rec), mean, square, strict=True):
            update_row(w.ravel(), g.ravel(), m.ravel(), q.ravel(), number, rate, *Adam()[1:])
        step = next(source)
        assert step.number == number and step.loss == found.loss and step.accuracy == found.accuracy
        assert step.spikes == found.spikes / 8
        for ours, right in zip(arrays(step.network), expected, strict=True):
            np.testing.assert_array_equal(ours, right)
        for ours, right in zip(arrays(step.mean) + arrays(step.square), mean + square, strict=True):
            np.testing.assert_array_equal(ours, right)


def test_it_is_the_adam_of_the_other_networks():
    patterns, network = small(recurrent=False)
    found = recurrent_gradient(network, patterns)
    one = next(recurrent_steps(network, [patterns]))
    weights, gradient = Weights(network.w_in, network.w_out), Weights(found.w_in, found.w_out)
    expected, _ = adam_step(weights, gradient, adam_start(weights))
    assert one.network.w_in == pytest.approx(expected.w_in, rel=1e-13)
    assert one.network.w_out == pytest.approx(expected.w_out, rel=1e-13)
    assert as_recurrent(expected).recurrent is one.network.recurrent is None


def test_what_a_hook_changes_stays_changed():
    """Half of the weights are held at zero, and Adam is made to forget them, as rewiring does."""
    patterns, network = small()
    rng = np.random.default_rng(9)
    masks = [rng.random(w.shape) < 0.5 for w in arrays(network)]
    numbers = []

    def hold(step):
        numbers.append(step.number)
        for part in (step.network, step.mean, step.square):
            for w, kept in zip(arrays(part), masks, strict=True):
                w *= kept

    held = train_recurrent(network, repeat(patterns), 5, after_step=hold, progress=False)
    free = train_recurrent(network, repeat(patterns), 5, progress=False)
    assert numbers == [1, 2, 3, 4, 5]
    for w, unheld, kept in zip(arrays(held.network), arrays(free.network), masks, strict=True):
        assert not w[~kept].any() and w[kept].all() and unheld.all()
    assert held.loss[0] == free.loss[0] and held.loss[2] != free.loss[2]


def test_ctrl_c_stop_and_the_last_batch_keep_what_was_learnt():
    patterns, network = small()
    before = [w.copy() for w in arrays(network)]
    three = train_recurrent(network, repeat(patterns), 3, progress=False)

    def pressed(step):
        if step.number == 3:
            raise KeyboardInterrupt
        return False

    for stop in (pressed, lambda step: step.number == 3):
        stopped = train_recurrent(network, repeat(patterns), 50, stop=stop, progress=False)
        assert not stopped.finished and stopped.loss.size == 3
        for ours, right in zip(arrays(stopped.network), arrays(three.network), strict=True):
            np.testing.assert_array_equal(ours, right)
    ended = train_recurrent(network, [patterns] * 3, 50, progress=False)
    assert ended.finished and np.array_equal(ended.loss, three.loss)
    for ours, right in zip(arrays(network), before, strict=True):
        np.testing.assert_array_equal(ours, right)  # where it started stays as it is
    none = train_recurrent(network, repeat(patterns), 0, progress=False)
    assert none.loss.size == 0 and np.array_equal(none.network.w_in, network.w_in)


def test_a_line_tells_how_far_it_is(capsys):
    patterns, network = small()
    learnt = train_recurrent(network, repeat(patterns), 2)
    text = capsys.readouterr().err
    assert "step 2 of 2 " in text and f"loss {learnt.loss[-1]:.3f}" in text and text.endswith("\n")


def test_bad_arguments_are_named():
    patterns, network = small()
    for arguments, message in (
        ({"steps": -1}, "steps must be at least 0, got -1"),
        ({"adam": Adam(rate=0.0)}, "rate must be positive"),
        ({"rates": RatePenalty(target=-1.0)}, "target must be zero or positive"),
        ({"schedule": lambda number: 0.0}, "schedule must be positive and finite, got 0"),
        ({"batches": [patterns._replace(n_inputs=7)]}, "samples must have as many inputs"),
    ):
        given = {"batches": repeat(patterns), "steps": 2} | arguments
        with pytest.raises(ValueError, match=message):
            train_recurrent(network, progress=False, **given)
    with pytest.raises(ValueError, match="factor must be between 0 and 1, got 2"):
        falling_rate(0.1, 2.0, 5)
    with pytest.raises(ValueError, match="every must be at least 1, got 0"):
        falling_rate(0.1, 0.5, 0)
