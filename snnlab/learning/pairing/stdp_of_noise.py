r"""A synapse between two neurons that fire at random, by four schemes of pairing.

Two independent Poisson processes make pairs of every $\Delta t$ alike. Where they drive a weight then depends
on which pairs count; `stdp_drift` says it on average, and beside it stands what one run made of the weight.

Source: A. Morrison, M. Diesmann and W. Gerstner (2008), Biological Cybernetics 98, 459–478, section 4.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import affordable, as_real, positive
from snnlab.coding.generators.poisson import step as interval
from snnlab.compiling import kernel
from snnlab.learning.pairing.drift import weight_drifts
from snnlab.learning.rules.stdp import run
from snnlab.learning.rules.stdp_pairing import ALL_TO_ALL, PRE_CENTRED, RESTRICTED, SYMMETRIC
from snnlab.learning.rules.stdp_parameters import STDP, check_stdp
from snnlab.random import seed_from, uniform
from snnlab.records import blank, read

__all__ = ["STDPOfNoise", "stdp_of_noise"]

EVERY = 200.0  # ms from one weight that is kept to the next
HIGHEST, POINTS = 50.0, 51  # Hz, postsynaptic rates of the mean change


class STDPOfNoise(NamedTuple):
    """What two random trains do to a weight.

    Examples
    --------
    >>> told = stdp_of_noise(10.0, 30.0, rng=np.random.default_rng(1))
    >>> bool(told.by_all == told.w_all[-1] - 0.5)
    True
    """

    pre: Annotated[np.ndarray, "n_pre"]
    """Presynaptic spike times, ms."""
    post: Annotated[np.ndarray, "n_post"]
    """Postsynaptic spike times, ms."""
    at: np.ndarray
    """Every 200 ms, ms: when the weights below are looked at."""
    w_all: np.ndarray
    """The weight if all pairs count (`ALL_TO_ALL`)."""
    w_symmetric: np.ndarray
    """The weight by `SYMMETRIC`."""
    w_pre: np.ndarray
    """The weight by `PRE_CENTRED`."""
    w_restricted: np.ndarray
    """The weight by `RESTRICTED`."""
    rates: np.ndarray
    """Postsynaptic rates from 0 to 50 Hz, Hz."""
    all_pairs: np.ndarray
    """The mean change in the whole duration at each of them, all-to-all."""
    symmetric: np.ndarray
    """The same by `SYMMETRIC`."""
    pre_centred: np.ndarray
    """The same by `PRE_CENTRED`."""
    restricted: np.ndarray
    """The same by `RESTRICTED`."""
    n_pre: int
    """How many presynaptic spikes there are."""
    n_post: int
    """How many postsynaptic ones."""
    by_all: float
    """What became of the weight, all-to-all: the end less the start."""
    by_symmetric: float
    """The same by `SYMMETRIC`."""
    by_pre: float
    """The same by `PRE_CENTRED`."""
    by_restricted: float
    """The same by `RESTRICTED`."""


def stdp_of_noise(
    r_pre: float,
    r_post: float,
    rule: STDP = STDP(),
    w: float = 0.5,
    duration: float = 45_000.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> STDPOfNoise:
    """Let two neurons fire at random and a synapse between them learn, once for each scheme of pairing.

    Parameters
    ----------
    r_pre, r_post : float
        The rates of the two neurons, Hz.
    rule
        The numbers of the pair rule.
    w : float
        The weight at the start, from 0 to `w_max`.
    duration : float
        How long they fire, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    STDPOfNoise
        The mean changes are those of a weight that stays near its start, far from its bounds.

    Examples
    --------
    The same spikes, and two schemes that see them differently:

    >>> rule = STDP(0.003, 0.5, 16.8, 33.7)  # the window's area is nearly zero
    >>> told = stdp_of_noise(10.0, 30.0, rule, rng=np.random.default_rng(1))
    >>> told.by_symmetric > told.by_all + 0.1
    True
    """
    r_pre, r_post, rule = positive("r_pre", r_pre), positive("r_post", r_post), check_stdp(rule)
    w, duration = as_real("w", w), positive("duration", duration)
    if not 0.0 <= w <= rule.w_max:
        raise ValueError(f"w must be from 0 to w_max ({rule.w_max:g}), got {w:g}")
    expected = affordable(max(r_pre, r_post) * duration / 1000.0)
    told = recorded(math.ceil(expected + 10.0 * math.sqrt(expected) + 100.0), duration)
    run_of_noise(
        told, *np.empty((2, POINTS)), r_pre, r_post, rule, w, duration, EVERY, HIGHEST, seed_from(rng)
    )
    return read(told)


def recorded(room: int, duration: float) -> STDPOfNoise:
    """A blank record for up to `room` spikes a side."""
    weights = dict.fromkeys(("at", "w_all", "w_symmetric", "w_pre", "w_restricted"), int(duration / EVERY))
    means = dict.fromkeys(("rates", "all_pairs", "symmetric", "pre_centred", "restricted"), POINTS)
    return blank(STDPOfNoise, pre=room, post=room, **weights, **means)


@kernel
def _fire(times, rate, duration, seed, stream):
    """A Poisson train of `rate` (Hz) into `times`; returns how many spikes it has."""
    n, t = 0, interval(rate / 1000.0, uniform(seed, stream, 0))
    while t < duration and n < times.size:
        times[n] = t
        n += 1
        t += interval(rate / 1000.0, uniform(seed, stream, n))
    return n


@kernel
def _learn(told, pre, post, history, change, pairing, same_pre, down, rule, w_start, seconds):
    """One scheme: the weight over time and the mean change; returns the change of the weight."""
    lambda_, alpha, tau_plus, tau_minus, mu_plus, mu_minus, w_max, zero_plus, zero_minus = rule
    x_at_pre, y_at_pre, y_at_post, x_at_post = pairing
    weight_drifts(
        same_pre, told.rates, change, down, w_start, lambda_, alpha, tau_plus, tau_minus, mu_plus, mu_minus,
        w_max, x_at_pre, y_at_pre, y_at_post, x_at_post,
    )  # fmt: skip
    for k in range(change.size):
        change[k] = seconds * (change[k] - down[k])
    w = run(
        pre, post, told.at, history, w_start, lambda_, alpha, tau_plus, tau_minus, mu_plus, mu_minus,
        w_max, zero_plus, zero_minus, x_at_pre, y_at_pre, y_at_post, x_at_post,
    )  # fmt: skip
    return w - w_start


@kernel
def run_of_noise(told, same_pre, down, r_pre, r_post, rule, w_start, duration, every, highest, seed):
    """The trains, and by each scheme the weight over time and the mean change for every postsynaptic rate."""
    for k in range(told.at.size):
        told.at[k] = (k + 1) * every
    for k in range(told.rates.size):
        told.rates[k] = highest * k / (told.rates.size - 1)
        same_pre[k] = r_pre
    n_pre = _fire(told.pre, r_pre, duration, seed, 0)
    n_post = _fire(told.post, r_post, duration, seed, 1)
    told.n_pre[0], told.n_post[0] = n_pre, n_post
    pre, post, seconds = told.pre[:n_pre], told.post[:n_post], duration / 1000.0
    told.by_all[0] = _learn(
        told, pre, post, told.w_all, told.all_pairs, ALL_TO_ALL, same_pre, down, rule, w_start, seconds
    )
    told.by_symmetric[0] = _learn(
        told, pre, post, told.w_symmetric, told.symmetric, SYMMETRIC, same_pre, down, rule, w_start, seconds
    )
    told.by_pre[0] = _learn(
        told, pre, post, told.w_pre, told.pre_centred, PRE_CENTRED, same_pre, down, rule, w_start, seconds
    )
    told.by_restricted[0] = _learn(
        told, pre, post, told.w_restricted, told.restricted, RESTRICTED, same_pre, down, rule, w_start,
        seconds,
    )  # fmt: skip
