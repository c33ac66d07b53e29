"""A pool about the learning engine: one epoch with its coin, or pairs so fast that traces add up."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, pool, told
from snnlab.course.exercises.kinds import Mistake, Number

TITLE, VARIABLE = "What the engine adds", "engine"

# --- one epoch ---


def one_epoch(weight, k, m, x, y):
    """The change in 128ths, the larger of the two weights, and how likely it is."""
    change = 128 * x // 2**k - 128 * y // 2**m
    below, left = divmod(128 * weight + change, 128)
    return [change, below + 1, left / 128]


def _epoch_parameters(rng):
    while True:
        own = {
            "weight": int(rng.integers(60, 180)),
            "k": int(rng.integers(3, 6)),
            "m": int(rng.integers(5, 8)),
            "x": int(rng.integers(25, 65)),
            "y": int(rng.integers(15, 60)),
        }
        if 0.05 < one_epoch(**own)[2] < 0.95:
            return own


def _epoch_build(own):
    weight, k, m, x, y = (own[name] for name in ("weight", "k", "m", "x", "y"))
    right = np.array(one_epoch(**own))
    change, above, chance = right
    return Number(
        id="9.3",
        title=TITLE,
        statement=(
            f"The rule is `dw = 2^-{k}*x1*y0 - 2^-{m}*x0*y1`, and the weight is {told(weight)}. In this "
            f"epoch both neurons have fired: at the postsynaptic spike x1 was {told(x)}, at the "
            f"presynaptic one y1 was {told(y)}. By how many 128ths do the two terms change the weight "
            "together? Two whole numbers may stand there afterwards: which is the larger one, and with "
            "which probability is it that?"
        ),
        stub=f"{VARIABLE} = [..., ..., ...]  # change in 128ths; larger weight; its probability",
        variable=VARIABLE,
        tolerance=0.001,
        solution=right,
        next_step=(
            "After many such epochs from the same weight, what would the mean be? And the spread of a "
            "single one?"
        ),
        mistakes=(
            Mistake(
                "both added",
                np.array(_from_change(weight, 128 * x // 2**k + 128 * y // 2**m)),
                "You have added both terms. The second one is taken off.",
            ),
            Mistake(
                "traces exchanged",
                np.array(_from_change(weight, 128 * y // 2**k - 128 * x // 2**m)),
                "You have exchanged the traces. The first term acts at the postsynaptic spike, and reads "
                "x1 there.",
            ),
            Mistake(
                "in weights",
                np.array([change / 128, above, chance]),
                "Two are right. The change is wanted in 128ths of a weight.",
            ),
            Mistake(
                "smaller weight",
                np.array([change, above - 1, chance]),
                "Two are right. This is the smaller of the two weights.",
            ),
            Mistake(
                "smaller weight with its probability",
                np.array([change, above - 1, 1 - chance]),
                "The change is right. This is the smaller of the two weights, with its probability.",
            ),
            Mistake(
                "probability of the smaller",
                np.array([change, above, 1 - chance]),
                "Two are right. This is the probability of the smaller weight.",
            ),
            Mistake(
                "rounded",
                np.array([change, above - 1 + (chance >= 0.5), 1.0]),
                "The change is right. The chip does not round to the nearest: it throws a coin.",
            ),
        ),
    )


def _from_change(weight, change):
    below, left = divmod(128 * weight + change, 128)
    return [change, below + 1, left / 128]


# --- pairs that come fast ---

PAIRS = {"behind": "steps", "period": "steps", "impulse": "", "kept": "of a trace in a step"}


def each_pair(behind, period, impulse, kept, k, m):
    """What the two terms do for each pair, with what earlier pairs have left in the traces."""
    peak = impulse / (1 - kept**period)
    return [peak * kept**behind / 2**k, peak * kept ** (period - behind) / 2**m]


def _pairs_parameters(rng):
    period = int(rng.integers(18, 33))
    return {
        "behind": int(rng.integers(3, period // 2 - 1)),
        "period": period,
        "impulse": int(rng.integers(24, 57)),
        "kept": round(0.92 + 0.005 * int(rng.integers(0, 7)), 3),
        "k": int(rng.integers(2, 5)),
        "m": int(rng.integers(2, 5)),
    }


def _pairs_build(own):
    right = np.array(each_pair(**own))
    gain, loss = right
    behind, period, kept, k, m = (own[name] for name in ("behind", "period", "kept", "k", "m"))
    return Number(
        id="9.3",
        title=TITLE,
        statement=(
            f"The rule is `dw = 2^-{k}*x1*y0 - 2^-{m}*x0*y1`. Both traces have an impulse of "
            f"{told(own['impulse'])}, and a step leaves {told(kept)} of them. For a long time the "
            f"presynaptic neuron has fired every {told(period)} steps, and the postsynaptic one "
            f"{told(behind)} steps after it. What does the first term add to the weight for each pair, on "
            "average, and what does the second one take off? Two numbers above 0, to within 0.5 %."
        ),
        stub=f"{VARIABLE} = [..., ...]  # added for each pair; taken off for each pair",
        variable=VARIABLE,
        tolerance=0.005,
        solution=right,
        next_step="With which period would the two cancel, if they ever do?",
        mistakes=(
            Mistake(
                "earlier pairs forgotten",
                right * (1 - kept**period),
                "You let the traces begin at 0 for each pair. So soon after the last pair something of it "
                "is left, and of the one before.",
            ),
            Mistake(
                "one pair before",
                right * (1 - kept**period) * (1 + kept**period),
                "You have counted one earlier pair. Those before it have left something as well: it is a "
                "geometric series.",
            ),
            Mistake(
                "the same distance twice",
                np.array([gain, gain * 2.0 ** (k - m)]),
                "The first is right. The second term looks back from a presynaptic spike to the last "
                "postsynaptic one, which is a period less the distance.",
            ),
            Mistake(
                "a whole period",
                np.array([gain, loss * kept**behind]),
                "The first is right. From a presynaptic spike back to the last postsynaptic one it is "
                "less than a period.",
            ),
            Mistake(
                "sign",
                np.array([gain, -loss]),
                "The first is right. How much is taken off is asked for as a number above 0.",
            ),
            Mistake(
                "in 128ths",
                128 * right,
                "These are 128ths of a weight, in which the engine counts while it adds.",
            ),
            Mistake("reversed", right[::-1], "Both are right, and have changed places."),
        ),
    )


SHARED = {"grade_id": "engine", "title": TITLE, "chapter": 27, "points": 3, "variable": VARIABLE}
EXERCISE = pool(
    ClassExercise(**SHARED, parameters=_epoch_parameters, build=_epoch_build, answer=one_epoch),
    ClassExercise(
        **SHARED, parameters=_pairs_parameters, build=_pairs_build, comments=PAIRS, answer=each_pair
    ),
)
