r"""Connections whose probability depends on how far two neurons are from each other.

$$ P(j \to i) = p(d_{ij}), \qquad \mathrm{delay}_{ij} = d_{ij} / c $$

with a *profile* $p$ and the speed $c$ of a spike along an axon.
"""

from collections.abc import Callable, Iterator

import numpy as np

from snnlab.checks import checked, positive, true_or_false
from snnlab.networks.wiring.positions import Placed, Positions, checked_pair, far
from snnlab.networks.wiring.profiles import ExponentialProfile, GaussianProfile, StepProfile
from snnlab.networks.wiring.rule import Pairs, Rule
from snnlab.random import uniforms

__all__ = ["by_distance"]

Profile = Callable[[np.ndarray], np.ndarray]

PAIRS = 1 << 16
"""How many pairs are looked at together: their distances take 0.5 MB, which stays in the cache."""


def by_distance(
    profile: Profile,
    pre: Positions,
    post: Positions | None = None,
    *,
    speed: float | None = None,
    grid: float = 0.1,
    autapses: bool = False,
) -> Rule:
    """Each pair of neurons with a probability that depends on their distance.

    Parameters
    ----------
    profile
        `GaussianProfile`, `ExponentialProfile`, `StepProfile`, or any function that takes an array of
        distances (mm) and returns as many probabilities.
    pre : Positions
        Of the neurons that fire, for example from `on_grid`.
    post : Positions, optional
        Of those that are told; left out, they have those of `pre`.
    speed : float, optional
        How fast a spike travels, mm/ms (which is m/s): delays are then the distance over it. Left out, they
        are 1 ms.
    grid : float
        Such delays are rounded to multiples of this, ms, and are one of it at least; dt of the network.
    autapses : bool
        Whether a neuron may be joined to itself where both populations are one.

    Returns
    -------
    Rule
        It looks at each pair of neurons, so its time grows with their number squared.

    Examples
    --------
    >>> from snnlab.networks import on_grid
    >>> ring = on_grid(100, size=10.0, wrapped=True)
    >>> rule = by_distance(StepProfile(p=1.0, radius=0.25), ring, speed=0.5)
    >>> lines = rule(100, 100, np.random.default_rng(1), same=True)
    >>> print(lines.pre[:4], lines.post[:4], lines.delay[:4])
    [0 0 0 0] [ 1  2 98 99] [0.2 0.4 0.4 0.2]
    """
    if not callable(profile):
        raise TypeError(f"profile must be a profile or a function of the distance, got {profile!r:.60}")
    if isinstance(profile, (GaussianProfile, ExponentialProfile, StepProfile)):
        profile = checked("profile", profile, type(profile))  # type: ignore[assignment]
    a, b = checked_pair(pre, post)
    grid, autapses = positive("grid", grid), true_or_false("autapses", autapses)
    delay = None if speed is None else _delay_of(a, b, positive("speed", speed), grid)

    def expected(n_pre: int, n_post: int, same: bool) -> float:
        for name, n, there in (("pre", n_pre, a), ("post", n_post, b)):
            if len(there.at) != n:
                raise ValueError(f"{name} must have {n} positions, one for each neuron, got {len(there.at)}")
        if same and post is not None:
            raise ValueError("post must be left out within one population, got positions")
        return sum(float(p.sum()) for _, p in probabilities(profile, a, b, same and not autapses))

    def pairs(n_pre: int, n_post: int, same: bool, seed: np.uint64) -> Pairs:
        pres, posts = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
        for first, p in probabilities(profile, a, b, same and not autapses):
            drawn = np.empty(p.size)
            uniforms(drawn, seed, np.uint64(0), np.uint64(first * n_post))
            who, whom = np.nonzero(drawn.reshape(p.shape) < p)
            pres.append((who + first).astype(np.int32))
            posts.append(whom.astype(np.int32))
        return np.concatenate(pres), np.concatenate(posts)

    return Rule(f"by_distance({profile!r})", expected, pairs, delay=delay)


def _delay_of(
    pre: Placed, post: Placed, speed: float, grid: float
) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """What a rule takes: the delay of synapses from their two ends."""

    def delay(pres: np.ndarray, posts: np.ndarray) -> np.ndarray:
        steps = np.rint(far(pre.at[pres], post.at[posts], pre.around) / (speed * grid))
        return np.maximum(steps, 1.0) * grid

    return delay


def probabilities(
    profile: Profile, pre: Placed, post: Placed, shift: bool
) -> Iterator[tuple[int, np.ndarray]]:
    """Some neurons at a time, the number of the first and `p[pre, post]`; with `shift` none has itself."""
    rows = max(1, PAIRS // len(post.at))
    for first in range(0, len(pre.at), rows):
        here = pre.at[first : first + rows]
        d = far(here[:, None], post.at[None], pre.around)
        p = np.asarray(profile(d), float)
        if p.shape != d.shape:
            raise ValueError(f"profile must return as many probabilities as distances, got shape {p.shape}")
        wrong = ~((p >= 0) & (p <= 1))
        if wrong.any():
            k = np.argmax(wrong)
            raise ValueError(f"profile must be from 0 to 1, got {p.flat[k]:g} at {d.flat[k]:g} mm")
        if shift:
            own = np.arange(len(here))
            p = p.copy()  # it may be an array of the reader's
            p[own, first + own] = 0.0
        yield first, p
