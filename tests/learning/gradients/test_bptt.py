"""Backpropagation through time against differences of the loss, and against an adjoint in NumPy.

The network is written a second time here, with whole matrices and every step kept, to be read and not to be
quick.
"""

import math
from typing import NamedTuple

import numpy as np
import pytest

from snnlab.learning import (
    SHAPES,
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    area,
    fast_sigmoid,
    graded_spike,
    predict,
    run_network,
    samples_from_raster,
    surrogate_gradient,
)
from snnlab.learning.gradients.surrogate_gradient import relaxed_gradient
from snnlab.learning.gradients.surrogate_run import run_relaxed

STEPS, INPUTS, HIDDEN, OUTPUTS, SAMPLES = 30, 6, 5, 3, 4
NEURON = CurrentLIF(tau_m=8.0, tau_s=4.0, dt=1.5)
SLOW = NEURON._replace(tau_out=60.0, mean_score=True)  # a readout that remembers, and is asked in every step
READOUTS = pytest.mark.parametrize("neuron", [NEURON, SLOW], ids=["largest", "mean"])
NO_PENALTY, PENALTY = Penalty(), Penalty(total=2e-3, per_neuron=3e-3)


class Path(NamedTuple):
    """Everything that happened to one sample."""

    v: np.ndarray  # (steps + 1, hidden)
    u: np.ndarray  # (steps, hidden): the potential before its reset
    s: np.ndarray  # (steps, hidden)
    y: np.ndarray  # (steps + 1, outputs)


def forward(x, weights, spike, resets=None, neuron=NEURON) -> Path:
    """The network as its equations stand; `resets` are used instead of the spikes, if given."""
    steps, hidden = len(x), len(weights.w_in)
    v, i = np.zeros((steps + 1, hidden)), np.zeros((steps + 1, hidden))
    u, s = np.zeros((steps, hidden)), np.zeros((steps, hidden))
    y, j = (np.zeros((steps + 1, len(weights.w_out))) for _ in range(2))
    for t in range(steps):
        s[t] = spike(v[t] - 1)
        arrived = weights.w_in @ x[t]
        if weights.w_rec is not None and t > 0:
            arrived += weights.w_rec @ s[t - 1]
        i[t + 1] = neuron.alpha * i[t] + arrived
        u[t] = neuron.beta * v[t] + i[t]
        v[t + 1] = u[t] * (1 - (s if resets is None else resets)[t])
        j[t + 1] = neuron.alpha * j[t] + weights.w_out @ s[t]
        y[t + 1] = math.exp(-neuron.dt / (neuron.tau_out or neuron.tau_m)) * y[t] + j[t]
    return Path(v, u, s, y)


def scores_of(path, neuron):
    return path.y[1:].mean(axis=0) if neuron.mean_score else path.y.max(axis=0)


def loss(paths, labels, penalty, neuron=NEURON):
    scores = np.array([scores_of(path, neuron) for path in paths])
    shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    spikes = sum(path.s.sum(axis=0) for path in paths)
    wrong = -np.log(shares[np.arange(len(labels)), labels]).mean()
    return wrong + penalty.total * spikes.sum() + penalty.per_neuron * np.mean(spikes**2)


