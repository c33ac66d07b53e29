"""Where the random numbers of the learning engine come from: of our own, or in the order in which lava draws.

Lava has five generators. Four of them are for traces, and each of these is asked anew after the presynaptic
and after the postsynaptic spikes of a step: for the decay and for the impulses, of the pre side and of the
post side, with the seeds s, s + 1, s + 2 and s + 3. The fifth, for the synapses, is asked once an epoch, and
its seed is 2, whatever s is. All traces of a side and all synapses share what is drawn.

Nengo-loihi has one generator of NumPy's first kind. It is asked for the traces every second step, for the
weights every fourth one, presynaptic neuron by presynaptic neuron, and in each step for the noise of every
compartment, although nobody may hear it.
"""

from typing import NamedTuple

import numpy as np

from snnlab.checks import whole
from snnlab.loihi.conventions import Convention
from snnlab.random import seed_from
from snnlab.work_and_memory import afford

__all__ = [
    "LavaGenerators",
    "NengoGenerator",
    "RoundingNumbers",
    "lava_generators",
    "numbers_for_pes",
    "rounding_numbers",
]

_LAVA_SEED_OF_SYNAPSES = 2


class LavaGenerators(NamedTuple):
    """The five generators of lava's learning engine, fresh.

    Examples
    --------
    >>> type(lava_generators(0).x_decay).__name__
    'Generator'
    """

    x_decay: np.random.Generator
    """For what a step leaves of x1 and x2."""
    x_impulse: np.random.Generator
    """For the fractions of their impulses."""
    y_decay: np.random.Generator
    """For what a step leaves of y1, y2 and y3."""
    y_impulse: np.random.Generator
    """For the fractions of their impulses."""
    synapses: np.random.Generator
    """For weights, delays and tags."""


def lava_generators(seed: int) -> LavaGenerators:
    """What lava makes of the `rng_seed` of a learning rule.

    Parameters
    ----------
    seed : int
        The seed.

    Returns
    -------
    LavaGenerators
        To be used for one run.

    Raises
    ------
    ValueError, TypeError
        If the seed is not a whole number, 0 or more.

    Examples
    --------
    >>> print(f"{lava_generators(0).x_decay.random():.3f}")
    0.637
    """
    first = whole("seed", seed, most=2**63 - 1)
    seeds = (first, first + 1, first + 2, first + 3, _LAVA_SEED_OF_SYNAPSES)
    return LavaGenerators(*map(np.random.default_rng, seeds))


class RoundingNumbers(NamedTuple):
    """What the kernels take: a seed, and numbers that are shared, one an epoch (`y_extra`: one a step)."""

    own: bool
    seed: np.uint64
    x_decay: np.ndarray
    x_impulse: np.ndarray
    y_decay: np.ndarray
    y_impulse: np.ndarray
    y_extra: np.ndarray
    z: np.ndarray


def rounding_numbers(
    rng: np.random.Generator | np.uint64 | LavaGenerators, convention: Convention, steps: int, t_epoch: int
) -> RoundingNumbers:
    """The random numbers of a run, as `convention` wants them."""
    if convention.own_random:
        if isinstance(rng, LavaGenerators):
            raise TypeError(
                f"rng must be a numpy.random.Generator in the convention {convention.name}, "
                "got the generators of lava"
            )
        none, none_a_step = np.zeros(steps // t_epoch), np.zeros(steps)
        return RoundingNumbers(True, seed_from(rng), none, none, none, none, none_a_step, none)
    if not isinstance(rng, LavaGenerators):
        rng = lava_generators(int(seed_from(rng) >> np.uint64(33)))
    below = convention.impulse_random
    x_decay, y_decay = (g.random(2 * steps + 1) for g in (rng.x_decay, rng.y_decay))
    x_impulse, y_impulse = (
        g.integers(0, below, 2 * steps + 1, dtype=int).astype(float) for g in (rng.x_impulse, rng.y_impulse)
    )
    ends = 2 * t_epoch * np.arange(1, steps // t_epoch + 1)
    return RoundingNumbers(
        False,
        np.uint64(0),
        x_decay[ends],
        x_impulse[ends],
        y_decay[ends],
        y_impulse[ends],
        y_impulse[1::2].copy(),
        rng.synapses.random(steps // t_epoch + 1)[1:].copy(),
    )


class NengoGenerator(NamedTuple):
    """The generator of an emulator of nengo-loihi with one group of synapses that learns, fresh.

    Examples
    --------
    >>> NengoGenerator(seed=1, n_compartments=8).seed
    1
    """

    seed: int
    """Of the emulator, 0 to 2³² − 1."""
    n_compartments: int
    """Of all blocks of the emulated model."""


def numbers_for_pes(
    rng: np.random.Generator | NengoGenerator, steps: int, n_pre: int, n_post: int
) -> tuple[np.ndarray, np.ndarray]:
    """Random numbers from 0 to 1 for traces and for weights that learn by PES.

    Parameters
    ----------
    rng
        A generator, or that of an emulator.
    steps, n_pre, n_post : int
        Of the run.

    Returns
    -------
    x, w : array of shape (steps // 2, n_pre) and (steps // 4, n_pre, n_post)

    Examples
    --------
    >>> x, w = numbers_for_pes(NengoGenerator(1, 8), 4, 1, 2)
    >>> print(np.round(x.ravel(), 3), np.round(w.ravel(), 3))
    [0.236 0.23 ] [0.534 0.914]
    """
    x, w = np.empty((steps // 2, n_pre)), np.empty((steps // 4, n_pre, n_post))
    if not isinstance(rng, NengoGenerator):
        own = np.random.default_rng(int(seed_from(rng)))  # which refuses what is no generator
        return own.random(x.shape), own.random(w.shape)
    seed, n = whole("seed", rng.seed, most=2**32 - 1), whole("n_compartments", rng.n_compartments)
    afford("n_compartments", steps=float(steps) * n, ns=3.0)
    old = np.random.RandomState(seed)
    for t in range(steps // 2 * 2):
        if t % 2 == 1:
            x[t // 2] = old.random_sample(n_pre)
        if t % 4 == 3:
            w[t // 4] = old.random_sample((n_pre, n_post))
        old.randint(-127, 128, size=n, dtype=np.int32)
    return x, w
