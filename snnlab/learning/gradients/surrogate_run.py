"""What a network does with a sample: its potentials, spikes and scores, and the class that it names."""

from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.compiling import kernel
from snnlab.learning.gradients.bptt import _numbers, _rows, _workspace, data_of, forward
from snnlab.learning.gradients.cell import step
from snnlab.learning.gradients.surrogate_network import (
    CurrentLIF,
    Surrogate,
    Weights,
    check_current_lif,
    check_surrogate,
    check_weights,
)
from snnlab.learning.samples import Samples, check_samples
from snnlab.spikes import Spikes

__all__ = ["SurrogateRun", "predict", "run_network", "run_relaxed"]


class SurrogateRun(NamedTuple):
    """One sample in a network, step by step.

    Examples
    --------
    >>> run = SurrogateRun(np.zeros((3, 1)), np.zeros((2, 1)), np.zeros((3, 2)), dt=1.0)
    >>> run.spikes
    Spikes(0 spikes of 1 unit in 2 ms, 0.0 Hz a unit)
    """

    v: np.ndarray
    """Potential of the hidden neurons, shape (steps + 1, hidden), from the start on; the threshold is 1."""
    s: np.ndarray
    """Their spikes, 0 or 1 or graded, shape (steps, hidden)."""
    y: np.ndarray
    """Potential of the readout, shape (steps + 1, outputs), from which the score of a class is taken."""
    dt: float
    """Time step, ms."""

    @property
    def spikes(self) -> Spikes:
        """The spikes of the hidden neurons with their times; graded ones where they reach one half."""
        steps, units = np.nonzero(self.s >= 0.5)
        return Spikes(steps * self.dt, units, n_units=self.s.shape[1], duration=self.s.shape[0] * self.dt)


def run_network(
    weights: Weights, samples: Samples, sample: int = 0, neuron: CurrentLIF = CurrentLIF()
) -> SurrogateRun:
    """One sample in the spiking network.

    Parameters
    ----------
    weights
        Of the network.
    samples
        Inputs.
    sample : int
        Which of them.
    neuron
        Numbers of the neurons.

    Returns
    -------
    SurrogateRun
        `v`, `s`, `y` and `spikes`.

    Examples
    --------
    >>> from snnlab.learning import initial_weights, poisson_patterns
    >>> rng = np.random.default_rng(1)
    >>> samples = poisson_patterns(rng=rng)
    >>> run = run_network(initial_weights(100, 4, 2, rng=rng), samples)
    >>> print(run.v.shape, run.s.shape, run.y.shape)
    (201, 4) (200, 4) (201, 2)
    """
    return _run_one(weights, samples, sample, neuron, Surrogate(), False)


def run_relaxed(
    weights: Weights,
    samples: Samples,
    sample: int = 0,
    neuron: CurrentLIF = CurrentLIF(),
    surrogate: Surrogate = Surrogate(),
) -> SurrogateRun:
    """One sample in the relaxed network, whose spikes are graded.

    Parameters
    ----------
    weights
        Of the network.
    samples
        Inputs.
    sample : int
        Which of them.
    neuron
        Numbers of the neurons.
    surrogate
        Its antiderivative is the spike.

    Returns
    -------
    SurrogateRun
        `v`, `s`, `y` and `spikes`.

    Examples
    --------
    >>> from snnlab.learning import initial_weights, poisson_patterns
    >>> rng = np.random.default_rng(1)
    >>> samples = poisson_patterns(rng=rng)
    >>> run = run_relaxed(initial_weights(100, 4, 2, rng=rng), samples)
    >>> print(0 < run.s.min() < run.s.max() < 1)
    True
    """
    return _run_one(weights, samples, sample, neuron, surrogate, True)


def _run_one(
    weights: Weights, samples: Samples, sample: int, neuron: CurrentLIF, surrogate: Surrogate, graded: bool
) -> SurrogateRun:
    weights, neuron = check_weights(weights), check_current_lif(neuron)
    samples = check_samples(samples, weights.w_in.shape[1], weights.w_out.shape[0])
    if whole("sample", sample) >= samples.n_samples:
        raise ValueError(f"sample must be below {samples.n_samples}, the number of samples, got {sample}")
    numbers = _numbers(weights, neuron, check_surrogate(surrogate), graded)
    trial, net = _workspace(weights, samples.steps, numbers.through_reset), _rows(weights)
    forward(sample, data_of(samples), net, numbers, trial)
    s = np.zeros(trial.v[1:].shape, trial.v.dtype)
    count = trial.start[-1]
    step = np.repeat(np.arange(samples.steps), np.diff(trial.start))
    s[step, trial.units[:count]] = trial.values[:count]
    y = np.zeros((samples.steps + 1, trial.y.size), trial.y.dtype)
    _read_out(s, net.w_out, y, trial.j, numbers.alpha, numbers.beta_out)
    return SurrogateRun(trial.v, s, y, neuron.dt)


def predict(weights: Weights, samples: Samples, neuron: CurrentLIF = CurrentLIF()) -> np.ndarray:
    """The class that the network names for each sample.

    Parameters
    ----------
    weights
        Of the network.
    samples
        Inputs; their labels are not looked at.
    neuron
        Numbers of the neurons.

    Returns
    -------
    array of int, shape (samples,)

    Examples
    --------
    >>> from snnlab.learning import initial_weights, poisson_patterns
    >>> rng = np.random.default_rng(1)
    >>> samples = poisson_patterns(rng=rng)
    >>> predict(initial_weights(100, 4, 2, rng=rng), samples).shape
    (256,)
    """
    weights, neuron = check_weights(weights), check_current_lif(neuron)
    samples = check_samples(samples, weights.w_in.shape[1], weights.w_out.shape[0])
    scores = np.empty((samples.n_samples, weights.w_out.shape[0]))
    numbers = _numbers(weights, neuron, Surrogate(), False)
    _score(data_of(samples), _rows(weights), numbers, _workspace(weights, samples.steps, False), scores)
    return scores.argmax(axis=1)


@kernel
def _score(data, net, numbers, trial, scores):
    """The scores of every sample."""
    for sample in range(scores.shape[0]):
        forward(sample, data, net, numbers, trial)
        for k in range(scores.shape[1]):
            scores[sample, k] = trial.best[k]


@kernel
def _read_out(s, w_out, y, j, alpha, beta):
    """The potential of the readout, step by step."""
    j[:] = 0
    for t in range(s.shape[0]):
        for k in range(j.size):
            y[t + 1, k], j[k] = step(y[t, k], j[k], alpha, beta)
            for n in range(s.shape[1]):
                j[k] += s[t, n] * w_out[n, k]
