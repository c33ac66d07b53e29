"""A function to write: a weight of one bit that learns by the real number behind it."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _draw(rng, most):
    """Steps that flip the bit. The first weight begins at 0, every second one is pushed out of its bounds."""
    cases = []
    for k in range(10):
        outwards = k % 2 * (3 if k % 4 == 1 else -3)  # how many steps, and to which side
        start = 0.3 * outwards * most if k % 2 else (round(float(rng.uniform(-0.5, 0.5)), 3) if k else 0.0)
        sizes, sides = rng.uniform(0.3, 1.6, 14), np.where(rng.random(14) < 0.5, -1.0, 1.0)
        wanted = rng.choice([-1.0, 1.0], 14) * rng.uniform(0.2, 1.8, 14)  # times x
        sizes[: abs(outwards)] = rng.uniform(1.2, 1.6, abs(outwards))
        wanted[: abs(outwards)] = 1.8 * np.sign(outwards)
        sizes[0] = sizes[0] if k else rng.uniform(0.3, 0.5)  # a step from 0 that stays within the bounds
        x = np.round(sides * sizes, 2)
        cases.append((round(start, 3), x, np.round(x * wanted, 2)))
    return cases


def _bit(w):
    return 1.0 if w >= 0 else -1.0


def _slope(b, x, y):
    """The derivative of the loss (b x − y)² by b."""
    return 2 * (b * x - y) * x


def _build(variant):
    eta, most = variant["eta"], variant["most"]

    def course(w, x, y):
        after = []
        for k in range(len(x)):
            b = 1 if w >= 0 else -1
            w = w - eta * 2 * (b * x[k] - y[k]) * x[k]
            w = min(most, max(-most, w))
            after.append(w)
        return np.array(after)

    def wrong(bit=_bit, slope=_slope, rate=eta, bound=most, begins=lambda w, b: w):
        """The same with one thing changed."""

        def function(w, x, y):
            after = []
            for one, wanted in zip(x, y, strict=True):
                b = bit(w)
                w = max(-bound, min(bound, begins(w, b) - rate * slope(b, one, wanted)))
                after.append(w)
            return np.array(after)

        return function

    def held_afterwards(w, x, y):
        return np.clip(wrong(bound=np.inf)(w, x, y), -most, most)

    def bits(w, x, y):
        return np.where(course(w, x, y) >= 0, 1.0, -1.0)

    def last(w, x, y):
        return course(w, x, y)[-1]

    def before(w, x, y):
        return np.append(w, course(w, x, y)[:-1])

    def one_bit_for_all(w, x, y):
        first = _bit(w)
        return wrong(bit=lambda _: first)(w, x, y)

    return Function(
        id="4.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `course`, which follows one latent weight through its training. It "
            "gets the latent weight `w` at the start and the arrays `x` and `y`, one entry a step. In each "
            "step the network uses only the bit b of the latent weight: +1 if that is 0 or more, −1 if it is "
            "below. The output is b times the entry of `x`, and the loss is the square of the output less "
            "the entry of `y`. The derivative of the loss by b goes straight through to the latent weight. "
            f"It takes one step of gradient descent with the learning rate `eta` = {told(eta)}, and is then "
            f"held between −`most` and `most`, which is {told(most)}, before the next step begins. The "
            "function returns the latent weight after each step, an array. Your function may use the names "
            "`eta` and `most`, which are given."
        ),
        stub="def course(w, x, y):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("w", "x", "y"),
        tolerance=1e-6,
        solution=course,
        draw=lambda rng: _draw(rng, most),
        next_step=(
            "Plot the latent weight and its bit against the steps. Which steps moved something that nobody "
            "could see in the output?"
        ),
        mistakes=(
            Mistake(
                "the latent weight in the output",
                wrong(bit=lambda w: w),
                "Your output uses the latent weight itself. The network sees its bit only; the real number "
                "is there to be moved.",
            ),
            Mistake(
                "not held",
                wrong(bound=np.inf),
                "Your latent weight leaves its bounds. It is held between −most and most after every step.",
            ),
            Mistake(
                "held at the end",
                held_afterwards,
                "You hold the weight in what you return and go on with the one outside. It is held after "
                "every step, before the next begins.",
            ),
            Mistake(
                "the bit is moved",
                wrong(begins=lambda w, b: b),
                "Each of your steps begins at the bit. The small steps have to add up in the latent weight.",
            ),
            Mistake(
                "uphill",
                wrong(rate=-eta),
                "Your weight climbs: the step goes against the derivative.",
            ),
            Mistake(
                "factor 2",
                wrong(rate=eta / 2),
                "Each of your steps is half as large as it should be: the derivative of a square brings a 2.",
            ),
            Mistake(
                "input forgotten",
                wrong(slope=lambda b, x, y: 2 * (b * x - y)),
                "You took the derivative by the output. By b it has the input as another factor.",
            ),
            Mistake(
                "the sign's own derivative",
                wrong(slope=lambda b, x, y: 0.0),
                "Your latent weight never moves, as the derivative of a sign is 0. The derivative by b is "
                "passed to it as if there were no sign.",
            ),
            Mistake(
                "sign of 0",
                wrong(bit=lambda w: 1.0 if w > 0 else -1.0),
                "A latent weight of 0 has the bit +1, and yours has −1.",
            ),
            Mistake(
                "no bit at 0",
                wrong(bit=lambda w: float(np.sign(w))),
                "At 0 your bit is 0, as np.sign has it. A bit is +1 there.",
            ),
            Mistake(
                "all from the start",
                one_bit_for_all,
                "The bit is read at the start only in yours. Read it anew in every step, as it may flip.",
            ),
            Mistake(
                "before each step",
                before,
                "You return the latent weight before each step; after each is wanted.",
            ),
            Mistake("bits", bits, "These are the bits. The latent weight behind them is wanted."),
            Mistake("last only", last, "You return the last latent weight. There is one for every step."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latent",
    title="The number behind it",
    chapter=12,
    points=3,
    variable="course",
    parameters=lambda rng: {
        "eta": round(0.06 + 0.005 * int(rng.integers(0, 15)), 3),
        "most": round(0.5 + 0.05 * int(rng.integers(0, 9)), 2),
    },
    build=_build,
)
