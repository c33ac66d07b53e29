r"""The exclusive or of two pulses that are far apart, asked for after both: a task that needs a memory.

A pulse of +1 or −1 comes, some time later another, and at last a cue on a second input. From the end of the
cue on the output should be +1 if the two pulses were different and −1 if they were alike, which no sum of the
two says. Between the pulses nothing comes in, for up to fifteen time constants of the synapse.

**What can remember.** A neuron with a drive b below 0 rests, and what a pulse did to it is gone a few time
constants later. A group of such neurons that excite each other can have two states: it rests until something
wakes it, and then goes on by itself. If each of its neurons gets J in all from the group, and they fire
evenly out of step, their period is $\pi \tau_m / \sqrt I$ and their mean trace $\tau_s$ over it, so

$$ I = b + J\, \frac{\tau_s}{\pi \tau_m} \sqrt I, \qquad
\text{which has a solution if } J \ge 2 \pi\, \frac{\tau_m}{\tau_s} \sqrt{-b} $$

`xor_network` starts with such groups, each of which hears pulses and cue with weights of its own. So the
memory is given and not learnt: a group whose weight is large enough is woken by a pulse, and goes on unless
that of a pulse of the other sign is large enough to put it to rest. Learnt is first how to read what is
awake, then, more slowly, all weights; both with delays of 100 ms at most, as what holds for 100 ms should
hold for 300. With this start it is enough, in nine seeds of ten, to learn the readout. All other weights move
by about 0.01 here, where those of a pair are 1.75: too little for a gradient to find a memory by itself.

Three more things could remember. Weights as large without groups might: a control has the same recurrent
weights in each other's places. A neuron with a drive above 0 is an oscillator, whose phase keeps what a pulse
did to it: a control is a network of these in which nobody hears anybody. And groups might keep phases, too;
`right_answers` can shake all neurons while nothing comes in; that this blurs phases was not tried.

Source: D. Huh and T. J. Sejnowski (2018), Gradient descent for spiking neural networks, NeurIPS 31, whose
delayed-memory task this is; durations, sizes and the groups are ours.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from snnlab.checks import entries, non_negative, positive, whole
from snnlab.learning.gates.gated_network import GatedWeights, check_gated, initial_gated, run_gated
from snnlab.learning.gates.gated_neuron import THETA, GatedNeuron, check_gated_neuron
from snnlab.learning.gates.gated_training import GatedTraining, learnt_fields, train_gated
from snnlab.learning.gradients.adam import Adam
from snnlab.random import generator

__all__ = ["XorStage", "XorTrials", "delayed_xor", "learn_delayed_xor", "right_answers", "xor_network"]

REMEMBERER = GatedNeuron(THETA, width=3.0, tau_m=10.0, tau_s=20.0, dt=2.5)
LEAD, PULSE, GAP, ANSWER = 20.0, 40.0, 40.0, 60.0  # ms


class XorStage(NamedTuple):
    """A part of the training.

    Examples
    --------
    >>> XorStage(60.0, 40, 0.02, ("w_out",)).learnt
    ('w_out',)
    """

    longest: float
    """The longest delay, ms."""
    steps: int
    """Steps of Adam."""
    rate: float
    """Learning rate at the first step; at the last it is three tenths of it."""
    learnt: tuple[str, ...] = GatedWeights._fields
    """Which weights are learnt, as in `train_gated`."""


STAGES = (
    XorStage(60.0, 80, 0.03, ("w_out",)),  # no gradient has to pass a spike before the readout is worth one
    XorStage(100.0, 40, 0.0004),  # slowly: 40 weights that all grow a little wake or starve a group
)


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
    rng = generator(rng)
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


def xor_network(
    n: int = 40, group: int = 2, own: float = 3.5, drive: float = -0.3, *, rng: np.random.Generator
) -> GatedWeights:
    """A network before it learns: groups of neurons that excite themselves, and small random weights.

    Parameters
    ----------
    n, group : int
        Neurons, and neurons of a group.
    own : float
        J, the sum of what a neuron hears from its group, itself included; 0 for none.
    drive : float
        b, the constant current into every neuron.
    rng
        Where the other weights come from. The neurons of a group hear the same of pulses and cue. Every
        second group hears the cue as the one before does, and the pulses with the opposite sign.

    Examples
    --------
    Groups that a pulse has woken go on for a second, if they hear themselves:

    >>> pulse = np.zeros((1, 400, 2))
    >>> pulse[0, :16, 0] = 1.0
    >>> for own in (3.5, 0.0):
    ...     weights = xor_network(own=own, rng=np.random.default_rng(1))
    ...     late = run_gated(weights, pulse, REMEMBERER).s[0, -40:].mean(axis=0)
    ...     print((late > 1.0).any())
    True
    False
    """
    n, group = whole("n", n, 1), whole("group", group, 1)
    weights = initial_gated(2, n, 1, rng=rng, gain_in=0.8, gain_rec=0.1, gain_out=0.05, drive=drive)
    member = np.arange(n) // group
    w_in = weights.w_in[(member - member % 2) * group]
    w_in[member % 2 == 1, 0] *= -1.0
    together = non_negative("own", own) / group * (member[:, None] == member)
    return weights._replace(w_in=w_in, w_rec=weights.w_rec + together)


def learn_delayed_xor(
    weights: GatedWeights,
    stages: Sequence[XorStage] = STAGES,
    neuron: GatedNeuron = REMEMBERER,
    *,
    learnt: tuple[str, ...] = GatedWeights._fields,
    rng: np.random.Generator,
) -> GatedTraining:
    """Learn the weights in stages, with sixteen trials a step of Adam.

    Parameters
    ----------
    weights
        Where to start: `xor_network`, or another network with two inputs and one output.
    stages : sequence of XorStage
        One after the other; each draws 512 trials.
    neuron
        The numbers of all neurons.
    learnt : tuple of str
        Which weights are learnt if a stage learns them: a control keeps some as they are.
    rng
        Where delays and potentials at the start come from.

    Returns
    -------
    GatedTraining
        The weights, and the losses of all stages one behind the other.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> stages = [XorStage(30.0, 2, 0.01), XorStage(50.0, 1, 0.01)]
    >>> learn_delayed_xor(xor_network(8, rng=rng), stages, rng=rng).loss.size
    3
    """
    rng = generator(rng)
    weights, neuron = check_gated(weights), check_gated_neuron(neuron)
    learnt_fields(learnt)  # a name that is none would be left out without a word
    losses = [np.zeros(0)]
    for part in entries("stages", stages, "XorStage"):
        if not isinstance(part, XorStage):
            raise TypeError(f"stages must hold an XorStage each, got {type(part).__name__}")
        longest, steps, rate, named = part
        trials = delayed_xor(512, longest, neuron.dt, rng=rng)
        stage = train_gated(
            weights, trials.x, trials.target, steps, neuron, heed=trials.heed, adam=Adam(rate=rate),
            decay=0.3, batch=16, longest=0.3, learnt=tuple(name for name in named if name in learnt),
            v_start=_starts(len(trials.x), weights, rng),
        )  # fmt: skip
        weights = stage.weights
        losses.append(stage.loss)
    return GatedTraining(weights, np.concatenate(losses))


def right_answers(
    weights: GatedWeights,
    trials: XorTrials,
    neuron: GatedNeuron = REMEMBERER,
    shaken: float = 0.0,
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
    shaken : float
        Standard deviation of a current of its own that each neuron gets between the two pulses, drawn anew in
        each step.
    rng
        Where the potentials at the start and these currents come from.

    Returns
    -------
    array of bool, shape (samples,)

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> trials = delayed_xor(8, 50.0, rng=rng)
    >>> right_answers(xor_network(8, rng=rng), trials, rng=rng).shape
    (8,)
    """
    rng = generator(rng)
    weights, neuron = check_gated(weights), check_gated_neuron(neuron)
    v_start = _starts(len(trials.x), weights, rng)
    asked, x = weights, trials.x
    if non_negative("shaken", shaken) > 0.0:  # each neuron has one input more, for itself
        n = weights.drive.size
        asked = weights._replace(w_in=np.hstack((weights.w_in, np.eye(n))))
        noise = rng.normal(0.0, shaken, (*x.shape[:2], n)) * _between(x)[:, :, None]
        x = np.concatenate((x, noise), axis=2)
    out = run_gated(asked, x, neuron, v_start=v_start).out
    return (out * trials.target).sum(axis=(1, 2)) > 0.0


def _between(x: np.ndarray) -> np.ndarray:
    """Which steps are after the first pulse and before the second, (samples, steps)."""
    heard = np.abs(x[:, :, 0]).cumsum(axis=1)
    return (heard == heard[:, -1:] / 2) & (x[:, :, 0] == 0.0)


def _starts(samples: int, weights: GatedWeights, rng: np.random.Generator) -> np.ndarray:
    """Potentials around 0, from which a neuron with a drive below -0.1 comes to rest and does not fire."""
    return rng.uniform(-0.6, 0.6, (samples, weights.drive.size))
