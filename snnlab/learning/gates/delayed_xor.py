r"""The exclusive or of two pulses that are far apart, asked for after both: a task that needs a memory.

A pulse of +1 or −1 comes, some time later another, and at last a cue on a second input. From the end of the
cue on the output should be +1 if the two pulses were different and −1 if they were alike, which no sum of the
two says. Between the pulses nothing comes in. The delay can be many times the time constants of neuron and
synapse. What carries the memory then is a question: it may go round in the network, but a theta neuron with a
drive above 0 is an oscillator, whose phase keeps what a pulse did to it. The control is a network in which
nobody hears anybody, with no recurrent weights at the start and none among those that are `learnt`.

The gate of `REMEMBERER` is open over four fifths of the circle, so what its neurons tell each other is little
like a spike. Whether a network does it with spikes is seen with a narrow gate.

Source: D. Huh and T. J. Sejnowski (2018), Gradient descent for spiking neural networks, NeurIPS 31, whose
delayed-memory task this is; durations and sizes are ours.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import non_negative, positive, whole
from snnlab.learning.gates.gated_network import GatedWeights, check_gated, run_gated
from snnlab.learning.gates.gated_neuron import THETA, GatedNeuron, check_gated_neuron
from snnlab.learning.gates.gated_training import GatedTraining, train_gated
from snnlab.learning.gradients.adam import Adam

__all__ = ["XorTrials", "delayed_xor", "learn_delayed_xor", "right_answers"]

REMEMBERER = GatedNeuron(THETA, width=5.0, tau_m=10.0, tau_s=20.0, dt=2.5)
LEAD, PULSE, GAP, ANSWER = 20.0, 40.0, 40.0, 60.0  # ms


class XorTrials(NamedTuple):
    """Trials of the task.

    Examples
    --------
    >>> trials = delayed_xor(8, 100.0, 2.5, rng=np.random.default_rng(1))
    >>> print(trials.x.shape, trials.target[:4, -1, 0])
    (8, 136, 2) [-1.  1.  1. -1.]
    """

    x: np.ndarray
    """The pulses and the cue, shape (samples, steps, 2)."""
    target: np.ndarray
    """The answer in the steps in which it is wanted, else 0, shape (samples, steps, 1)."""
    heed: np.ndarray
    """1 in these steps, else 0, shape (samples, steps)."""


def delayed_xor(
    samples: int, longest: float, dt: float = 2.5, shortest: float = 20.0, *, rng: np.random.Generator
) -> XorTrials:
    """Draw trials, each of the four pairs of pulses in turn.

    Parameters
    ----------
    samples : int
        How many.
    longest, shortest : float
        Between which the time from the end of the first pulse to the second is drawn, ms.
    dt : float
        Time step, ms.
    rng
        Where the delays come from.

    Examples
    --------
    >>> x = delayed_xor(1, 100.0, 10.0, 100.0, rng=np.random.default_rng(1)).x[0]
    >>> print(x[:, 0].astype(int).tolist())
    [0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    """
    samples, dt = whole("samples", samples, 1), positive("dt", dt)
    shortest, longest = non_negative("shortest", shortest), positive("longest", longest)
    if shortest > longest:
        raise ValueError(f"shortest must be at most longest ({longest:g} ms), got {shortest:g}")
    lead, pulse, gap, answer, most = (round(ms / dt) for ms in (LEAD, PULSE, GAP, ANSWER, longest))
    second = lead + pulse + most
    cue = second + pulse + gap
    asked = cue + pulse
    k = np.arange(samples)
    a, b = np.where(k % 4 < 2, 1.0, -1.0), np.where(k % 2 == 0, 1.0, -1.0)
    first = second - pulse - np.round(rng.uniform(shortest, longest, samples) / dt).astype(int)
    t = np.arange(asked + answer)
    x = np.zeros((samples, t.size, 2))
    x[:, :, 0] = a[:, None] * ((t >= first[:, None]) & (t < first[:, None] + pulse))
    x[:, second : second + pulse, 0] = b[:, None]
    x[:, cue:asked, 1] = 1.0
    heed = np.zeros((samples, t.size))
    heed[:, asked:] = 1.0
    return XorTrials(x, (-(a * b)[:, None] * heed)[:, :, None], heed)


def learn_delayed_xor(
    weights: GatedWeights,
    longest: float,
    steps: int,
    neuron: GatedNeuron = REMEMBERER,
    *,
    adam: Adam = Adam(rate=0.004),
    learnt: tuple[str, ...] = GatedWeights._fields,
    rng: np.random.Generator,
) -> GatedTraining:
    """Learn the weights, on 1024 trials with delays up to `longest`, sixteen a step of Adam.

    Parameters
    ----------
    weights
        Where to start: `initial_gated` with two inputs and one output, or what shorter delays have taught.
    longest : float
        The longest delay, ms.
    steps : int
        Steps of Adam.
    neuron
        The numbers of all neurons.
    adam
        The numbers of the optimiser.
    learnt : tuple of str
        Which weights are learnt, as in `train_gated`.
    rng
        Where delays and potentials at the start come from.

    Examples
    --------
    >>> from snnlab.learning.gates.gated_network import initial_gated
    >>> rng = np.random.default_rng(1)
    >>> learnt = learn_delayed_xor(initial_gated(2, 4, 1, rng=rng), 50.0, 2, rng=rng)
    >>> learnt.loss.size
    2
    """
    weights, neuron = check_gated(weights), check_gated_neuron(neuron)
    trials = delayed_xor(1024, longest, neuron.dt, rng=rng)
    v_start = _starts(len(trials.x), weights, neuron, rng)
    return train_gated(
        weights, trials.x, trials.target, steps, neuron,
        heed=trials.heed, adam=adam, decay=0.3, batch=16, longest=5.0, learnt=learnt, v_start=v_start,
    )  # fmt: skip


def right_answers(
    weights: GatedWeights,
    trials: XorTrials,
    neuron: GatedNeuron = REMEMBERER,
    *,
    rng: np.random.Generator,
) -> np.ndarray:
    """Which trials are answered with the right sign, by the mean of the output while it is asked for.

    Parameters
    ----------
    weights
        The network.
    trials
        What it is asked.
    neuron
        The numbers of all neurons: a narrower gate than it learnt with is allowed.
    rng
        Where the potentials at the start come from.

    Returns
    -------
    array of bool, shape (samples,)

    Examples
    --------
    >>> from snnlab.learning.gates.gated_network import initial_gated
    >>> rng = np.random.default_rng(1)
    >>> trials = delayed_xor(8, 50.0, rng=rng)
    >>> right_answers(initial_gated(2, 4, 1, rng=rng), trials, rng=rng).shape
    (8,)
    """
    weights, neuron = check_gated(weights), check_gated_neuron(neuron)
    out = run_gated(weights, trials.x, neuron, v_start=_starts(len(trials.x), weights, neuron, rng)).out
    return (out * trials.target).sum(axis=(1, 2)) > 0.0


def _starts(samples: int, weights: GatedWeights, neuron: GatedNeuron, rng: np.random.Generator) -> np.ndarray:
    """Potentials anywhere below the zone of the gate."""
    return rng.uniform(0.0, neuron.centre - 0.5 * neuron.width, (samples, weights.drive.size))
