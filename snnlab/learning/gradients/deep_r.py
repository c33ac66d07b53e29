r"""DEEP R: a network with few synapses looks for the places where they help, while it learns.

Each place where a synapse may be has a sign $s$ that never changes. Of all places $K$ are taken, always as
many; their weights are $w = s\,\theta$ with $\theta > 0$. After a step of the optimiser, with rate $\eta$,

$$ \theta \leftarrow \theta - \eta\,\alpha + \sqrt{2 \eta T}\; \xi, \qquad \xi \sim \mathcal{N}(0, 1) $$

Where $\theta \le 0$, the synapse is withdrawn; for each that is, one of the free places, any of them, gets a
new one with $\theta = 0$. So a synapse whose weight wants to change its sign makes room for another. With $T
= 0$ all stay where they are as soon as none wants to; a temperature above 0 goes on looking. A network may be
cooled down, $T_n = T\,(1 - n/N)$ in step $n < N$ and 0 from step $N$: it looks first, and then only replaces
what a gradient or the decay takes to 0. That need not end: a new synapse begins there, and is easily lost
again.

Without a loss, $\theta$ diffuses down a slope, and what leaves at 0 comes back there: in the limit of small
steps the weights of the synapses then have the density $\frac{\alpha}{T} e^{-\alpha \theta / T}$, of mean
$T / \alpha$.

The synapses are `Connections`, and the passes of the network touch no others. Only rewiring looks through all
places, a step in which a synapse is withdrawn.

Source: G. Bellec, D. Kappel, W. Maass and R. Legenstein (2018), Deep rewiring: training very sparse deep
networks, ICLR; with Adam in place of a plain gradient, as in the authors' code for LSNNs.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, affordable, checked, finite_array, non_negative, positive, whole
from snnlab.learning.gradients.cell import Cell, check_cell
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_steps import Hook, RecurrentStep
from snnlab.networks.wiring.connections import Connections
from snnlab.networks.wiring.given import from_list
from snnlab.random import generator

__all__ = ["DeepR", "deep_r", "sparse_inputs"]

_BORN = 1e-12  # the weight of a new synapse: 0, but with a sign


class DeepR(NamedTuple):
    """The numbers of the rewiring.

    Examples
    --------
    >>> DeepR(temperature=1e-5).decay
    0.0001
    """

    decay: NonNegative = 1e-4
    """α, by which a weight becomes smaller in a step of rate 1."""
    temperature: NonNegative = 0.0
    """T, of the noise that moves weights; 0 for none."""
    cooled: int = 0
    """N, the step from which there is no noise any more; 0 if the temperature stays as it is."""

    def at(self, number: int) -> "DeepR":
        """The same numbers in one step, from 1, as if its temperature were to stay.

        Examples
        --------
        >>> DeepR(temperature=4.0, cooled=100).at(25).temperature
        3.0
        """
        if not self.cooled:
            return self
        return DeepR(self.decay, self.temperature * max(0.0, 1.0 - number / self.cooled))


def deep_r(
    network: RecurrentNetwork,
    numbers: DeepR = DeepR(),
    *,
    signs: ArrayLike | None = None,
    places: ArrayLike | None = None,
    rng: np.random.Generator,
) -> tuple[RecurrentNetwork, Hook]:
    """A network to start from, and a hook that rewires it after each step of `recurrent_steps`.

    The number of synapses stays what it is. A new synapse has the delay of the one that it replaces. Adam
    remembers nothing of it, but counts its steps from the first of the network: long after that, what it has
    just begun to average is not scaled up, and the first step of a new synapse is about three times the rate.

    Parameters
    ----------
    network
        It has at most one synapse for each pair, each in one of `places`.
    numbers
        Decay and temperature.
    signs : array of −1 and 1, optional
        Of each place, shape (hidden, presynaptic), the inputs behind the neurons; or of each presynaptic
        neuron, shape (presynaptic,), by Dale's law. If left out they are drawn, one for each place, but for
        the places that are taken: these have the sign of their weight, if that is not 0.
    places : array of bool, shape (hidden, presynaptic), optional
        Where a synapse may be. If left out, wherever `recurrent` may have one: between all neurons but from
        one to itself and, where `w_in` is None, from all inputs.
    rng : numpy.random.Generator
        Where noise and places come from.

    Returns
    -------
    network : RecurrentNetwork
        With its weights in the direction of their signs, and as large as they were.
    hook : function
        To be given to `recurrent_steps` or `train_recurrent` as `after_step`.

    Examples
    --------
    >>> from snnlab.learning import poisson_patterns
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> from snnlab.learning.gradients.recurrent_training import train_recurrent
    >>> rng = np.random.default_rng(1)
    >>> start, rewire = deep_r(sparse_inputs(100, lif_cell(4), 2, 40, gain=3.0, rng=rng), rng=rng)
    >>> batches = (poisson_patterns(8, rng=rng) for _ in range(20))
    >>> learnt = train_recurrent(start, batches, 20, after_step=rewire, progress=False)
    >>> learnt.network.recurrent.w.size
    40
    """
    rng = generator(rng)
    network, numbers = check_recurrent(network), checked("numbers", numbers, DeepR)
    whole("cooled", numbers.cooled)
    lines = network.recurrent
    if lines is None or not lines.w.size:
        raise ValueError("network must have synapses to rewire, got none")
    shape = lines.n_post, lines.n_pre
    taken = np.zeros(shape, bool)
    taken[lines.post, lines.pre] = True
    if taken.sum() != lines.w.size:
        raise ValueError("network must have at most one synapse for each pair, got two of one")
    allowed = _places(places, shape)
    if (taken & ~allowed).any():
        post, pre = np.argwhere(taken & ~allowed)[0]
        raise ValueError(f"network must have synapses in places alone, got one from {pre} to {post}")
    sign = _signs(signs, lines, rng)
    w = sign[lines.post, lines.pre] * np.maximum(np.abs(lines.w), _BORN)
    start = network._replace(recurrent=lines._replace(w=w))

    def rewire(step: RecurrentStep) -> Connections | None:
        lines = step.network.recurrent
        assert lines is not None
        own = sign[lines.post, lines.pre]
        theta = moved(own * lines.w, step.rate, numbers.at(step.number), rng)
        gone = theta <= 0
        lines.w[:] = own * np.where(gone, _BORN, theta)
        if not gone.any():
            return None
        for part in (step.mean, step.square, step.gradient):
            assert part.recurrent is not None
            part.recurrent.w[gone] = 0.0
        return _regrown(lines, gone, allowed, sign, rng)

    return start, rewire


def sparse_inputs(
    n_inputs: int,
    cell: Cell,
    n_outputs: int,
    synapses: int,
    *,
    gain: float = 1.0,
    tau_out: float = 20.0,
    dt: float = 1.0,
    rng: np.random.Generator,
) -> RecurrentNetwork:
    """A network without recurrence whose first layer has so many synapses, at random places.

    Parameters
    ----------
    n_inputs, n_outputs : int
        How many neurons of each kind.
    cell
        The hidden neurons.
    synapses : int
        How many there are from the inputs, each between another pair.
    gain : float
        A weight has the standard deviation gain / √n, for n synapses of a neuron on average (at least 1).
    tau_out : float
        Time constant of the readout, ms.
    dt : float
        Time step, ms.
    rng : numpy.random.Generator
        Where places and weights come from.

    Examples
    --------
    >>> from snnlab.learning.gradients.cell_kinds import lif_cell
    >>> network = sparse_inputs(64, lif_cell(100), 10, 320, rng=np.random.default_rng(1))
    >>> print(network.recurrent.w.size, network.n_inputs)
    320 64
    """
    rng = generator(rng)
    n_inputs, n_outputs = whole("n_inputs", n_inputs, 1), whole("n_outputs", n_outputs, 1)
    n, synapses = check_cell(cell).alpha.size, whole("synapses", synapses, 1)
    affordable(float(n) * n_inputs)
    if synapses > n * n_inputs:
        raise ValueError(f"synapses must be at most one a pair ({n * n_inputs}), got {synapses}")
    place = rng.choice(n * n_inputs, synapses, replace=False)
    spread = non_negative("gain", gain) / math.sqrt(max(1.0, synapses / n))
    w = rng.standard_normal(synapses) * spread
    lines = from_list(n + place % n_inputs, place // n_inputs, w, 0.0, n_pre=n + n_inputs, n_post=n)
    w_out = rng.standard_normal((n_outputs, n)) / math.sqrt(n)
    beta_out = math.exp(-positive("dt", dt) / positive("tau_out", tau_out))
    return check_recurrent(RecurrentNetwork(cell, None, w_out, lines, 0.0, beta_out, 1.0, dt))


def moved(theta: np.ndarray, rate: float, numbers: DeepR, rng: np.random.Generator) -> np.ndarray:
    """The weights of all synapses after decay and noise; those of zero or less are withdrawn."""
    rng = generator(rng)
    theta = theta - rate * numbers.decay
    if numbers.temperature:
        theta += math.sqrt(2.0 * rate * numbers.temperature) * rng.standard_normal(theta.size)
    return theta


def _regrown(
    lines: Connections, gone: np.ndarray, allowed: np.ndarray, sign: np.ndarray, rng: np.random.Generator
) -> Connections:
    """The same synapses, but for those that are gone: they are new ones, at free places."""
    free = allowed.copy()
    free[lines.post[~gone], lines.pre[~gone]] = False
    chosen = rng.choice(np.flatnonzero(free), int(gone.sum()), replace=False)
    pre, post, w = lines.pre.copy(), lines.post.copy(), lines.w.copy()
    post[gone], pre[gone] = np.unravel_index(chosen, sign.shape)
    w[gone] = _BORN * sign[post[gone], pre[gone]]
    return lines._replace(pre=pre, post=post, w=w)


def _places(places: ArrayLike | None, shape: tuple[int, int]) -> np.ndarray:
    """Where a synapse may be, shape (hidden, presynaptic)."""
    if places is None:
        return ~np.eye(*shape, dtype=bool)
    given = np.array(places)
    if given.shape != shape or given.dtype != bool:
        raise ValueError(f"places must be bool of shape {shape}, got {given.dtype} of {given.shape}")
    return given


def _signs(signs: ArrayLike | None, lines: Connections, rng: np.random.Generator) -> np.ndarray:
    """The sign of each place, shape (hidden, presynaptic)."""
    shape = lines.n_post, lines.n_pre
    affordable(float(np.prod(shape, dtype=float)))
    if signs is None:
        drawn = rng.choice([-1.0, 1.0], shape)
        signed = lines.w != 0
        drawn[lines.post[signed], lines.pre[signed]] = np.sign(lines.w[signed])
        return drawn
    given = finite_array("signs", signs, (1, 2), "(presynaptic,) or (hidden, presynaptic)")
    if given.shape not in (shape, shape[1:]):
        raise ValueError(f"signs must have shape {shape} or {shape[1:]}, got {given.shape}")
    if not np.isin(given, (-1, 1)).all():
        raise ValueError(f"signs must be -1 or 1, got {given[~np.isin(given, (-1, 1))][0]:g}")
    return np.broadcast_to(given, shape)