def adjoint(x, label, path, weights, slope, through_reset, spike_cost, neuron=NEURON) -> Weights:
    """The derivatives of the loss of one sample, step by step from the end."""
    steps, hidden = path.s.shape
    scores, when = scores_of(path, neuron), path.y.argmax(axis=0)
    beta_out = math.exp(-neuron.dt / (neuron.tau_out or neuron.tau_m))
    pull = np.exp(scores) / np.exp(scores).sum() - (np.arange(len(scores)) == label)
    d_y, d_j = (np.zeros((steps + 2, len(scores))) for _ in range(2))
    d_v, d_i = (np.zeros((steps + 2, hidden)) for _ in range(2))
    d_s = np.zeros((steps, hidden))
    g_in, g_out, g_rec = np.zeros((hidden, x.shape[1])), np.zeros_like(weights.w_out), np.zeros((hidden,) * 2)
    for t in range(steps, -1, -1):
        share = (t > 0) / steps if neuron.mean_score else when == t
        d_y[t] = beta_out * d_y[t + 1] + pull * share  # y[t] makes y[t + 1] and the score
        d_j[t] = neuron.alpha * d_j[t + 1] + d_y[t + 1]  # j[t] makes j[t + 1] and y[t + 1]
        if t == steps:
            continue
        d_s[t] = weights.w_out.T @ d_j[t + 1] + spike_cost
        if weights.w_rec is not None:
            d_s[t] += weights.w_rec.T @ d_i[t + 2]  # s[t] arrives in i[t + 2]
        if through_reset:
            d_s[t] -= path.u[t] * d_v[t + 1]
        d_u = d_v[t + 1] * (1 - path.s[t])
        d_v[t] = neuron.beta * d_u + slope(path.v[t] - 1) * d_s[t]
        d_i[t] = neuron.alpha * d_i[t + 1] + d_u
        g_in += np.outer(d_i[t + 1], x[t])
        g_out += np.outer(d_j[t + 1], path.s[t])
        if t > 0:
            g_rec += np.outer(d_i[t + 1], path.s[t - 1])
    return Weights(g_in, g_out, g_rec)


def task(recurrent, seed=23):
    rng = np.random.default_rng(seed)
    x = (rng.random((SAMPLES, STEPS, INPUTS)) < 0.15).astype(float)
    weights = Weights(
        rng.normal(0, 0.7, (HIDDEN, INPUTS)),
        rng.normal(0, 1.0, (OUTPUTS, HIDDEN)),
        rng.normal(0, 0.4, (HIDDEN, HIDDEN)) if recurrent else None,
    )
    return x, rng.integers(0, OUTPUTS, SAMPLES), weights


def differences(function, weights, step):
    """Central differences of `function` by every weight."""
    found = {}
    for name, w in weights._asdict().items():
        if w is None:
            continue
        found[name] = np.zeros_like(w)
        for place in np.ndindex(w.shape):
            sides = []
            for sign in (1, -1):
                moved = w.copy()
                moved[place] += sign * step
                sides.append(function(weights._replace(**{name: moved})))
            found[name][place] = (sides[0] - sides[1]) / (2 * step)
    return found


def furthest(gradient, expected):
    """The largest relative difference, as a fraction of the largest entry of each matrix."""
    return max(
        np.abs(getattr(gradient, name) - right).max() / np.abs(right).max()
        for name, right in expected.items()
    )


@pytest.mark.equation("surrogate-backward")
@READOUTS
@pytest.mark.parametrize("penalty", [NO_PENALTY, PENALTY], ids=["loss", "penalty"])
@pytest.mark.parametrize("through_reset", [True, False], ids=["through", "detached"])
@pytest.mark.parametrize("recurrent", [False, True], ids=["feedforward", "recurrent"])
def test_the_relaxed_gradient_equals_differences_of_the_loss(recurrent, through_reset, penalty, neuron):
    """Where the reset is detached, the resets of the unmoved weights stay while the weights are moved."""
    x, labels, weights = task(recurrent)
    surrogate = Surrogate(width=0.2, through_reset=through_reset)

    def spike(distance):
        return graded_spike(fast_sigmoid)(distance, surrogate.width)

    given = [None if through_reset else forward(row, weights, spike, neuron=neuron).s for row in x]

    def moved(weights):
        paths = [forward(row, weights, spike, resets, neuron) for row, resets in zip(x, given, strict=True)]
        return loss(paths, labels, penalty, neuron)

    found = relaxed_gradient(weights, samples_from_raster(x, labels), neuron, surrogate, penalty)
    assert found.loss == pytest.approx(moved(weights), rel=1e-13, abs=0)
    assert furthest(found.weights, differences(moved, weights, 3e-6)) < 1e-6


