"""Exercise 17.4, write it: how the loss of a race pulls at the outputs, on mistakes only."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["PULLS"]


def _shares(times, sharpness):
    """The softmax of the times, the earlier the more."""
    grown = np.exp(-sharpness * (np.array(times) - min(times)))
    return grown / grown.sum()


def _wanted(times, label):
    return np.arange(len(times)) == label


def _if_wrong(pull, times, label):
    """Nothing where the right output is first."""
    return np.zeros(len(times)) if np.argmin(times) == label else pull


def pulls(times, label, sharpness):
    """1 for the right output, minus the softmax; 0 for all where the right one is first."""
    return _if_wrong(_wanted(times, label) - _shares(times, sharpness), times, label)


def _sign(times, label, sharpness):
    return -pulls(times, label, sharpness)


def _every_sample(times, label, sharpness):
    return _wanted(times, label) - _shares(times, sharpness)


def _only_right_ones(times, label, sharpness):
    return _every_sample(times, label, sharpness) - pulls(times, label, sharpness)


def _late_wins(times, label, sharpness):
    return _if_wrong(_wanted(times, label) - _shares(-np.array(times), sharpness), times, label)


def _without_sharpness(times, label, sharpness):
    return pulls(times, label, 1.0)


def _times_sharpness(times, label, sharpness):
    return sharpness * pulls(times, label, sharpness)


def _only_the_right_output(times, label, sharpness):
    return np.where(_wanted(times, label), pulls(times, label, sharpness), 0.0)


def _only_the_shares(times, label, sharpness):
    return _if_wrong(-_shares(times, sharpness), times, label)


def _not_divided(times, label, sharpness):
    return _if_wrong(_wanted(times, label) - np.exp(-sharpness * np.array(times)), times, label)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Two to four outputs, all far enough apart; every third race is won by the right one."""
    cases: list[tuple] = []
    while len(cases) < 12:
        n = int(rng.integers(2, 5))
        times = [round(float(t), 2) for t in rng.uniform(0.4, 1.6, n)]
        if min(abs(a - b) for k, a in enumerate(times) for b in times[:k]) < 0.05:
            continue
        first = int(np.argmin(times))
        label = first if len(cases) % 3 == 2 else (first + int(rng.integers(1, n))) % n
        cases.append((np.array(times), label, round(float(rng.uniform(1.2, 6.0)), 1)))
    return cases


PULLS = Function(
    id="17.4",
    title="Only mistakes",
    statement=(
        "Write the function `pulls`. It gets the spike times of the outputs, `times`, the number of the "
        "right one, `label`, counted from 0, and the `sharpness` $\\beta$. It returns the list of the "
        "derivatives $\\partial L/\\partial \\hat t_k$, as in [the loss of a race](#race-loss). If the right "
        "output fires first, nothing is to be learnt: then all of them are 0."
    ),
    stub="def pulls(times, label, sharpness):\n    return ...",
    variable="pulls",
    arguments=("times", "label", "sharpness"),
    tolerance=1e-6,
    solution=pulls,
    draw=_draw,
    next_step=(
        "Add up what your function returns for any race: 0, always. The loss moves outputs against each "
        "other, and does not care when the race as a whole takes place. What does, in the network?"
    ),
    mistakes=(
        Mistake(
            "sign",
            _sign,
            "The sizes are right, the signs are not. Where the right output comes later the loss grows: its "
            "derivative is 1 - p.",
        ),
        Mistake(
            "every sample",
            _every_sample,
            "The derivatives are right where the race is lost. Where the right output fires first, all are "
            "to be 0.",
        ),
        Mistake(
            "only what is right",
            _only_right_ones,
            "It is the other way round: a race that is won teaches nothing, a lost one does.",
        ),
        Mistake(
            "late wins",
            _late_wins,
            "In your softmax the latest output has the largest share. The first spike wins: exp(-beta t).",
        ),
        Mistake(
            "without sharpness",
            _without_sharpness,
            "The sharpness does nothing in yours. It multiplies the times in the exponent.",
        ),
        Mistake(
            "times sharpness",
            _times_sharpness,
            "Yours is beta times too large: the loss has a factor 1/beta, which the derivative of the "
            "exponent cancels.",
        ),
        Mistake(
            "only the right output",
            _only_the_right_output,
            "The right output is pulled forwards, as it should be. The others are pushed back: each gets "
            "minus its share.",
        ),
        Mistake(
            "only the shares",
            _only_the_shares,
            "You have minus the shares of all outputs. The right one gets 1 more.",
        ),
        Mistake(
            "not divided",
            _not_divided,
            "Your exponentials are not divided by their sum. Shares add up to 1.",
        ),
    ),
)
