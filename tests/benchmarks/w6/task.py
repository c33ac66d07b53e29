"""W6: Poisson spike trains, and what is measured on them. Read by every worker, whatever its Python.

Trains: 1000 of them, 10 s at 20 Hz. Measures, of given trains: the rate over all of them in bins of 10 ms,
the coefficient of variation of the intervals of each, the Fano factor of their numbers of spikes.

Trains are right if their number of spikes is one that chance allows, and the intervals of the first of them
are exponential in mean and spread. Measures are right if they are those of a few lines of plain Python.
"""

import functools
import random
import statistics

RATE, DURATION, TRAINS, BIN = 20.0, 10_000.0, 1000, 10.0  # Hz, ms, trains, ms


def given():
    """The trains that are measured: a list of times (ms) for each, the same everywhere."""
    chance = random.Random(6)
    trains = []
    for _ in range(TRAINS):
        times, now = [], chance.expovariate(RATE / 1000.0)
        while now < DURATION:
            times.append(now)
            now += chance.expovariate(RATE / 1000.0)
        trains.append(times)
    return trains


def bin_width(k):
    """The width of a bin in the k-th call, ms: all but the last digits are the same."""
    return BIN * (1.0 + 1e-9 * (k % 7))


def wrong_trains(answer):
    """What is wrong with generated trains; empty if nothing is."""
    expected = RATE * DURATION / 1000.0 * TRAINS
    if abs(answer["spikes"] - expected) > 5 * expected**0.5:
        return f"{answer['spikes']} spikes, not about {expected:.0f}"
    if len(answer["first"]) != 10:
        return f"{len(answer['first'])} trains to look at, not 10"
    intervals = [b - a for train in answer["first"] for a, b in zip(train, train[1:])]  # noqa: B905, RUF007
    if len(intervals) < 1500 or min(intervals) < 0 or max(max(t) for t in answer["first"]) > DURATION:
        return "times of a train are few, not in order or beyond the end"
    mean, spread = statistics.mean(intervals), statistics.pstdev(intervals)
    for name, value in (("mean", mean), ("spread", spread)):
        if abs(value * RATE / 1000.0 - 1) > 0.15:  # six standard errors of the spread
            return f"intervals with a {name} of {value:.1f} ms, not {1000.0 / RATE:.1f} ms"
    return ""


@functools.cache
def measures():
    """The sum of the squared rates of the bins, the mean CV and the Fano factor of the given trains."""
    trains = given()
    counts = [0] * round(DURATION / BIN)
    for train in trains:
        for time in train:
            counts[min(int(time / BIN), len(counts) - 1)] += 1
    rates = [1000.0 * count / (BIN * TRAINS) for count in counts]
    spreads = []
    for train in trains:
        intervals = [b - a for a, b in zip(train, train[1:])]  # noqa: B905, RUF007
        spreads.append(statistics.pstdev(intervals) / statistics.fmean(intervals))
    numbers = [len(train) for train in trains]
    return {
        "rates": sum(rate**2 for rate in rates),
        "cv": statistics.fmean(spreads),
        "fano": statistics.pvariance(numbers) / statistics.fmean(numbers),
    }


def wrong_measures(answer):
    """What is wrong with measures; empty if nothing is."""
    for name, right in measures().items():
        if not abs(answer[name] / right - 1) < 2e-3:  # a tool may divide a variance by one less
            return f"{name} is {answer[name]:.5g}, not {right:.5g}"
    return ""
