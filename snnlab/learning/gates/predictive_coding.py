r"""A network that learns to repeat a signal, and what its recurrent weights become.

Non-leaky neurons get a smooth signal $x$ of a few dimensions, through fixed weights $U$, and a fixed readout
$O$ should repeat it. Only the recurrent weights are learnt. One solution can be written down. With

$$ W = -U O, \qquad I = U x + W s + b = U (x - O s) + b $$

every neuron integrates the error of the readout in its direction, and its spike makes that error smaller:
what one neuron has said, the others need not say again. Gradient descent is not told that. It gets half the
squared error and a price on the traces, $\lambda/2\, |s|^2$, which makes it cheaper to share the work.
`balance` says how alike $W$ and $-U O$ are in pattern, not in size: the correlation of their off-diagonal
entries. `balance_slope` says the size, by regression. How good it is only the errors say, beside those of the
solution that was written down (`written_down`) and beside 1, that of a network from which nothing comes out.

Sources: M. Boerlin, C. K. Machens and S. Denève (2013), Predictive coding of dynamical variables in balanced
spiking networks, PLoS Computational Biology 9, e1003258 (the idea; there the potential is the error itself,
here it integrates it); D. Huh and T. J. Sejnowski (2018),
Gradient descent for spiking neural networks, NeurIPS 31 (that it is learnt). Sizes and signals are ours, and
so is that U and O stay as they are.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, whole
from snnlab.learning.gates.gated_network import GatedWeights, check_gated, run_gated
from snnlab.learning.gates.gated_neuron import GatedNeuron
from snnlab.learning.gates.gated_training import GatedTraining, train_gated
from snnlab.learning.gradients.adam import Adam
from snnlab.random import generator

__all__ = [
    "Tracking",
    "balance",
    "balance_slope",
    "coding_network",
    "learn_coding",
    "smooth_signals",
    "tracking",
    "written_down",
]

CODER = GatedNeuron(width=0.6)
SETTLES = 50.0  # ms, which a test leaves out
COST = 0.01


class Tracking(NamedTuple):
    """How well a network repeats signals.

    Examples
    --------
    >>> Tracking(0.1, 20.0).error
    0.1
    """

    error: float
    """Root mean square of the error, over that of the signals: 1 if nothing comes out."""
    rate: float
    """Spikes of a neuron a second, Hz."""


def smooth_signals(
    samples: int, steps: int, dims: int, dt: float = 1.0, fastest: float = 5.0, *, rng: np.random.Generator
) -> np.ndarray:
    """Signals that are each a sum of five sines, with a root mean square of 1.

    Parameters
    ----------
    samples, steps, dims : int
        How many, how long and of how many dimensions.
    dt : float
        Time step, ms.
    fastest : float
        The highest frequency, Hz; all are between 0.5 Hz and this.
    rng
        Where frequencies, phases and amplitudes come from.

    Returns
    -------
    array of shape (samples, steps, dims)

    Examples
    --------
    >>> x = smooth_signals(3, 200, 2, rng=np.random.default_rng(1))
    >>> print(x.shape, f"{(x**2).mean():.3f}")
    (3, 200, 2) 1.000
    """
    rng = generator(rng)
    shape = whole("samples", samples), whole("steps", steps, 1), whole("dims", dims, 1)
    t = np.arange(steps)[:, None, None] * positive("dt", dt) / 1000.0
    each = (shape[0], 1, dims, 5)
    frequency = rng.uniform(0.5, max(0.5, positive("fastest", fastest)), each)
    phase, size = rng.uniform(0.0, 2.0 * np.pi, each), rng.normal(size=each)
    x = (size * np.sin(2.0 * np.pi * frequency * t + phase)).sum(axis=-1)
    return x / np.sqrt((x**2).mean(axis=(1, 2), keepdims=True))


def coding_network(
    n: int = 30, dims: int = 2, gain_in: float = 2.0, gain_out: float = 0.2, *, rng: np.random.Generator
) -> GatedWeights:
    """A network before it learns: directions drawn at random, a readout along them, small random W.

    Parameters
    ----------
    n, dims : int
        Neurons, and dimensions of the signal.
    gain_in, gain_out : float
        Length of the direction of each neuron in U and in O.
    rng
        Where directions and recurrent weights come from.

    Examples
    --------
    >>> print(f"{balance(coding_network(rng=np.random.default_rng(1))):.2f}")
    0.02
    """
    rng = generator(rng)
    n, dims = whole("n", n, 2), whole("dims", dims, 1)
    directions = rng.normal(size=(n, dims))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    w_rec = rng.normal(0.0, 0.1 / np.sqrt(n), (n, n))
    w_in = positive("gain_in", gain_in) * directions
    return GatedWeights(w_in, w_rec, positive("gain_out", gain_out) * directions.T.copy(), np.full(n, 0.5))


def written_down(weights: GatedWeights) -> GatedWeights:
    """The network with W = −U O, the solution that can be written down.

    Parameters
    ----------
    weights
        A network.

    Examples
    --------
    >>> network = written_down(coding_network(rng=np.random.default_rng(1)))
    >>> print(f"{balance(network):.2f} {balance_slope(network):.2f}")
    1.00 1.00
    """
    weights = check_gated(weights)
    return weights._replace(w_rec=-weights.w_in @ weights.w_out)


def learn_coding(
    weights: GatedWeights,
    steps: int = 600,
    neuron: GatedNeuron = CODER,
    *,
    cost: float = COST,
    adam: Adam = Adam(rate=0.01),
    rng: np.random.Generator,
) -> GatedTraining:
    """Learn the recurrent weights, on 128 signals of 300 steps, eight a step of Adam.

    Parameters
    ----------
    weights
        Where to start, `coding_network`.
    steps : int
        Steps of Adam.
    neuron
        The numbers of all neurons.
    cost : float
        λ, the price of the traces.
    adam
        The numbers of the optimiser.
    rng
        Where signals and potentials at the start come from.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> learnt = learn_coding(coding_network(8, 1, rng=rng), 40, rng=rng)
    >>> bool(learnt.loss[-1] < learnt.loss[0])
    True
    """
    rng = generator(rng)
    weights = check_gated(weights)
    n, dims = weights.w_in.shape
    x = smooth_signals(128, 300, dims, neuron.dt, rng=rng)
    v_start = _starts(len(x), n, neuron, rng)
    return train_gated(
        weights, x, x, steps, neuron, cost=cost, adam=adam, v_start=v_start, learnt=("w_rec",)
    )  # fmt: skip


def tracking(
    weights: GatedWeights, neuron: GatedNeuron = CODER, samples: int = 20, *, rng: np.random.Generator
) -> Tracking:
    """How well the network repeats signals that it has not seen, half a second each.

    Parameters
    ----------
    weights
        The network.
    neuron
        The numbers of all neurons: a narrower gate than it learnt with is allowed.
    samples : int
        How many signals.
    rng
        Where they come from.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> network = coding_network(rng=rng)
    >>> bool(tracking(written_down(network), rng=rng).error < 0.25 < tracking(network, rng=rng).error)
    True
    """
    rng = generator(rng)
    weights = check_gated(weights)
    n, dims = weights.w_in.shape
    steps = round(500.0 / neuron.dt)
    x = smooth_signals(whole("samples", samples, 1), steps, dims, neuron.dt, rng=rng)
    found = run_gated(weights, x, neuron, v_start=_starts(samples, n, neuron, rng))
    later = slice(round(SETTLES / neuron.dt), None)
    wrong = ((found.out - x)[:, later] ** 2).mean()
    spikes = sum(train.n_spikes for train in found.spikes)
    return Tracking(
        float(np.sqrt(wrong / (x[:, later] ** 2).mean())), spikes / (samples * n * steps * neuron.dt / 1000.0)
    )


def balance(weights: GatedWeights) -> float:
    """The correlation of the recurrent weights with −U O, without the diagonal.

    Parameters
    ----------
    weights
        A network of at least two neurons.

    Examples
    --------
    >>> network = written_down(coding_network(rng=np.random.default_rng(1)))
    >>> print(f"{balance(network._replace(w_rec=3 * network.w_rec)):.2f}")
    1.00
    """
    return float(np.corrcoef(*_off_the_diagonal(weights))[0, 1])


def balance_slope(weights: GatedWeights) -> float:
    """The slope of the regression of the recurrent weights on −U O, without the diagonal.

    Parameters
    ----------
    weights
        A network of at least two neurons.

    Examples
    --------
    >>> network = written_down(coding_network(rng=np.random.default_rng(1)))
    >>> print(f"{balance_slope(network._replace(w_rec=3 * network.w_rec)):.2f}")
    3.00
    """
    found, written = _off_the_diagonal(weights)
    return float(np.cov(found, written)[0, 1] / written.var(ddof=1))


def _off_the_diagonal(weights: GatedWeights) -> tuple[np.ndarray, np.ndarray]:
    """The entries of W and those of −U O, without the diagonal."""
    weights = check_gated(weights)
    others = ~np.eye(len(weights.w_rec), dtype=bool)
    return weights.w_rec[others], written_down(weights).w_rec[others]


def _starts(samples: int, n: int, neuron: GatedNeuron, rng: np.random.Generator) -> np.ndarray:
    """Potentials anywhere below the zone of the gate."""
    return rng.uniform(0.0, neuron.centre - 0.5 * neuron.width, (samples, n))
