"""A function to write: a weight of three values that holds on while the number behind it moves."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _nearest(w):
    """The whole number that is nearest; no shadow of a hidden call lies half way."""
    return float(np.floor(w + 0.5))


def _course(w, dw, hold, *, bound=1.0, lets_go=_nearest, back=False, apart=lambda w, used: abs(w - used)):
    """Shadow and weight after each step, with something changed."""
    used, seen = _nearest(w), []
    for push in dw:
        w = max(-bound, min(bound, w + push))
        if apart(w, used) > 0.5 + hold:
            used = lets_go(w) if lets_go is _nearest else lets_go(w, used)
            w = used if back else w
        seen.append((w, used))
    return np.array(seen).T


def _draw(rng, hold):
    """Small pushes that meet bounds and both borders, and a few so large that a weight goes over 0."""
    cases = []
    while len(cases) < 10:
        start = round(float(rng.uniform(-0.9, 0.9)), 2)
        dw = rng.uniform(-0.45, 0.45, 16)
        dw[rng.choice(16, 4, replace=False)] = rng.choice([-1, 1], 4) * rng.uniform(1.2, 1.7, 4)
        dw = np.round(dw, 2)
        shadow, used = _course(start, dw, hold)
        borders = [np.abs(np.abs(shadow) - half).min() for half in (0.5, 0.5 + hold, 0.5 - hold)]
        free = np.abs(np.abs(np.cumsum(dw) + start) - 0.5).min()
        turned = np.abs(np.diff(used)).max() == 2 and len(set(used)) == 3
        if turned and min(borders) > 0.005 and abs(abs(start) - 0.5) > 0.005 and free > 0.005:
            cases.append((start, dw))
    return cases


def _build(own):
    hold = own["hold"]

    def course(w, dw):
        used, after = np.floor(w + 0.5), []
        for push in dw:
            w = min(1, max(-1, w + push))
            if abs(w - used) > 0.5 + hold:
                used = np.floor(w + 0.5)
            after.append(used)
        return np.array(after)

    def wrong(which=1, hold=hold, **changed):
        return lambda w, dw: _course(w, dw, hold, **changed)[which]

    def one_step(w, used):
        return used + np.sign(w - used)

    def before(w, dw):
        return np.append(_nearest(w), course(w, dw)[:-1])

    def last(w, dw):
        return course(w, dw)[-1]

    return Function(
        id="4.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `course`, which follows a weight of chapter 14 that is −1, 0 or 1. It gets "
            "the shadow weight `w` at the start, from −1 to 1, and the array `dw`, by how much the shadow is "
            "pushed in each step. The network begins with the whole number that is nearest to the shadow. In "
            "each step the shadow is pushed and then held between −1 and 1. As long as it is no further than "
            f"½ + `hold` from the weight in use, with `hold` = {told(hold)}, the weight stays; otherwise it "
            "becomes the whole number that is nearest to the shadow. The function returns the weight in use "
            "after each step, an array. No shadow ever lies half way between two whole numbers."
        ),
        stub="def course(w, dw):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("w", "dw"),
        tolerance=1e-6,
        solution=course,
        draw=lambda rng: _draw(rng, hold),
        next_step="How often does the weight change with `hold` and without, if the shadow only trembles?",
        mistakes=(
            Mistake(
                "does not hold on",
                wrong(hold=0.0),
                "Your weight is the nearest whole number at once. It holds on until the shadow is further "
                "away than ½ + `hold`.",
            ),
            Mistake(
                "same borders both ways",
                wrong(lets_go=lambda w, used: np.sign(w) * (abs(w) > 0.5 + hold), apart=lambda w, used: 2.0),
                "In yours the borders lie at the same place on the way out and on the way back. They lie "
                "½ + `hold` from the weight in use.",
            ),
            Mistake(
                "not held",
                wrong(bound=np.inf),
                "Your shadow leaves its bounds. It is held between −1 and 1 after each push.",
            ),
            Mistake(
                "one at a time",
                wrong(lets_go=one_step),
                "Your weight moves by 1 at the most. It becomes the whole number that is nearest, which may "
                "be on the other side of 0.",
            ),
            Mistake(
                "shadow follows",
                wrong(back=True),
                "Where your weight changes the shadow is set onto it. The shadow stays where it was pushed.",
            ),
            Mistake(
                "shadows",
                wrong(0),
                "These are the shadows. The weights that the network uses are wanted.",
            ),
            Mistake(
                "before each step",
                before,
                "You return the weight before each step; after each is wanted.",
            ),
            Mistake("last only", last, "You return the last weight. There is one for every step."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="latent",
    title="The number behind it",
    chapter=14,
    points=3,
    variable="course",
    parameters=lambda rng: {"hold": round(0.1 + 0.01 * int(rng.integers(0, 26)), 2)},
    build=_build,
)
