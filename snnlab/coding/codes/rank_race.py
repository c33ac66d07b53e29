r"""A race between readers of the same image: by the order of first spikes, by who fired, by a count.

The brighter a pixel, the sooner the neuron behind it fires. The first reader takes the first spike of each
neuron and nothing else, and each spike counts $m$ times as much as the one before (`rank_weights`). The
second one counts all spikes that come in the same time from neurons of the same rates that fire by chance.
Each learns the mean answer to each class, and guesses the class that agrees best.

Two more readers are there to say what the first one lives on. One has its memories and gets the same first
spikes with the order thrown away, so it knows *who* fired: the *set*. The other counts as the second reader
does, but neurons that fire regularly, each in a *phase* that is drawn for it: within a time $T$ a neuron of
rate $r$ has fired $\lfloor r T + u \rfloor$ times, $u$ between 0 and 1. So it differs from the second reader
in the chance of single spikes, and from the first one in that no neuron began with the image. A third counts
all spikes of the neurons that did, and that start again after each of them.

Source: S. Thorpe, D. Fize and C. Marlot (1996), Nature 381, 520–522, for the time there is; S. Thorpe, A.
Delorme and R. Van Rullen (2001), Neural Networks 14, 715–725, for the reader of ranks.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, non_negative
from snnlab.coding.codes.first_spike import encode_first_spikes
from snnlab.coding.codes.rank_readout import (
    _classes,
    _first_times,
    best_template,
    class_templates,
    rank_weights,
    ranks_of_rows,
)
from snnlab.coding.codes.rate_code import encode_rates
from snnlab.random import generator
from snnlab.spikes import Spikes

__all__ = ["RankRace", "rank_race"]


class RankRace(NamedTuple):
    """How often the readers are right after so many first spikes.

    Examples
    --------
    >>> bars = np.array([[1.0, 0.0], [0.0, 1.0]])
    >>> race = rank_race(bars, [0, 1], bars, [0, 1], [1], rng=np.random.default_rng(1))
    >>> print(f"{race.by_rank[0]:.0%} after {race.time[0]:.1f} ms")
    100% after 4.5 ms
    """

    n_first: np.ndarray
    """Number of first spikes that have come, shape (n,)."""
    time: np.ndarray
    """When the last of them comes, mean over the images, ms; NaN where no image has as many."""
    by_rank: np.ndarray
    """Share of the images that are recognised by the order of these spikes."""
    by_count: np.ndarray
    """The same by counting all spikes of Poisson neurons in the same time."""
    n_counted: np.ndarray
    """How many spikes that are, mean over the images."""
    by_set: np.ndarray
    """By who is among the first, with the memories of the reader of ranks and no order."""
    by_clockwork: np.ndarray
    """By counting all spikes of the clockwork neurons in the same time."""
    by_regular: np.ndarray
    """By counting those of regular neurons of the same rates, each in a phase of its own."""


def rank_race(
    x_train: ArrayLike,
    y_train: ArrayLike,
    x_test: ArrayLike,
    y_test: ArrayLike,
    n_first: ArrayLike,
    m: float = 0.95,
    tau: float = 20.0,
    threshold: float = 0.2,
    duration: float = 50.0,
    jitter: float = 0.0,
    *,
    rng: np.random.Generator,
) -> RankRace:
    """Recognise images by the order of first spikes, by who fired, and by counts in the same time.

    Each pixel drives a leaky integrator, which fires first after the time of `encode_first_spikes`. A reader
    of ranks gets the first spikes of all pixels. A reader of counts gets Poisson trains of the rate at which
    the same integrators fire, up to the moment at which the other one has got so many spikes, or the last one
    of an image that has fewer. Each learns one template a class. `by_set` says how much of the difference is
    the order, `by_regular` how much is chance.

    Parameters
    ----------
    x_train, x_test : array of shape (images, pixels)
        Brightness from 0 to 1. Pixels at or below the threshold are silent.
    y_train, y_test : array of int of shape (images,)
        What they show, from 0 on.
    n_first : array of int of shape (n,)
        After how many first spikes to guess, 1 or more each.
    m : float
        What is left of the sensitivity after a spike, between 0 and 1.
    tau, threshold, duration : float
        Of the integrators; how long we listen, ms.
    jitter : float
        Standard deviation of a first spike around its time, ms.
    rng
        The source of chance: of Poisson trains, of jitter, of phases, and between pixels that fire at the
        same time.

    Examples
    --------
    >>> bars = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]])
    >>> race = rank_race(bars, [0, 1], bars, [0, 1], [1, 2], rng=np.random.default_rng(1))
    >>> print(race.by_rank, race.time.round(1))
    [1. 1.] [ 4.5 10.2]
    """
    rng = generator(rng)
    learn, seen = _bright("x_train", x_train), _bright("x_test", x_test)
    shown, truth = _classes(y_train, learn), _classes(y_test, seen)
    if learn.shape[1] != seen.shape[1] or not seen.size:
        raise ValueError(f"x_test must have shape (images, {learn.shape[1]}), got {seen.shape}")
    numbers = finite_array("n_first", n_first, (1,), "(n,)")
    if (numbers < 1).any() or (numbers != np.rint(numbers)).any():
        raise ValueError(f"n_first must be whole numbers of at least 1, got {numbers.tolist()}")
    jitter = non_negative("jitter", jitter)
    n_each = learn.shape[1]
    numbers = np.minimum(numbers, n_each + 1.0).astype(np.int64)  # more than there are is as good as one more

    exact = [encode_first_spikes(x.ravel(), tau, threshold, duration) for x in (learn, seen)]
    first = [_moved(spikes, jitter, rng) for spikes in exact]
    ranks = [ranks_of_rows(spikes, n_each, rng=rng) for spikes in first]
    templates = class_templates(rank_weights(ranks[0], m, n_each), shown)
    rates = [_rates(spikes, n_each) for spikes in exact]
    count_templates = class_templates(rates[0], shown)
    r_max = max(float(rates[1].max()), 1.0)
    trains = encode_rates((rates[1] / r_max).ravel(), r_max, duration, rng=rng)
    phases = rng.random(seen.shape)

    heard_at = _first_times(first[1], n_each)
    arrivals = np.sort(heard_at, axis=1)
    last = np.max(arrivals, axis=1, where=np.isfinite(arrivals), initial=0.0)
    time, by_rank, by_count, n_counted, by_set, by_clockwork, by_regular = np.empty((7, numbers.size))
    for k, n in enumerate(numbers):
        nth = arrivals[:, n - 1] if n <= n_each else np.full(len(seen), np.nan)
        until = np.where(np.isfinite(nth), nth, last)
        heard = trains.times <= until[trains.units // n_each]
        counts = np.bincount(trains.units[heard], minlength=seen.size).reshape(seen.shape)
        time[k] = nth[np.isfinite(nth)].mean() if np.isfinite(nth).any() else np.nan
        n_counted[k] = counts.sum() / len(seen)
        by_rank[k] = np.mean(best_template(rank_weights(ranks[1], m, int(n)), templates) == truth)
        by_set[k] = np.mean(best_template(1.0 * (ranks[1] < n), templates) == truth)  # no NaN is below
        by_count[k] = np.mean(best_template(counts, count_templates) == truth)
        counts = _clockwork(until[:, None] - heard_at, rates[1])
        by_clockwork[k] = np.mean(best_template(counts, count_templates) == truth)
        counts = np.floor(until[:, None] * rates[1] / 1000.0 + phases)
        by_regular[k] = np.mean(best_template(counts, count_templates) == truth)
    return RankRace(numbers, time, by_rank, by_count, n_counted, by_set, by_clockwork, by_regular)


def _moved(spikes: Spikes, jitter: float, rng: np.random.Generator) -> Spikes:
    """Each spike a little earlier or later."""
    if jitter == 0:
        return spikes
    times = np.clip(spikes.times + rng.normal(0.0, jitter, spikes.n_spikes), 0.0, spikes.duration)
    return Spikes(times, spikes.units, n_units=spikes.n_units, duration=spikes.duration)


def _rates(spikes: Spikes, n_each: int) -> np.ndarray:
    """The rate of integrators that start again after each spike, Hz."""
    interval = np.nan_to_num(_first_times(spikes, n_each), nan=np.inf)
    return 1000.0 / np.maximum(interval, 0.1)


def _clockwork(since: np.ndarray, rates: np.ndarray) -> np.ndarray:
    """Spikes of neurons that fired first `since` ms ago, NaN for never, and go on at their rate, Hz."""
    later = np.floor(np.nan_to_num(since, nan=-1.0) * rates / 1000.0 + 1e-9)
    return np.where(since >= 0, 1.0 + later, 0.0)


def _bright(name: str, images: ArrayLike) -> np.ndarray:
    table = finite_array(name, images, (2,), "(images, pixels)")
    if ((table < 0) | (table > 1)).any():
        raise ValueError(f"{name} must lie from 0 to 1, got {table.min():g} to {table.max():g}")
    return table
