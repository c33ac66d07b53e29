"""Exercise 5.2, write it: a spike train from a coin in every bin."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["COIN"]


def coin_train(x, rate, dt):
    """A spike wherever the number is below r δt."""
    return np.flatnonzero(x < rate / 1000.0 * dt) * dt


def _hertz(x, rate, dt):
    return np.flatnonzero(x < rate * dt) * dt


def _no_dt(x, rate, dt):
    return np.flatnonzero(x < rate / 1000.0) * dt


def _a_thousand_too_few(x, rate, dt):
    return np.flatnonzero(x < rate / 1000.0 * dt / 1000.0) * dt


def _divided(x, rate, dt):
    return np.flatnonzero(x < rate / 1000.0 / dt) * dt


def _bins(x, rate, dt):
    return np.flatnonzero(x < rate / 1000.0 * dt)


def _ones(x, rate, dt):
    return (x < rate / 1000.0 * dt) * 1.0


def _silences(x, rate, dt):
    return np.flatnonzero(x > rate / 1000.0 * dt) * dt


def _ends(x, rate, dt):
    return (np.flatnonzero(x < rate / 1000.0 * dt) + 1) * dt


def _seconds(x, rate, dt):
    return np.flatnonzero(x < rate / 1000.0 * dt) * dt / 1000.0


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Round numbers; the bins of some tries are shorter than 1 ms, those of others longer."""
    return [
        (
            rng.random(int(rng.integers(150, 300))),
            float(rng.integers(4, 25) * 10),
            float(rng.choice([0.5, 2.0, 3.0])),
        )
        for _ in range(12)
    ]


COIN = Function(
    id="5.2",
    title="A coin in every bin",
    statement=(
        "Write the function `coin_train`. It gets an array `x` of random numbers, uniform between 0 and 1, "
        "one for each bin; the `rate` in Hz; and the width `dt` of a bin in ms. It returns an array with the "
        "spike times in ms. A spike is dated to the start of its bin, and the first bin starts at 0. Its "
        "probability is that of exercise 4.4, to first order in `dt`."
    ),
    stub="def coin_train(x, rate, dt):\n    return ...",
    variable="coin_train",
    arguments=("x", "rate", "dt"),
    unit="ms",
    tolerance=1e-6,
    solution=coin_train,
    draw=_draw,
    next_step=(
        "Most of your random numbers led to nothing. At 5 Hz and 1 ms, how many are thrown for one spike? "
        "The next exercise needs one a spike."
    ),
    mistakes=(
        Mistake(
            "hertz",
            _hertz,
            "Nearly every bin has a spike. The rate is in Hz, which is spikes a second, and dt is in ms: "
            "there are 1000 ms in a second.",
        ),
        Mistake(
            "no dt",
            _no_dt,
            "The same numbers of bins fill up however wide they are: dt is missing. In a bin twice as wide a "
            "spike is twice as likely.",
        ),
        Mistake(
            "a thousand too few",
            _a_thousand_too_few,
            "There are about a thousand times too few spikes. Was the rate divided by 1000 twice?",
        ),
        Mistake(
            "divided by dt",
            _divided,
            "A wider bin of yours is less likely to hold a spike. The probability is the rate times dt.",
        ),
        Mistake(
            "bins",
            _bins,
            "These are the numbers of the bins. Their times in ms are wanted: each bin is dt long.",
        ),
        Mistake(
            "zeros and ones",
            _ones,
            "This says for each bin whether it holds a spike. Wanted are the times of those that do, for "
            "example with np.flatnonzero.",
        ),
        Mistake(
            "silent bins",
            _silences,
            "These are the bins without a spike. A number below the probability means a spike.",
        ),
        Mistake(
            "ends of bins",
            _ends,
            "Every spike comes one dt too late: it is dated to the start of its bin, and the first bin "
            "starts at 0.",
        ),
        Mistake(
            "seconds",
            _seconds,
            "The spikes are right, but their times are in seconds. They are wanted in ms, as dt is.",
        ),
    ),
)
