"""Exercise 5.3, write it: a Poisson spike train from its waiting times."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["WAITS"]


def poisson_train(u, rate):
    """Exponential waits, one after the other."""
    return np.cumsum(-np.log1p(-u)) / rate * 1000.0


def _seconds(u, rate):
    return poisson_train(u, rate) / 1000.0


def _uniform(u, rate):
    return np.cumsum(2.0 * u) / rate * 1000.0


def _uniform_short(u, rate):
    return np.cumsum(u) / rate * 1000.0


def _other_end(u, rate):
    return np.cumsum(-np.log(u)) / rate * 1000.0


def _intervals(u, rate):
    return -np.log1p(-u) / rate * 1000.0


def _intervals_in_seconds(u, rate):
    return -np.log1p(-u) / rate


def _no_minus(u, rate):
    return -poisson_train(u, rate)


def _times_rate(u, rate):
    return np.cumsum(-np.log1p(-u)) * rate / 1000.0


def _log10(u, rate):
    return np.cumsum(-np.log10(1.0 - u)) / rate * 1000.0


def _from_zero(u, rate):
    times = poisson_train(u, rate)
    return times - times[0]


def _clock(u, rate):
    return np.arange(1, u.size + 1) / rate * 1000.0


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Random numbers for 5 to 40 spikes, at round rates."""
    return [(rng.random(int(rng.integers(5, 40))), float(rng.integers(1, 20) * 5)) for _ in range(12)]


WAITS = Function(
    id="5.3",
    title="Waiting times",
    statement=(
        "Write the function `poisson_train`. It gets an array `u` of random numbers, uniform from 0 (which "
        "may occur) to 1 (which never does), and the `rate` in Hz. Each number becomes one wait: 0 becomes "
        "no wait at all, a number near 1 a very long one. The function returns the spike times in ms, the "
        "first one wait after time 0."
    ),
    stub="def poisson_train(u, rate):\n    return ...",
    variable="poisson_train",
    arguments=("u", "rate"),
    unit="ms",
    tolerance=1e-6,
    solution=poisson_train,
    draw=_draw,
    next_step=(
        "Add 5 ms to every wait and you have a neuron with a dead time, which fires more slowly. By how much "
        "must the rate by which you divide grow to make up for it?"
    ),
    mistakes=(
        Mistake(
            "seconds",
            _seconds,
            "The waits are in seconds, because the rate is in Hz. There are 1000 ms in a second.",
        ),
        Mistake(
            "uniform",
            _uniform,
            "The mean wait is right, but your waits are uniform: none is longer than twice the mean, and "
            "short ones are as rare as long ones. An exponential wait comes from a logarithm.",
        ),
        Mistake(
            "uniform and short",
            _uniform_short,
            "Your waits are uniform and never longer than 1/rate. An exponential wait comes from a logarithm "
            "of the random number.",
        ),
        Mistake(
            "ln u",
            _other_end,
            "With ln(u) the train is just as random, but a 0 would be an infinite wait, and NumPy does draw "
            "zeros. Use ln(1 - u), which turns 0 into no wait.",
        ),
        Mistake(
            "intervals in seconds",
            _intervals_in_seconds,
            "These are the waits, in seconds because the rate is in Hz. Turn them into ms, and add them up: "
            "a spike comes after all the waits before it.",
        ),
        Mistake(
            "intervals",
            _intervals,
            "These are the waits. A spike comes after all the waits before it: np.cumsum adds them up.",
        ),
        Mistake(
            "no minus",
            _no_minus,
            "Your times are negative: the logarithm of a number below 1 is. A minus belongs before it.",
        ),
        Mistake(
            "times the rate",
            _times_rate,
            "A higher rate makes your waits longer. The mean wait is one divided by the rate.",
        ),
        Mistake(
            "log10",
            _log10,
            "This is the logarithm to base 10. An exponential wait needs the natural one, np.log or "
            "np.log1p.",
        ),
        Mistake(
            "first wait left out",
            _from_zero,
            "Your first spike comes at time 0. It comes one wait later, and so do all others.",
        ),
        Mistake(
            "clock",
            _clock,
            "Your spikes come at equal intervals, and the random numbers are not used.",
        ),
    ),
)
