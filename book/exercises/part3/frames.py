"""A piece of a recording to analyse: what a stretch of an event camera costs by events, and as one frame."""

import functools

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, Table, told
from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.data import load_nmnist_100

UNITS = {"recording": "counted from 0", "start": "ms", "stop": "ms", "neurons": ""}
PIXELS = 34 * 34


def additions_and_zeros(recording, start, stop, neurons):
    """Additions by events, and how many of a hundred products with one frame are by 0."""
    events = load_nmnist_100().recordings[recording]
    seen = (events.t >= start) & (events.t < stop)
    pixels = np.unique(34 * events.y[seen].astype(int) + events.x[seen])
    return [neurons * int(seen.sum()), 100 * (1 - len(pixels) / 34**2)]


@functools.cache
def _recordings():
    return load_nmnist_100().recordings


def _events(recording):
    """Times, and the number of the pixel of each event."""
    events = _recordings()[recording]
    return events.t, 34 * events.y.astype(int) + events.x


def _parameters(rng):
    start = 10.0 + 5.0 * int(rng.integers(0, 33))
    return {
        "recording": int(rng.integers(100)),
        "start": start,
        "stop": start + 30.0 + 5.0 * int(rng.integers(0, 11)),
        "neurons": 20 + 10 * int(rng.integers(0, 19)),
    }


def _build(variant):
    recording, start, stop, neurons = (variant[name] for name in UNITS)
    t, pixel = _events(recording)

    def counted(kept):
        return neurons * int(kept.sum()), 100 * (1 - np.unique(pixel[kept]).size / PIXELS)

    mine = (t >= start) & (t < stop)
    additions, zeros = counted(mine)
    return Number(
        id="3.3",
        title=EXERCISE.title,
        statement=(
            f"`load_nmnist_100().recordings[{recording}]` is what an event camera of 34 by 34 pixels saw: "
            "`.t` are the times of its events in ms, `.x` and `.y` the column and the row of the pixel of "
            "each, as unsigned bytes: make them whole numbers with `.astype(int)` before you calculate with "
            f"them. Take the stretch from **{told(start)}** to **{told(stop)} ms**. A layer of {neurons} "
            "neurons reads all pixels, each neuron with a weight for each pixel, whichever way the pixel has "
            "changed. How many additions of a weight does the layer make if it moves at every event? A deep "
            "layer of as many neurons takes the whole stretch as one frame, which is 0 where no event came. "
            "Of a hundred of its multiplications, how many are by 0? To within 0.3 %."
        ),
        stub="looked = [..., ...]  # additions by events; multiplications by 0 of a hundred",
        variable=EXERCISE.variable,
        tolerance=0.003,
        solution=np.array([additions, zeros]),
        next_step=(
            "Compare the additions with the multiplications that are not by 0. What has a pixel that speaks "
            "more than once cost the events?"
        ),
        mistakes=(
            Mistake(
                "pixels for events",
                np.array([neurons * np.unique(pixel[mine]).size, zeros]),
                "The second number is right. For the first you counted the pixels that spoke; each of their "
                "events moves the layer.",
            ),
            Mistake(
                "events for pixels",
                np.array([additions, 100 * (1 - mine.sum() / PIXELS)]),
                "The additions are right. In a frame a pixel counts once, however often it spoke: count "
                "pixels, not events.",
            ),
            Mistake(
                "bytes",
                np.array([additions, 100 * (1 - np.unique(pixel[mine].astype(np.uint8)).size / PIXELS)]),
                "The additions are right. Your numbers of pixels end at 255: rows and columns are unsigned "
                "bytes, and 34 times a byte is a byte. Make them whole numbers first.",
            ),
            Mistake(
                "not by zero",
                np.array([additions, 100 - zeros]),
                "The additions are right. The second number is those that are not by 0.",
            ),
            Mistake(
                "fraction",
                np.array([additions, zeros / 100]),
                "The additions are right. The second number is a fraction of 1, and a hundred are meant.",
            ),
            Mistake(
                "events",
                np.array([additions / neurons, zeros]),
                "The second number is right. The first one is the events; each of them makes every neuron "
                "of the layer add.",
            ),
            Mistake(
                "multiplications",
                np.array([neurons * PIXELS, zeros]),
                "The second number is right. The first one is what the frame takes, whatever was seen.",
            ),
            Mistake(
                "whole recording",
                np.array(counted(t >= 0)),
                "These are the numbers of the whole recording. Keep the events from start to stop only.",
            ),
            Mistake(
                "from the beginning",
                np.array(counted(t < stop)),
                "You kept all events before the end of your stretch, from 0 on. It begins at start.",
            ),
        ),
    )


def _table(variant):
    """All events of the recording."""
    t, pixel = _events(variant["recording"])
    rows = [(round(float(time), 3), int(number)) for time, number in zip(t, pixel, strict=True)]
    caption = f"The events of the recording, of N-MNIST ({load_nmnist_100().licence})"
    return Table(caption, ("time in ms", "pixel, 34 times its row plus its column"), rows)


EXERCISE = ClassExercise(
    grade_id="frames",
    title="Only when something happens",
    chapter=10,
    points=2,
    variable="looked",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=additions_and_zeros,
    table=_table,
)
