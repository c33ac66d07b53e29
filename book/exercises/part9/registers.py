"""A pool about the chip's whole numbers: where a voltage stands still, or how strong a weight may be."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, pool, told
from snnlab.course.exercises.kinds import Mistake, Number

TITLE, VARIABLE = "In whole numbers", "registers"

# --- where it stands still ---


def stands_still(delta, bias):
    """From below and from above, step after step."""
    found = []
    for v in (0, 1000000):
        while v * (4096 - delta) // 4096 + bias != v:
            v = v * (4096 - delta) // 4096 + bias
        found.append(v)
    return found


def _still_parameters(rng):
    return {"delta": int(rng.integers(40, 400)), "bias": int(rng.integers(4, 30))}


def _still_build(own):
    delta, bias = own["delta"], own["bias"]
    low, high = stands_still(delta, bias)
    real = 4096 * bias / delta
    return Number(
        id="9.2",
        title=TITLE,
        statement=(
            f"In each step a voltage on the chip loses {delta} of 4096 parts, the remainder of what is "
            f"kept is dropped towards zero, and then a bias of {bias} is added. There is no other input, "
            "and the threshold is far away. At which whole number does it stand still if it starts at 0? "
            "And at which if it comes down from 1,000,000?"
        ),
        stub=f"{VARIABLE} = [..., ...]  # from 0; from 1,000,000",
        variable=VARIABLE,
        tolerance=1e-6,
        solution=np.array([low, high]),
        next_step="How far are the two numbers apart, and how does that depend on the decay alone?",
        mistakes=(
            Mistake(
                "real numbers",
                np.array([real, real]),
                "So it would be in real numbers. On the chip what is kept is rounded, and so is what is "
                "lost.",
            ),
            Mistake(
                "real numbers, rounded",
                np.array([round(real), round(real)]),
                "You have rounded where real numbers stand still. On the chip each step is rounded: where "
                "does what is lost come to the bias exactly?",
            ),
            Mistake(
                "one place",
                np.array([low, low]),
                "The first is right. From above it stops earlier: there are several numbers at which it "
                "stands still.",
            ),
            Mistake(
                "one place from above",
                np.array([high, high]),
                "The second is right. From below it stops earlier: there are several numbers at which it "
                "stands still.",
            ),
            Mistake(
                "loss rounded down",
                np.array([-(-4096 * bias // delta), (4096 * (bias + 1) - 1) // delta]),
                "You have rounded down what is lost. It is what is kept that is rounded down, so the loss "
                "is rounded up.",
            ),
            Mistake(
                "before the bias",
                np.array([low - bias, high - bias]),
                "You have stopped in the middle of a step, before the bias was added.",
            ),
            Mistake("reversed", np.array([high, low]), "Both are right, and have changed places."),
        ),
    )


# --- how strong a weight may be ---


def strongest(delta_u, mantissa):
    """The largest exponent, and where the current stands still with it."""
    exponent, stands = -1, 0
    while True:
        u, q = 0, 64 * 2 ** (exponent + 1) * mantissa
        while u * (4096 - delta_u) // 4096 + q != u:
            u = u * (4096 - delta_u) // 4096 + q
        if u > 2**23 - 1:
            return [exponent, stands]
        exponent, stands = exponent + 1, u


def _stands(delta_u, q):
    return (q - 1) * 4096 // delta_u + 1


def _strong_parameters(rng):
    while True:
        own = {"delta_u": int(rng.integers(15, 300)), "mantissa": int(rng.integers(20, 256))}
        if 1 <= strongest(**own)[0] <= 6:
            return own


def _strong_build(own):
    delta_u, mantissa = own["delta_u"], own["mantissa"]
    exponent, stands = strongest(delta_u, mantissa)
    q = 64 * 2**exponent * mantissa
    alone = max(e for e in range(30) if 64 * 2**e * mantissa < 2**23)
    return Number(
        id="9.2",
        title=TITLE,
        statement=(
            f"A current on the chip loses `delta_u` = {delta_u} of 4096 parts in each step, and the "
            "remainder of what is kept is dropped. It starts at 0, and in each step a spike comes "
            f"through one synapse with the mantissa {told(mantissa)}. What is the largest weight exponent "
            "with which the current never overflows, however long this goes on? And at which whole "
            "number does the current stand still with it, counted when the spike has been added?"
        ),
        stub=f"{VARIABLE} = [..., ...]  # exponent; current",
        variable=VARIABLE,
        tolerance=1e-6,
        solution=np.array([exponent, stands]),
        next_step=(
            "With the next exponent, what does the current do after it has overflown? Try it with "
            "`step_through`."
        ),
        mistakes=(
            Mistake(
                "sign forgotten",
                np.array([exponent + 1, _stands(delta_u, 2 * q)]),
                "With this exponent it overflows. One of the 24 bits is the sign, so the largest is 2²³ − 1.",
            ),
            Mistake(
                "real numbers",
                np.array([exponent, 4096 * q / delta_u]),
                "The exponent is right. The current is that of real numbers. On the chip the loss is "
                "rounded up, so it stands still earlier.",
            ),
            Mistake(
                "one spike",
                np.array([alone, 64 * 2**alone * mantissa]),
                "One spike alone has room with this. But they come in each step, and the current loses "
                "little.",
            ),
            Mistake(
                "what a spike brings",
                np.array([exponent, q]),
                "The exponent is right. The second is what one spike brings. The current adds them up.",
            ),
            Mistake(
                "64 forgotten",
                np.array([exponent + 6, stands]),
                "The current is right. A spike brings 64 · 2ᵉ times the mantissa, and you have left out "
                "the 64.",
            ),
            Mistake(
                "before the spike",
                np.array([exponent, stands - q]),
                "The exponent is right. You have taken the current before the spike was added.",
            ),
        ),
    )


SHARED = {"grade_id": "registers", "title": TITLE, "chapter": 26, "points": 2, "variable": VARIABLE}
EXERCISE = pool(
    ClassExercise(**SHARED, parameters=_still_parameters, build=_still_build, answer=stands_still),
    ClassExercise(**SHARED, parameters=_strong_parameters, build=_strong_build, answer=strongest),
)
