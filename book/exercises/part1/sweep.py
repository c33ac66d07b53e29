"""A piece of a recording to analyse: own sweep, own stretch of the step."""

import functools

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, Table, told
from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.data import detect_spikes, load_patch_fast_spiking

UNITS = {"sweep": "counted from 0", "start": "ms", "stop": "ms"}


def count_and_interval(sweep, start, stop):
    """Spikes in the stretch, and the mean of the intervals between them."""
    times = detect_spikes(load_patch_fast_spiking(), level=-10.0)[sweep]
    times = times[(times >= start) & (times < stop)]
    return [len(times), np.diff(times).mean()]


@functools.cache
def _times(sweep):
    return detect_spikes(load_patch_fast_spiking())[sweep]


def _parameters(rng):
    start = 150.0 + 5.0 * int(rng.integers(0, 41))
    return {
        "sweep": int(rng.integers(8, 17)),
        "start": start,
        "stop": start + 180.0 + 10.0 * int(rng.integers(0, 7)),
    }


def _build(variant):
    sweep, start, stop = variant["sweep"], variant["start"], variant["stop"]
    every = _times(sweep)
    times = every[(every >= start) & (every < stop)]
    n, interval = len(times), float(np.diff(times).mean())
    before = _times(sweep - 1)
    before = before[(before >= start) & (before < stop)]
    return Number(
        id="1.3",
        title=EXERCISE.title,
        statement=(
            "`load_patch_fast_spiking()` is the recorded cell of chapter 2, and "
            "`detect_spikes(cell)` finds its spikes, one unit a sweep: `detect_spikes(cell)[3]` are "
            "the spike times in ms of the sweep with number 3, and the first sweep has number 0. "
            f"Take the sweep with number **{sweep}** and in it the stretch from **{told(start)}** to "
            f"**{told(stop)} ms**. How many spikes fall into it, and how long is the mean interval "
            "between two of them that follow each other, in ms, to within 0.3 %?"
        ),
        stub="found = [..., ...]  # spikes; mean interval, ms",
        variable=EXERCISE.variable,
        tolerance=0.003,
        solution=np.array([n, interval]),
        next_step="Compare the first interval of your stretch with the last. Does this cell tire?",
        mistakes=(
            Mistake(
                "time by spikes",
                np.array([n, (stop - start) / n]),
                "The count is right. Your interval is the length of the stretch by the number of "
                "spikes: what lies before the first spike and after the last belongs to no interval.",
            ),
            Mistake(
                "spikes for intervals",
                np.array([n, float(times[-1] - times[0]) / n]),
                "The count is right. Between so many spikes there is one interval less.",
            ),
            Mistake(
                "whole sweep",
                np.array([len(every), float(np.diff(every).mean())]),
                "These are the spikes of the whole sweep. Keep those from start to stop only.",
            ),
            Mistake(
                "one sweep off",
                np.array([len(before), float(np.diff(before).mean())]),
                "This is the sweep before yours. Sweeps count from 0, so yours is cell sweep + 1 in "
                "everyday words, and `[sweep]` in Python.",
            ),
            Mistake(
                "rate",
                np.array([n, 1000.0 / interval]),
                "The count is right. The second number is a rate in Hz, and the interval is wanted in ms.",
            ),
        ),
    )


def _table(variant):
    """The spikes of the sweep and of its neighbours; the last sweep has two before it."""
    first = min(variant["sweep"] - 1, detect_spikes(load_patch_fast_spiking()).n_units - 3)
    sweeps = range(first, first + 3)
    rows = [(sweep, round(float(time), 3)) for sweep in sweeps for time in _times(sweep)]
    return Table("The spikes of three sweeps", ("sweep", "time in ms"), rows)


EXERCISE = ClassExercise(
    grade_id="sweep",
    title="A stretch of a recording",
    chapter=2,
    points=2,
    variable="found",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=count_and_interval,
    table=_table,
)