@pytest.mark.equation("surrogate-loss", "surrogate-penalty")
@READOUTS
@pytest.mark.parametrize("penalty", [NO_PENALTY, PENALTY], ids=["loss", "penalty"])
@pytest.mark.parametrize("through_reset", [True, False], ids=["through", "detached"])
@pytest.mark.parametrize("recurrent", [False, True], ids=["feedforward", "recurrent"])
def test_the_surrogate_gradient_equals_the_adjoint_in_numpy(recurrent, through_reset, penalty, neuron):
    x, labels, weights = task(recurrent)
    samples = samples_from_raster(x, labels)
    paths = [forward(row, weights, lambda distance: 1.0 * (distance > 0), neuron=neuron) for row in x]
    spikes = sum(path.s.sum(axis=0) for path in paths)
    assert spikes.min() > 3  # every neuron takes part
    cost = penalty.total + 2 * penalty.per_neuron * spikes / HIDDEN
    for shape in SHAPES:
        surrogate = Surrogate(shape, 0.3, 0.8, through_reset)
        found = surrogate_gradient(weights, samples, neuron, surrogate, penalty)
        parts = [
            adjoint(
                row,
                label,
                path,
                weights,
                lambda d: 0.8 * shape(d, 0.3),  # noqa: B023
                through_reset,
                SAMPLES * cost,
                neuron,
            )
            for row, label, path in zip(x, labels, paths, strict=True)
        ]
        expected = {
            name: np.mean([getattr(part, name) for part in parts], axis=0)
            for name in ("w_in", "w_out", "w_rec")[: 3 if recurrent else 2]
        }
        assert furthest(found.weights, expected) < 1e-12
        assert found.loss == pytest.approx(loss(paths, labels, penalty, neuron), rel=1e-13, abs=0)
        assert found.spikes == spikes.sum()
        named = [scores_of(path, neuron).argmax() for path in paths]
        assert found.accuracy == np.mean(named == labels)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_shape_has_a_relaxed_network(shape):
    """One weight moved in the kernel itself, with the reset differentiated."""
    x, labels, weights = task(recurrent=True)
    samples = samples_from_raster(x, labels)
    surrogate = Surrogate(shape, 0.4, through_reset=True)
    found = relaxed_gradient(weights, samples, NEURON, surrogate).weights.w_in[2, 3]
    sides = []
    for step in (1e-6, -1e-6):
        w_in = weights.w_in.copy()
        w_in[2, 3] += step
        sides.append(relaxed_gradient(weights._replace(w_in=w_in), samples, NEURON, surrogate).loss)
    assert (sides[0] - sides[1]) / 2e-6 == pytest.approx(found, rel=1e-5)
    assert area(shape, 0.4) > 0


@pytest.mark.equation("surrogate-neuron", "surrogate-readout")
@READOUTS
@pytest.mark.parametrize("recurrent", [False, True], ids=["feedforward", "recurrent"])
def test_a_run_is_that_of_the_equations(recurrent, neuron):
    x, labels, weights = task(recurrent)
    samples = samples_from_raster(x, labels)
    for k, row in enumerate(x):
        for run, spike in (
            (run_network(weights, samples, k, neuron), lambda distance: 1.0 * (distance > 0)),
            (
                run_relaxed(weights, samples, k, neuron, Surrogate(width=0.2)),
                lambda distance: graded_spike(fast_sigmoid)(distance, 0.2),
            ),
        ):
            path = forward(row, weights, spike, neuron=neuron)
            assert run.v == pytest.approx(path.v, rel=1e-12, abs=1e-12)
            assert run.s == pytest.approx(path.s, rel=1e-12, abs=1e-12)
            assert run.y == pytest.approx(path.y, rel=1e-12, abs=1e-12)
        hard = run_network(weights, samples, k, neuron)
        assert hard.spikes.n_spikes == hard.s.sum()
        assert predict(weights, samples, neuron)[k] == scores_of(hard, neuron).argmax()


