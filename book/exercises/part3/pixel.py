"""A number from own parameters: what a pixel of an event camera says of light that grows and is dimmed."""

import math

import numpy as np

from snnlab.course.classroom.parts import ClassExercise, told
from snnlab.course.exercises.kinds import Mistake, Number

UNITS = {"dark": "", "bright": "", "lasts": "ms", "dim": "", "on": "", "off": ""}


def events_and_last(dark, bright, lasts, dim, on, off):
    """Event by event: the level that it remembers goes up with the light, and then down."""
    level, ups, downs = math.log(dark), 0, 0
    while math.log(bright) >= level + on:
        level, ups = level + on, ups + 1
    last = lasts * (math.exp(level) - dark) / (bright - dark)
    while math.log(dim) <= level - off:
        level, downs = level - off, downs + 1
    return [ups, downs, last]


def _parameters(rng):
    """No level is met by a hair, and what is left over at the top decides one OFF event."""
    while True:
        dark = 10.0 + 5.0 * int(rng.integers(0, 15))
        own = {
            "dark": dark,
            "bright": round(dark * float(rng.uniform(2.5, 6))) * 1.0,
            "lasts": 100.0 + 20.0 * int(rng.integers(0, 21)),
            "dim": round(dark * float(rng.uniform(0.5, 0.95))) * 1.0,
            "on": round(0.15 + 0.01 * int(rng.integers(0, 21)), 2),
            "off": round(0.15 + 0.01 * int(rng.integers(0, 21)), 2),
        }
        up = math.log(own["bright"] / dark) / own["on"]
        level = math.log(dark) + math.floor(up) * own["on"]
        down = (level - math.log(own["dim"])) / own["off"]
        from_top = math.log(own["bright"] / own["dim"]) / own["off"]
        clear = all(0.06 < one % 1 < 0.94 for one in (up, down, from_top))
        if clear and own["on"] != own["off"] and math.floor(from_top) > math.floor(down):
            return own


def _build(own):
    dark, bright, lasts, dim, on, off = (own[name] for name in UNITS)
    ups = math.floor(math.log(bright / dark) / on)
    level = dark * math.exp(ups * on)
    downs = math.floor(math.log(level / dim) / off)
    last = lasts * (level - dark) / (bright - dark)
    right = np.array([ups, downs, last])
    return Number(
        id="3.4",
        title=EXERCISE.title,
        statement=(
            "A pixel of an event camera remembers the natural logarithm of its light, at first "
            f"{told(dark)}. When the logarithm has risen by {told(on)} above what it remembers, it sends an "
            f"ON event, and what it remembers rises by that; when it has fallen by {told(off)}, it sends an "
            "OFF event, and what it remembers falls by that. Within "
            f"{told(lasts)} ms the light grows in a straight line to {told(bright)}. Then it falls at once "
            f"to {told(dim)}, and the pixel may send several events at once. How many ON events does it "
            "send, and how many OFF events? And how many ms after the light has begun to grow does the last "
            "ON event come? To within 0.5 %."
        ),
        stub="saved = [..., ..., ...]  # ON events; OFF events; last ON event in ms",
        variable=EXERCISE.variable,
        tolerance=0.005,
        solution=right,
        next_step="All light is ten times as strong, from the beginning to the end. What changes?",
        mistakes=(
            Mistake(
                "from the brightest light",
                np.array([ups, math.floor(math.log(bright / dim) / off), last]),
                "Two are right. You have counted the OFF events from the brightest light. The pixel "
                "remembers the level of its last event.",
            ),
            Mistake(
                "from the dark",
                np.array([ups, math.floor(max(0.0, math.log(dark / dim)) / off), last]),
                "Two are right. You have counted the OFF events from the light at the beginning. What it "
                "remembers has risen since.",
            ),
            Mistake(
                "one threshold",
                np.array([ups, math.floor(math.log(level / dim) / on), last]),
                "Two are right. For the OFF events you have taken the threshold of the ON events.",
            ),
            Mistake(
                "base 10",
                np.array([math.floor(math.log10(bright / dark) / on), downs, last]),
                "Two are right. For the ON events you have taken the logarithm to base 10.",
            ),
            Mistake(
                "shares of the first light",
                np.array([math.floor((bright - dark) / dark / on), downs, last]),
                "Two are right. You have counted equal steps of light. The pixel counts equal ratios: each "
                "ON event asks for more light than the one before.",
            ),
            Mistake(
                "one more",
                np.array([ups + 1, downs, last]),
                "Two are right. You have an ON event too many: the last of yours would need more light than "
                "there is.",
            ),
            Mistake(
                "straight in the logarithm",
                np.array([ups, downs, lasts * ups * on / math.log(bright / dark)]),
                "Two are right. For the last moment you let the logarithm grow in a straight line. It is the "
                "light that does.",
            ),
            Mistake(
                "share of the brightest",
                np.array([ups, downs, lasts * level / bright]),
                "Two are right. For the last moment you let the light begin at 0. It begins in the dark that "
                "there was.",
            ),
            Mistake(
                "at the end",
                np.array([ups, downs, lasts]),
                (
                    "Two are right. The third is when the light stops growing. The last event comes when the "
                    "last level is met."
                ),
            ),
        ),
    )


EXERCISE = ClassExercise(
    grade_id="price",
    title="What spikes save",
    chapter=11,
    points=3,
    variable="saved",
    parameters=_parameters,
    build=_build,
    comments=UNITS,
    answer=events_and_last,
)
