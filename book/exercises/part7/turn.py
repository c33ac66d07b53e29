"""A number from own parameters: two steps of feedback alignment by hand."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"up": "", "feedback": "", "wanted": "", "rate": ""}


def output_and_angle(up, feedback, wanted, rate):
    """All weights move at once, twice."""
    below = np.zeros(2)
    for _ in range(2):
        error = wanted - np.dot(up, below)
        up, below = up + rate * error * below, below + rate * error * np.array(feedback)
    cosine = np.dot(up, feedback) / np.linalg.norm(up) / np.linalg.norm(feedback)
    return [np.dot(up, below), math.degrees(math.acos(cosine))]


def _parameters(rng):
    """Feedback that points away at the start, and an output that three decimals tell to 0.5 %."""
    while True:
        at, turned = rng.uniform(0.0, 2 * math.pi), math.radians(rng.uniform(95.0, 130.0))
        longs = rng.uniform(0.6, 1.0), rng.uniform(0.9, 1.4)
        directions = at, at + turned * float(rng.choice([-1.0, 1.0]))
        up, feedback = (
            [round(float(long * f(angle)), 2) for f in (math.cos, math.sin)]
            for long, angle in zip(longs, directions, strict=True)
        )
        wanted, rate = (round(float(rng.uniform(*ends)), 2) for ends in ((0.8, 1.4), (0.2, 0.35)))
        if abs(output_and_angle(up, feedback, wanted, rate)[0]) > 0.12:
            return {"up": up, "feedback": feedback, "wanted": wanted, "rate": rate}


def _angle(one, other):
    return math.degrees(math.atan2(abs(one[0] * other[1] - one[1] * other[0]), float(np.dot(one, other))))


def _build(variant):
    up, feedback = np.array(variant["up"]), np.array(variant["feedback"])
    wanted, rate = variant["wanted"], variant["rate"]

    def steps(n=2, rate=rate, way=None, held=False, new=False, uphill=1.0, learns=1.0):
        """Weights up and below after n steps, with one thing changed."""
        above, below = up, np.zeros(2)
        for _ in range(n):
            error = wanted if held else wanted - np.dot(above, below)
            moved = below + uphill * rate * error * (above if way == "true" else feedback)
            above = above + learns * rate * error * (moved if new else below)
            below = moved
        return above, below

    def found(above, below):
        return np.array([np.dot(above, below), _angle(above, feedback)])

    above, below = steps()
    right = found(above, below)
    once, first = steps(1)
    return Number(
        id="7.2",
        title=EXERCISE.title,
        statement=(
            "A linear network has one input, which is 1, two hidden units and one output. The weights from "
            "the input are 0 at the start, those to the output are "
            f"`up` = [{told(up[0])}, {told(up[1])}]. The error of the output comes down through fixed "
            f"weights, `feedback` = [{told(feedback[0])}, {told(feedback[1])}]. The output should be "
            f"{told(wanted)}, and the loss is half the square of what is missing. All weights make two steps "
            f"of feedback alignment, with rate {told(rate)}, each of them all at once. What does the output "
            "say after the second step? And what is the angle between the weights to the output and the "
            "feedback then, in degrees? To within 0.5 %."
        ),
        stub="turn = [..., ...]  # output after two steps; angle in degrees",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step=(
            "At the start the angle was above 90 degrees, and the first step made the loss larger. Go on "
            "with a loop. Does the loss wait with falling until the angle is below 90 degrees? Which weights "
            "go down the gradient all the time?"
        ),
        mistakes=(
            Mistake(
                "one step",
                found(once, first),
                "This is after the first step. The hidden units were at 0 before it, so that the weights to "
                "the output have not moved yet.",
            ),
            Mistake(
                "three steps",
                found(*steps(3)),
                "This is after the third step. Two are wanted.",
            ),
            Mistake(
                "new weights at once",
                found(*steps(new=True)),
                "You move the lower weights first, and let the others learn from what the hidden units say "
                "then. All of them move at once, from what was there before the step.",
            ),
            Mistake(
                "true gradient",
                found(*steps(way="true")),
                "You have sent the error down through the weights to the output. It comes through the "
                "feedback.",
            ),
            Mistake(
                "error of the start",
                found(*steps(held=True)),
                "In your second step the error is still that of the start. The output has moved, and away "
                "from what is wanted.",
            ),
            Mistake(
                "twice as long",
                found(*steps(rate=2 * rate)),
                "Your steps are twice as long. The half in the loss cancels the 2 of its derivative.",
            ),
            Mistake(
                "up the loss",
                found(*steps(uphill=-1.0)),
                "Your lower weights go the other way. Where the output is too small, a positive feedback "
                "makes a weight grow.",
            ),
            Mistake(
                "all up the loss",
                found(*steps(uphill=-1.0, learns=-1.0)),
                "All your weights go up the loss. Take what is wanted less the output for the error, or turn "
                "the sign of the step.",
            ),
            Mistake(
                "output does not learn",
                found(*steps(learns=0.0)),
                "Your weights to the output stay where they were. They learn as well, by the error times "
                "what the hidden units say.",
            ),
            Mistake(
                "before the step",
                np.array([np.dot(once, first), right[1]]),
                "The angle is right. This is what the output says before the second step.",
            ),
            Mistake(
                "old weights above",
                np.array([np.dot(up, below), right[1]]),
                "The angle is right. For the output you have taken the weights above from before the step.",
            ),
            Mistake(
                "old weights below",
                np.array([np.dot(above, first), right[1]]),
                "The angle is right. For the output you have taken the weights below from before the step.",
            ),
            Mistake(
                "angle of the start",
                np.array([right[0], _angle(up, feedback)]),
                "The output is right. The angle is that of the start.",
            ),
            Mistake(
                "in radians",
                np.array([right[0], math.radians(right[1])]),
                "The output is right. The angle is in radians.",
            ),
            Mistake(
                "cosine of it",
                np.array([right[0], math.cos(math.radians(right[1]))]),
                "The output is right. The second number is the cosine of the angle.",
            ),
            Mistake(
                "reversed",
                right[::-1],
                "Both numbers are right, and have changed places: the output is the first one.",
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="turn",
    title="Two steps of feedback",
    chapter=23,
    points=3,
    variable="turn",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=output_and_angle,
)