def test_a_batch_is_the_mean_of_its_samples_and_height_zero_silences_the_error():
    x, labels, weights = task(recurrent=True)
    samples = samples_from_raster(x, labels)
    whole = surrogate_gradient(weights, samples, NEURON, which=[2, 0])
    parts = [surrogate_gradient(weights, samples, NEURON, which=[k]) for k in (0, 2)]
    assert whole.loss == pytest.approx(np.mean([part.loss for part in parts]))
    assert whole.accuracy == np.mean([part.accuracy for part in parts])
    assert whole.weights.w_in == pytest.approx((parts[0].weights.w_in + parts[1].weights.w_in) / 2)
    readout = surrogate_gradient(weights, samples, NEURON, Surrogate(height=0.0)).weights
    assert not readout.w_in.any() and not readout.w_rec.any() and readout.w_out.any()


@READOUTS
def test_an_error_reaches_a_silent_network_where_a_class_scores_by_the_mean(neuron):
    x, labels, weights = task(recurrent=False)
    samples, faint = samples_from_raster(x, labels), weights._replace(w_in=0.01 * weights.w_in)
    assert not any(run_network(faint, samples, k, neuron).s.any() for k in range(SAMPLES))
    found = surrogate_gradient(faint, samples, neuron, Surrogate(width=10.0)).weights
    assert found.w_in.any() == neuron.mean_score  # the highest value is the one at the start
    assert not found.w_out.any()  # no spike passed


def test_a_readout_that_stays_below_its_start_gets_no_error_unless_a_class_scores_by_the_mean():
    """A dead readout: chapter 16 shows one that chance has made."""
    x, labels, weights = task(recurrent=False)
    samples, w_out = samples_from_raster(x, labels), weights.w_out.copy()
    w_out[1] = -np.abs(w_out[1])
    dead = weights._replace(w_out=w_out)
    assert all(run_network(dead, samples, k, NEURON).y[:, 1].max() == 0 for k in range(SAMPLES))
    for width in (0.01, 10.0):
        slopes = surrogate_gradient(dead, samples, NEURON, Surrogate(width=width)).weights.w_out
        assert not slopes[1].any() and slopes[0].any()
    assert surrogate_gradient(dead, samples, NEURON._replace(mean_score=True)).weights.w_out[1].any()


def test_bad_arguments_are_named():
    x, labels, weights = task(recurrent=False)
    samples = samples_from_raster(x, labels)
    for arguments, message in (
        (
            (weights._replace(w_in=weights.w_in[:, 1:]), samples),
            "as many inputs as the network .5., got 6",
        ),
        ((weights._replace(w_out=weights.w_out[:1]), samples), "labels must be from 0 to 0"),
        ((weights._replace(w_rec=np.ones((2, 2))), samples), r"w_rec must have shape \(5, 5\)"),
        ((weights._replace(w_in=np.full((5, 6), np.nan)), samples), "w_in must be finite, got nan"),
        ((weights, samples, CurrentLIF(tau_m=-1.0)), "tau_m must be positive and finite, got -1"),
        ((weights, samples, CurrentLIF(tau_out=0.0)), "tau_out must be positive and finite, got 0"),
        ((weights, samples, NEURON, Surrogate(width=0.0)), "width must be positive and finite, got 0"),
        (
            (weights, samples, NEURON, Surrogate(), Penalty(per_neuron=-1.0)),
            "per_neuron must be zero or positive",
        ),
        ((weights, samples, NEURON, Surrogate(), Penalty(), [4]), "which must be from 0 to 3, got 4"),
    ):
        with pytest.raises(ValueError, match=message):
            surrogate_gradient(*arguments)
    with pytest.raises(TypeError, match="samples must be Samples, got ndarray"):
        surrogate_gradient(weights, x)
    with pytest.raises(TypeError, match="mean_score must be True or False, got 1"):
        surrogate_gradient(weights, samples, CurrentLIF(mean_score=1))
