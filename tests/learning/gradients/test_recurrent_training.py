"""Training a recurrent network: a memory that adaptation makes and its control, schedules, stops."""

from itertools import repeat

import numpy as np
import pytest
from learning.gradients.recurrent_small import arrays, small

from snnlab.learning import Adam, samples_from_raster
from snnlab.learning.gradients.cell_kinds import adaptive_cell
from snnlab.learning.gradients.losses import AskedClasses
from snnlab.learning.gradients.recurrent_gradient import RatePenalty, recurrent_gradient
from snnlab.learning.gradients.recurrent_network import initial_recurrent
from snnlab.learning.gradients.recurrent_training import falling_rate, train_recurrent

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


def test_ctrl_c_stop_and_the_last_batch_keep_what_was_learnt():
    patterns, network = small()
    before = [w.copy() for w in arrays(network)]
    three = train_recurrent(network, repeat(patterns), 3, progress=False)

    def pressed(step):
        if step.number == 3:
            raise KeyboardInterrupt
        return False

    def pressed_in_hook(step):
        pressed(step)

    for stop in (pressed, lambda step: step.number == 3):
        stopped = train_recurrent(network, repeat(patterns), 50, stop=stop, progress=False)
        assert not stopped.finished and stopped.loss.size == 3
        for ours, right in zip(arrays(stopped.network), arrays(three.network), strict=True):
            np.testing.assert_array_equal(ours, right)
    two = train_recurrent(network, repeat(patterns), 2, progress=False)
    hooked = train_recurrent(network, repeat(patterns), 50, after_step=pressed_in_hook, progress=False)
    assert not hooked.finished and hooked.loss.size == 2 and hooked.memory.step == 2
    for part in ("network", "mean", "square"):
        ours, right = (
            (run.network if part == "network" else getattr(run.memory, part)) for run in (hooked, two)
        )
        for w, other in zip(arrays(ours), arrays(right), strict=True):
            np.testing.assert_array_equal(w, other)  # step 3 was made, but is none
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


def test_the_last_step_is_not_asked():
    patterns, network = small()
    asked = []
    learnt = train_recurrent(
        network, repeat(patterns), 3, stop=lambda step: asked.append(step.number), progress=False
    )
    assert asked == [1, 2] and learnt.finished


def test_the_line_ends_where_something_fails(capsys):
    patterns, network = small()
    with pytest.raises(TypeError, match="batches must be Samples or pairs"):
        train_recurrent(network, [patterns, None], 3)
    assert "step 1 of 3" in (text := capsys.readouterr().err) and text.endswith("\n")


def test_bad_arguments_are_named():
    patterns, network = small()
    for arguments, message in (
        ({"steps": -1}, "steps must be at least 0, got -1"),
        ({"adam": Adam(rate=0.0)}, "rate must be positive"),
        ({"rates": RatePenalty(target=-1.0)}, "target must be zero or positive"),
        ({"schedule": lambda number: 0.0}, "schedule must be positive and finite, got 0"),
        ({"batches": [patterns._replace(n_inputs=70)]}, "samples must have as many inputs"),
    ):
        given = {"batches": repeat(patterns), "steps": 2} | arguments
        with pytest.raises(ValueError, match=message):
            train_recurrent(network, progress=False, **given)
    with pytest.raises(ValueError, match="factor must be between 0 and 1, got 2"):
        falling_rate(0.1, 2.0, 5)
    with pytest.raises(ValueError, match="factor must be above 0, got 0"):
        falling_rate(0.1, 0.0, 5)
    for arguments, message in (
        ({"stop": 3}, "stop must be a function, got int"),
        ({"progress": "no"}, "progress must be True or False, got 'no'"),
    ):
        with pytest.raises(TypeError, match=message):
            train_recurrent(network, repeat(patterns), 2, **arguments)
    with pytest.raises(ValueError, match="every must be at least 1, got 0"):
        falling_rate(0.1, 0.5, 0)
