"""Training: steps of Adam down the gradient that `gated_loss` has."""

import numpy as np
import pytest

from snnlab.learning.gates.gated_network import GatedWeights, gated_loss, initial_gated
from snnlab.learning.gates.gated_neuron import GatedNeuron
from snnlab.learning.gates.gated_training import train_gated
from snnlab.learning.gradients.adam import Adam, step

NEURON = GatedNeuron(width=0.6, dt=2.0)


def task(samples=6):
    rng = np.random.default_rng(4)
    weights = initial_gated(1, 4, 1, rng=rng)
    x, target = rng.normal(size=(2, samples, 50, 1))
    return weights, x, target, rng.uniform(0, 0.7, (samples, 4))


def plain_training(weights, x, target, v_start, steps, batch, adam, decay, longest, cost):
    """As the docstring says, with arrays."""
    weights = [w.copy() for w in weights]
    mean, square = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights]
    losses = []
    for k in range(steps):
        chosen = np.arange(k * batch, (k + 1) * batch) % len(x)
        each = [
            gated_loss(
                GatedWeights(*weights),
                x[j : j + 1],
                target[j : j + 1],
                NEURON,
                cost=cost,
                v_start=v_start[j : j + 1],
            )
            for j in chosen
        ]
        losses.append(np.mean([found.loss for found in each]))
        gradient = [np.zeros_like(w) for w in weights]
        for found in each:
            length = np.sqrt(sum((g**2).sum() for g in found.gradient))
            for total, g in zip(gradient, found.gradient, strict=True):
                total += g * min(1.0, longest / length) / batch
        rate = adam.rate * decay ** (k / (steps - 1))
        for w, g, m, q in zip(weights, gradient, mean, square, strict=True):
            m[:], q[:] = step(m, q, g, adam.beta_1, adam.beta_2)
            fair_m, fair_q = m / (1 - adam.beta_1 ** (k + 1)), q / (1 - adam.beta_2 ** (k + 1))
            w -= rate * fair_m / (np.sqrt(fair_q) + adam.epsilon)
    return weights, losses


@pytest.mark.parametrize("longest", [0.05, 100.0])
def test_it_is_adam_on_the_gradient_of_each_batch(longest):
    weights, x, target, v_start = task()
    numbers = {"adam": Adam(rate=0.02), "decay": 0.3, "longest": longest, "cost": 0.1}
    kept = [w.copy() for w in weights]
    found = train_gated(weights, x, target, 7, NEURON, batch=2, v_start=v_start, **numbers)
    new, losses = plain_training(weights, x, target, v_start, 7, 2, **numbers)
    assert found.loss == pytest.approx(losses, rel=1e-9, abs=0)
    for a, b in zip(found.weights, new, strict=True):
        assert a == pytest.approx(b, abs=1e-9)
    for a, b in zip(weights, kept, strict=True):
        assert np.array_equal(a, b)  # what was given stays


def test_only_what_is_learnt_moves():
    weights, x, target, v_start = task()
    found = train_gated(weights, x, target, 3, NEURON, v_start=v_start, learnt=("w_rec", "drive")).weights
    moved = [not np.array_equal(a, b) for a, b in zip(found, weights, strict=True)]
    assert moved == [False, True, False, True]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"learnt": ("w",)},
            r"learnt must be a tuple of names among w_in, w_rec, w_out, drive, got \('w',\)",
        ),
        ({"learnt": "w_in"}, "learnt must be a tuple"),
        ({"decay": 0}, "decay must be positive"),
        ({"longest": 0}, "longest must be positive"),
        ({"batch": 0}, "batch must be at least 1, got 0"),
    ],
)
def test_what_is_refused(given, said):
    weights, x, target, _ = task()
    with pytest.raises(ValueError, match=said):
        train_gated(weights, x, target, 3, NEURON, **given)
