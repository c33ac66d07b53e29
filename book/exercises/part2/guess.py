"""A function to write: a stimulus guessed from spikes, with a triangle for a kernel."""

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Function, Mistake


def _draw(rng, ahead, half):
    """Spikes so near to each other that their triangles meet; moments with none, one and several of them."""
    cases = []
    for _ in range(10):
        times = np.round(np.cumsum(rng.uniform(0.3, 2.5, 12) * half), 1) + 20.03
        near = np.round(rng.choice(times, 8) - ahead + rng.uniform(-0.9, 0.9, 8) * half, 1)
        far = np.array([5.0, times[-1] + 40.0])
        cases.append((times, np.sort(np.append(near, far))))
    return cases


def _build(own):
    base, high, ahead, half = (own[name] for name in ("base", "high", "ahead", "half"))

    def measure(times, at):
        found = []
        for t in at:
            far = np.abs(t - times + ahead)  # from the top of each spike's triangle
            found.append(base + (high * (1 - far / half))[far < half].sum())
        return np.array(found)

    def wrong(top=-ahead, start=base, height=high, width=half, add=np.sum, cut=True):
        """The same with one thing changed."""

        def function(times, at):
            found = []
            for t in at:
                side = height * (1 - np.abs(t - times - top) / width)
                found.append(start + add(np.maximum(side, 0.0) if cut else side))
            return np.array(found)

        return function

    def base_for_each(times, at):
        return measure(times, at) + base * (len(times) - 1)

    def box(times, at):
        return np.array([base + high * (np.abs(t - times + ahead) < half).sum() for t in at])

    def mean(times, at):
        return measure(times, at).mean()

    return Function(
        id="2.2",
        title=EXERCISE.title,
        statement=(
            "Write the function `measure`, a decoder as in chapter 8. It gets the spike times `times` of one "
            "neuron and the moments `at` (arrays in order, ms), and returns the loudness that it guesses for "
            f"each of these moments, an array in dB. Without a spike the guess is `base` = {told(base)} dB. "
            "Each spike adds a triangle to it, earlier and later spikes alike. The lag is the time of the "
            f"sound minus the time of the spike: the triangle is `high` = {told(high)} dB at a lag of "
            f"−`ahead`, with `ahead` = {told(ahead)} ms, and falls in straight lines to 0 dB, where it is "
            f"`half` = {told(half)} ms away from there on either side; further away it is 0."
        ),
        stub="def measure(times, at):\n    return ...",
        variable=EXERCISE.variable,
        arguments=("times", "at"),
        unit="dB",
        tolerance=1e-6,
        solution=measure,
        draw=lambda rng: _draw(rng, ahead, half),
        next_step="How many ms after a moment can this decoder say what it has heard there?",
        mistakes=(
            Mistake(
                "after the spike",
                wrong(top=ahead),
                "Your triangles stand after the spikes. The sound came first: the lag of their tops is "
                "below zero.",
            ),
            Mistake(
                "at the spike",
                wrong(top=0.0),
                "Your triangles stand at the spikes themselves. A spike tells of a moment before it.",
            ),
            Mistake(
                "base forgotten",
                wrong(start=0.0),
                "You begin at 0 dB. Where no spike says anything the guess is `base`.",
            ),
            Mistake(
                "base for each spike",
                base_for_each,
                "You add `base` for each spike. It is there once, and each spike adds its triangle.",
            ),
            Mistake(
                "no end",
                wrong(cut=False),
                "Your triangles go on below 0 where they should end.",
            ),
            Mistake(
                "highest one",
                wrong(add=np.max),
                "You take the highest of all triangles. Where several meet they add up.",
            ),
            Mistake(
                "mean of all",
                wrong(add=np.mean),
                "You take the mean over the spikes. Their triangles add up.",
            ),
            Mistake(
                "whole width",
                wrong(width=half / 2),
                "Your triangles are half as wide as they should be: `half` is from the top to one end.",
            ),
            Mistake("box", box, "Your kernel is as high everywhere as at its top. It falls to both sides."),
            Mistake("one number", mean, "You return one number. There is a guess for each moment."),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="fano",
    title="A measure to write",
    chapter=8,
    points=3,
    variable="measure",
    parameters=lambda rng: {
        "base": -30.0 + 1.0 * int(rng.integers(0, 21)),
        "high": 4.0 + 0.5 * int(rng.integers(0, 13)),
        "ahead": 4.0 + 0.5 * int(rng.integers(0, 9)),
        "half": 1.5 + 0.25 * int(rng.integers(0, 10)),
    },
    build=_build,
    comments={"base": "dB", "high": "dB", "ahead": "ms", "half": "ms"},
)
