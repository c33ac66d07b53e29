"""Exercise 11.1, write it: from when on a network knows nearly all that it will."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["STEADY_FROM"]


def steady_from(accuracy):
    """The first millisecond, from 1, from which on the accuracy is at least 95 % of its last value."""
    first = len(accuracy)
    while first > 0 and accuracy[first - 1] >= 0.95 * accuracy[-1]:
        first -= 1
    return first + 1


def _first_crossing(accuracy):
    return next(k for k, a in enumerate(accuracy, 1) if a >= 0.95 * accuracy[-1])


def _of_the_largest(accuracy):
    first = len(accuracy)
    while first > 0 and accuracy[first - 1] >= 0.95 * max(accuracy):
        first -= 1
    return first + 1


def _ninety_five(accuracy):
    first = len(accuracy)
    while first > 0 and accuracy[first - 1] >= 95:
        first -= 1
    return first + 1


def _from_zero(accuracy):
    return steady_from(accuracy) - 1


def _last_below(accuracy):
    return max(k for k, a in enumerate(accuracy) if a < 0.95 * accuracy[-1])


def _five_points(accuracy):
    first = len(accuracy)
    while first > 0 and accuracy[first - 1] >= accuracy[-1] - 5:
        first -= 1
    return first + 1


def _all_of_it(accuracy):
    first = len(accuracy)
    while first > 0 and accuracy[first - 1] >= accuracy[-1]:
        first -= 1
    return first + 1


def _accuracy_itself(accuracy):
    return accuracy[steady_from(accuracy) - 1]


def _share_of_the_time(accuracy):
    return steady_from(accuracy) / len(accuracy)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Curves that rise, cross, fall back once, and have had a larger value than the last one."""
    cases = []
    for _ in range(10):
        final, n = float(rng.uniform(62, 80)), int(rng.integers(6, 10))
        enough = 0.95 * final
        parts = [
            np.sort(rng.uniform(5, enough - 5, n)),
            rng.uniform(enough + 0.2, final, 3),  # it is there for the first time
            rng.uniform(enough - 5, enough - 3, 1),  # and falls back,
            rng.uniform(final - 4.9, enough - 0.1, 3),  # not by as much as five points in the end
            rng.uniform(enough + 0.2, 0.98 * final, n),
            np.array([1.04 * final]),
            rng.uniform(0.99 * final, 0.999 * final, 3),
            np.array([final]),
        ]
        cases.append(([float(a) for a in np.concatenate(parts).round(2)],))
    return cases


STEADY_FROM = Function(
    id="11.1",
    title="From when on",
    statement=(
        "Write the function `steady_from`. `accuracy` is a list: how many per cent were right after the "
        "first millisecond, after the second, and so on, never 0 at the end. Return the first millisecond, "
        "counted from 1, from which on the accuracy is at least 95 % of its last value, to the end."
    ),
    stub="def steady_from(accuracy):\n    return ...",
    variable="steady_from",
    arguments=("accuracy",),
    tolerance=1e-6,
    solution=steady_from,
    draw=_draw,
    next_step=(
        "The last value is known only at the end. Could a network say by itself, while it runs, that it has "
        "come this far?"
    ),
    mistakes=(
        Mistake(
            "first crossing",
            _first_crossing,
            "Yours is the first time that the accuracy comes so far. It falls back after that: look for the "
            "time from which on it stays.",
        ),
        Mistake(
            "of the largest",
            _of_the_largest,
            "You take 95 % of the largest value. The last one is meant, which can be smaller.",
        ),
        Mistake(
            "95 per cent right",
            _ninety_five,
            "You ask for 95 % right. What is wanted is 95 % of the last value.",
        ),
        Mistake(
            "from zero",
            _from_zero,
            "Yours is one too early: the first millisecond is number 1, and stands at index 0.",
        ),
        Mistake(
            "last one below",
            _last_below,
            "Yours is the index of the last value that is too low. The next millisecond is the first good "
            "one, and an index counts from 0.",
        ),
        Mistake(
            "five points",
            _five_points,
            "You allow five points less than the last value. 95 % of 80 is 76, not 75.",
        ),
        Mistake(
            "all of it",
            _all_of_it,
            "You ask for the whole last value. 95 % of it are enough.",
        ),
        Mistake(
            "the accuracy",
            _accuracy_itself,
            "This is how many are right then. The question is when that is.",
        ),
        Mistake(
            "share of the time",
            _share_of_the_time,
            "This is which share of the time it takes. Return the millisecond itself.",
        ),
    ),
)
