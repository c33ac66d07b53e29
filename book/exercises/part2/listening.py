"""A piece of a recording to analyse: rate and irregularity of an own stretch of the grasshopper."""

import functools

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, Table, told
from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.data import load_grasshopper

UNITS = {"start": "ms", "stop": "ms"}


def rate_and_cv(start, stop):
    """Spikes a second, and the CV of the intervals between spikes of the stretch."""
    times = load_grasshopper(1).spikes[0]
    times = times[(times >= start) & (times < stop)]
    waits = np.diff(times)
    return [1000 * len(times) / (stop - start), waits.std() / waits.mean()]


@functools.cache
def _times():
    return load_grasshopper(1).spikes[0]


def _measured(times, duration):
    waits = np.diff(times)
    return 1000 * len(times) / duration, float(waits.std() / waits.mean())


def _parameters(rng):
    start = 100.0 + 20.0 * int(rng.integers(0, 351))
    return {"start": start, "stop": start + 1200.0 + 100.0 * int(rng.integers(0, 13))}


def _build(variant):
    start, stop = variant["start"], variant["stop"]
    every = _times()
    times = every[(every >= start) & (every < stop)]
    rate, cv = _measured(times, stop - start)
    from_zero = every[every < stop]
    return Number(
        id="2.3",
        title=EXERCISE.title,
        statement=(
            "`load_grasshopper(1).spikes[0]` are the spike times, in ms, of the receptor of chapter "
            f"5 in a recording of 10 s. Take the stretch from **{told(start)}** to **{told(stop)} "
            "ms**. At which rate, in Hz, did the cell fire in it, and what is the coefficient of "
            "variation of the intervals between its spikes there? The squares are averaged over all "
            "intervals. To within 0.5 %."
        ),
        stub="heard = [..., ...]  # rate in Hz; CV",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=np.array([rate, cv]),
        next_step=(
            "What it heard grew louder and softer meanwhile. Would you expect a smaller CV in a shorter "
            "stretch?"
        ),
        mistakes=(
            Mistake(
                "whole recording",
                np.array(_measured(every, 10_000.0)),
                "These are rate and CV of the whole recording. Keep the spikes from start to stop only.",
            ),
            Mistake(
                "from the beginning",
                np.array(_measured(from_zero, stop)),
                "You kept all spikes before the end of your stretch, from 0 on. It begins at start.",
            ),
            Mistake(
                "wrong time",
                np.array([len(times) / 10.0, cv]),
                "The CV is right. You divided the spikes of your stretch by the 10 s of the whole recording.",
            ),
            Mistake(
                "count",
                np.array([len(times), cv]),
                "The CV is right. The first number is a count: divide it by the length of the stretch in s.",
            ),
            Mistake(
                "variance",
                np.array([rate, cv**2]),
                "The rate is right. The second number is the square of the CV: variance by squared "
                "mean, without the root.",
            ),
            Mistake(
                "per millisecond",
                np.array([rate / 1000.0, cv]),
                "The CV is right. The rate is in spikes per ms; wanted are spikes per second, Hz.",
            ),
        ),
    )


def _table(variant):
    """All spikes of the recording."""
    return Table("The spikes of the recording", ("time in ms",), [(float(time),) for time in _times()])


EXERCISE = ClassExercise(
    grade_id="listening",
    title="What the grasshopper said",
    chapter=5,
    points=2,
    variable="heard",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=rate_and_cv,
    table=_table,
)
