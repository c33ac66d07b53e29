"""W6 with whole arrays of NumPy, as quick as we know to write it."""

import numpy as np


def draw(task, k):
    """All times, train by train and sorted within each, and the number of spikes of each train."""
    rng = np.random.default_rng(k)
    counts = rng.poisson(task.RATE * task.DURATION / 1000.0, task.TRAINS)
    waits = rng.standard_exponential(int(counts.sum()) + task.TRAINS)
    # the spikes of a Poisson train, given their number, are partial sums of waits, stretched to the duration
    ends = np.cumsum(counts + 1)
    sums = np.cumsum(waits)
    before = np.concatenate([[0.0], sums[ends[:-1] - 1]])
    scale = task.DURATION / (sums[ends - 1] - before)
    times = (sums - np.repeat(before, counts + 1)) * np.repeat(scale, counts + 1)
    inside = np.ones(times.size, bool)
    inside[ends - 1] = False
    return times[inside], counts


def trains(task):
    def call(k):
        times, counts = draw(task, k)
        first = np.split(times[: counts[:10].sum()], np.cumsum(counts[:9]))
        return {"spikes": times.size, "first": [train.tolist() for train in first] if k == 0 else []}

    return call


def trains_sorted(task):
    """Sorted by time, with the train of each spike: what simulations take."""

    def call(k):
        times, counts = draw(task, k)
        units = np.repeat(np.arange(task.TRAINS), counts)
        order = np.argsort(times)
        times, units = times[order], units[order]
        first = [times[units == n].tolist() for n in range(10)] if k == 0 else []
        return {"spikes": times.size, "first": first}

    return call


def measures(task):
    given = task.given()
    times = np.concatenate(given)
    counts = np.array([len(train) for train in given])
    units = np.repeat(np.arange(counts.size), counts)

    def call(k):
        width = task.bin_width(k)
        bins = round(task.DURATION / width)
        binned = np.bincount(np.minimum((times / width).astype(np.int64), bins - 1), minlength=bins)
        rate = binned * 1000.0 / (width * task.TRAINS)
        interval, same = np.diff(times), units[1:] == units[:-1]
        interval, whose = interval[same], units[1:][same]
        n = np.bincount(whose)
        mean = np.bincount(whose, interval) / n
        spread = np.sqrt(np.bincount(whose, (interval - mean[whose]) ** 2) / n)
        numbers = np.bincount(units)
        return {
            "rates": float(rate @ rate),
            "cv": float((spread / mean).mean()),
            "fano": float(numbers.var() / numbers.mean()),
        }

    return call
