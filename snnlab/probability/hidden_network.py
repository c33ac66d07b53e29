r"""A network of GLM neurons of which some are seen and others are hidden.

Every neuron throws its coin in every bin. It hears inputs and other neurons as traces of their spikes, and
itself as traces of its own,

$$ u_{i,t} = \gamma_i + \sum_{j \ne i} \sum_k w_{ijk}\, (a_k * s_j)_{t-1} + \sum_k v_{ik}\, (b_k * s_i)_{t-1},
\qquad P(s_{i,t} = 1) = \sigma(u_{i,t}) = \frac{1}{1 + e^{-u_{i,t}}} $$

Given the past, the coins of a bin know nothing of each other. So the probability of all spikes is a product,
and its logarithm a sum over neurons and bins.

*Visible* neurons are those whose spikes a recording, or a teacher, gives. *Hidden* ones are drawn: they may
find a code of their own, and what they fire is heard by the visible ones. Their spikes are not in the data,
so the likelihood of what is visible is a mean over all that the hidden ones could have done.

Source: H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing Magazine 36 (6), 64–77.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, non_negative, whole, within
from snnlab.compiling import inlined_kernel, uncounted_kernel
from snnlab.foreign_arrays import plain
from snnlab.probability.glm_simulation import drawn
from snnlab.probability.links import LOGISTIC, pull
from snnlab.random import generator, seed_from, uniform
from snnlab.work_and_memory import afford

__all__ = ["HiddenNetwork", "HiddenRun", "Room", "initial_hidden_network", "run_hidden_network"]

_MOST = 1e100  # in magnitude: a weight times a basis, summed, squared and weighed stays finite


class HiddenNetwork(NamedTuple):
    """The numbers of a network with visible and hidden neurons.

    Its sources are the inputs, then the visible neurons, then the hidden ones.

    Examples
    --------
    >>> net = initial_hidden_network(2, 1, 3, np.eye(4), rng=np.random.default_rng(1))
    >>> net.w.shape, net.joined.shape  # bias, 6 sources of 4 weights, 1 weight for itself
    ((4, 26), (4, 6))
    """

    w: np.ndarray
    """One row for each neuron: the bias γ, the weights of each source, then those of its own spikes. Shape
    (neurons, 1 + sources · K + own K)."""
    joined: np.ndarray
    """Which source reaches which neuron, shape (neurons, sources); no neuron is among its own sources."""
    synaptic_basis: np.ndarray
    """How a spike of a source is heard from the next bin on, shape (lags, K)."""
    own_basis: np.ndarray
    """How a neuron hears its own spike from the next bin on, shape (lags, own K)."""
    n_visible: int
    """How many neurons are visible: the first ones."""

    @property
    def n_inputs(self) -> int:
        """How many inputs there are."""
        return self.joined.shape[1] - self.joined.shape[0]


class HiddenRun(NamedTuple):
    """What the neurons fired, and how probable that was.

    Examples
    --------
    >>> HiddenRun(np.zeros((1, 5, 2)), np.full((1, 5, 2), np.log(0.5))).spikes.shape
    (1, 5, 2)
    """

    spikes: np.ndarray
    """0 or 1, shape (trials, bins, neurons)."""
    log_p: np.ndarray
    """The logarithm of the probability of each of them given the past, nats, shape as `spikes`."""


class Room(NamedTuple):
    """What a kernel needs to walk through one trial.

    Examples
    --------
    >>> net = initial_hidden_network(2, 1, 3, np.eye(4), rng=np.random.default_rng(1))
    >>> room_for(net, 10).heard.shape
    (10, 6, 4)
    """

    heard: np.ndarray
    """Traces of the sources, shape (bins, sources, K)."""
    own: np.ndarray
    """Traces of their own spikes, shape (bins, neurons, own K)."""
    log_p: np.ndarray
    """Shape (bins, neurons)."""
    surprise: np.ndarray
    """What came minus what was expected, shape (bins, neurons)."""


def initial_hidden_network(
    n_inputs: int,
    n_visible: int,
    n_hidden: int,
    synaptic_basis: ArrayLike,
    own_basis: ArrayLike = ((1.0,),),
    spread: float = 1.0,
    bias: float = -1.0,
    joined: ArrayLike | None = None,
    *,
    rng: np.random.Generator,
) -> HiddenNetwork:
    """A network that has not learnt yet: normally distributed weights.

    Parameters
    ----------
    n_inputs, n_visible, n_hidden : int
        How many of each.
    synaptic_basis, own_basis : arrays of shape (lags, K)
        For the spikes of others and for a neuron's own, as from `raised_cosines`; row 0 is the next bin.
    spread : float
        Standard deviation of the weights.
    bias : float
        γ of all neurons; −1 lets 27 % of the bins hold a spike.
    joined : array of bool of shape (neurons, sources), optional
        Which source reaches which neuron; if left out, all do.
    rng
        Where the weights come from.

    Examples
    --------
    >>> net = initial_hidden_network(2, 1, 0, [[1.0], [0.5]], rng=np.random.default_rng(1))
    >>> print(net.joined)  # two inputs, and itself, whom it hears otherwise
    [[ True  True False]]
    """
    n_inputs, n_visible = whole("n_inputs", n_inputs), whole("n_visible", n_visible, least=1)
    n = n_visible + whole("n_hidden", n_hidden)
    basis, own = _basis("synaptic_basis", synaptic_basis), _basis("own_basis", own_basis)
    shape = (n, n_inputs + n)
    links = np.ones(shape, bool) if joined is None else np.array(joined)
    if links.dtype != bool or links.shape != shape:
        raise ValueError(f"joined must be True or False in shape {shape}, got {links.dtype} in {links.shape}")
    links[np.arange(n), n_inputs + np.arange(n)] = False
    columns = 1 + shape[1] * basis.shape[1] + own.shape[1]
    w = generator(rng).normal(0.0, non_negative("spread", spread), (n, columns))
    w[:, 0] = as_real("bias", bias)
    w[~_heard_columns(links, basis.shape[1], own.shape[1])] = 0.0
    return HiddenNetwork(w, links, basis, own, n_visible)


def run_hidden_network(
    network: HiddenNetwork,
    inputs: ArrayLike,
    visible: ArrayLike | None = None,
    *,
    rng: np.random.Generator,
) -> HiddenRun:
    """Draw what is not given, bin by bin.

    Parameters
    ----------
    network
        The neurons.
    inputs : array of shape (trials, bins, inputs)
        0 or 1.
    visible : array of shape (trials, bins, visible), optional
        What the visible neurons fire, 0 or 1; if left out it is drawn, as what the hidden ones fire is.
    rng
        Where the seed comes from; one number is drawn from it.

    Examples
    --------
    >>> net = initial_hidden_network(1, 1, 2, [[1.0]], rng=np.random.default_rng(1))
    >>> run = run_hidden_network(net, np.zeros((3, 5, 1)), np.ones((3, 5, 1)), rng=np.random.default_rng(2))
    >>> run.spikes.shape, bool(run.spikes[:, :, 0].all())
    ((3, 5, 3), True)
    """
    net = checked_network(network)
    s = sources(net, inputs, visible)
    n = len(net.w)
    log_p = np.empty((s.shape[0], s.shape[1], n))
    given = net.n_inputs + (0 if visible is None else net.n_visible)
    run_trials(net, s, given, seed_from(rng), room_for(net, s.shape[1]), log_p)
    return HiddenRun(s[:, :, net.n_inputs :].copy(), log_p)


def sources(network: HiddenNetwork, inputs: ArrayLike, visible: ArrayLike | None) -> np.ndarray:
    """Inputs and neurons side by side, shape (trials, bins, sources), 0 where nothing is given."""
    x = spikes_of("inputs", inputs, network.n_inputs, None)
    s = np.zeros((*x.shape[:2], network.joined.shape[1]))
    s[:, :, : x.shape[2]] = x
    if visible is not None:
        s[:, :, x.shape[2] : x.shape[2] + network.n_visible] = spikes_of(
            "visible", visible, network.n_visible, x.shape[:2]
        )
    return s


def one_trial(name: str, values: ArrayLike) -> np.ndarray:
    """`values` of shape (bins, n) as the only trial."""
    return finite_array(name, values, (2,), "(bins, n)")[None]


def spikes_of(name: str, values: ArrayLike, n: int, trials: tuple[int, ...] | None) -> np.ndarray:
    """`values`, if they are 0 or 1 for each trial, bin and one of `n` neurons or inputs."""
    x = finite_array(name, values, (3,), f"(trials, bins, {n})")
    wanted = (*(trials or x.shape[:2]), n)
    if x.shape != wanted or 0 in x.shape[:2]:
        raise ValueError(f"{name} must have shape ({wanted[0]}, {wanted[1]}, {n}), got {x.shape}")
    wrong = (x != 0) & (x != 1)
    if wrong.any():
        raise ValueError(f"{name} must hold 0 and 1, got {x[wrong][0]:g}")
    return x


def checked_network(network: HiddenNetwork) -> HiddenNetwork:
    """`network` with arrays as kernels take them, if they fit together."""
    if not isinstance(network, HiddenNetwork):
        raise TypeError(f"network must be a HiddenNetwork, got {type(network).__name__}")
    basis, own = _basis("synaptic_basis", network.synaptic_basis), _basis("own_basis", network.own_basis)
    w = within("w", finite_array("w", network.w, (2,), "(neurons, columns)"), _MOST)
    joined = plain("joined", network.joined)
    if not isinstance(joined, np.ndarray):
        raise TypeError(f"joined must be an array of True and False, got {type(joined).__name__}")
    afford("joined", numbers=0.125 * joined.size)
    joined = np.ascontiguousarray(joined)
    n_visible = whole("n_visible", network.n_visible, least=1)
    if joined.dtype != bool or joined.ndim != 2 or len(joined) != len(w) or joined.shape[1] < len(w):
        raise ValueError(f"joined must be True or False in shape ({len(w)}, sources), got {joined.shape}")
    columns = 1 + joined.shape[1] * basis.shape[1] + own.shape[1]
    if w.shape[1] != columns:
        raise ValueError(f"w must have {columns} columns, got {w.shape[1]}")
    if n_visible > len(w):
        raise ValueError(f"n_visible must be at most the neurons ({len(w)}), got {n_visible}")
    return HiddenNetwork(w, joined, basis, own, n_visible)


def room_for(network: HiddenNetwork, bins: int) -> Room:
    """Arrays for one trial."""
    n, sources_ = network.joined.shape
    return Room(
        np.zeros((bins, sources_, network.synaptic_basis.shape[1])),
        np.zeros((bins, n, network.own_basis.shape[1])),
        np.zeros((bins, n)),
        np.zeros((bins, n)),
    )


def _basis(name: str, basis: ArrayLike) -> np.ndarray:
    basis = within(name, finite_array(name, basis, (2,), "(lags, K)"), _MOST)
    if not basis.size:
        raise ValueError(f"{name} must have a lag and a column at least, got shape {basis.shape}")
    return basis


def _heard_columns(joined: np.ndarray, k: int, own: int) -> np.ndarray:
    """Which columns of `w` weigh something."""
    ones = np.ones((len(joined), 1), bool)
    return np.hstack([ones, np.repeat(joined, k, axis=1), np.repeat(ones, own, axis=1)])


@inlined_kernel
def potential(i, t, net, room):
    """What neuron `i` makes in bin `t` of all that it hears."""
    u = net.w[i, 0]
    each = net.synaptic_basis.shape[1]
    for j in range(net.joined.shape[1]):
        if net.joined[i, j]:
            for k in range(each):
                u += net.w[i, 1 + j * each + k] * room.heard[t, j, k]
    first = 1 + net.joined.shape[1] * each
    for k in range(net.own_basis.shape[1]):
        u += net.w[i, first + k] * room.own[t, i, k]
    return u


@inlined_kernel
def tell(t, j, basis, traces):
    """A spike of `j` in bin `t` is heard from the next bin on."""
    for lag in range(min(basis.shape[0], traces.shape[0] - 1 - t)):
        for k in range(basis.shape[1]):
            traces[t + 1 + lag, j, k] += basis[lag, k]


@uncounted_kernel
def step(t, net, s, given, seed, trial, room):
    """Bin `t` of one trial, `s` of shape (bins, sources): sources from `given` on are drawn."""
    bins, n_inputs = s.shape[0], net.joined.shape[1] - net.joined.shape[0]
    for i in range(net.joined.shape[0]):
        u, j = potential(i, t, net, room), n_inputs + i
        if j >= given:
            chance = uniform(seed, np.uint64(i), np.uint64(trial * bins + t))
            s[t, j] = drawn(u, LOGISTIC, chance)
        room.log_p[t, i], room.surprise[t, i], _ = pull(u, s[t, j], LOGISTIC)
    for j in range(net.joined.shape[1]):
        if s[t, j] > 0.0:
            tell(t, j, net.synaptic_basis, room.heard)
            if j >= n_inputs:
                tell(t, j - n_inputs, net.own_basis, room.own)


@uncounted_kernel
def run_trial(net, s, given, seed, trial, room):
    """All bins of one trial in order."""
    room.heard[:] = 0.0
    room.own[:] = 0.0
    for t in range(s.shape[0]):
        step(t, net, s, given, seed, trial, room)


@uncounted_kernel
def run_trials(net, s, given, seed, room, log_p):
    """One trial after the other; `s` gets what is drawn."""
    for trial in range(s.shape[0]):
        run_trial(net, s[trial], given, seed, trial, room)
        for t in range(s.shape[1]):
            for i in range(net.joined.shape[0]):
                log_p[trial, t, i] = room.log_p[t, i]
