"""Exercise 11.5, write it: the events of one pixel of an event camera."""

import math
from itertools import pairwise

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["ON_AND_OFF"]


def on_and_off(light, on, off):
    """How many ON and how many OFF events there are."""
    return _count([math.log(i) for i in light], on, off)


def _count(level, on, off):
    remembered, ups, downs = level[0], 0, 0
    for now in level[1:]:
        while now >= remembered + on:
            remembered += on
            ups += 1
        while now <= remembered - off:
            remembered -= off
            downs += 1
    return [ups, downs]


def _no_logarithm(light, on, off):
    return _count(light, on, off)


def _tens(light, on, off):
    return _count([math.log10(i) for i in light], on, off)


def _one_threshold(light, on, off):
    return on_and_off(light, on, on)


def _swapped(light, on, off):
    return on_and_off(light, off, on)


def _reversed(light, on, off):
    return on_and_off(light, on, off)[::-1]


def _all_and_balance(light, on, off):
    ups, downs = on_and_off(light, on, off)
    return [ups + downs, ups - downs]


def _the_look_before(light, on, off):
    changes = [math.log(b / a) for a, b in pairwise(light)]
    return [sum(c >= on for c in changes), sum(c <= -off for c in changes)]


def _as_many_as_fit_in_a_look(light, on, off):
    changes = [math.log(b / a) for a, b in pairwise(light)]
    return [sum(int(c / on) for c in changes if c > 0), sum(int(-c / off) for c in changes if c < 0)]


def _one_event_a_look(light, on, off):
    remembered, ups, downs = math.log(light[0]), 0, 0
    for i in light[1:]:
        if math.log(i) >= remembered + on:
            remembered += on
            ups += 1
        elif math.log(i) <= remembered - off:
            remembered -= off
            downs += 1
    return [ups, downs]


def _remembers_what_it_sees(light, on, off):
    remembered, ups, downs = math.log(light[0]), 0, 0
    for i in light[1:]:
        now = math.log(i)
        if now >= remembered + on:
            ups += 1
            remembered = now
        elif now <= remembered - off:
            downs += 1
            remembered = now
    return [ups, downs]


def _never_forgets(light, on, off):
    first = math.log(light[0])
    changes = [math.log(i) - first for i in light[1:]]
    return [sum(c >= on for c in changes), sum(c <= -off for c in changes)]


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Light that drifts by less than a threshold a look, and light that jumps by several."""
    cases = []
    for k in range(8):
        drift = rng.uniform(-0.03, 0.12, 12) * (1 if k % 4 == 0 else -1)
        level = rng.uniform(0, 2) + np.cumsum([0, *(drift if k % 2 == 0 else rng.uniform(-1, 1, 12))])
        light = [float(i) for i in np.exp(level).round(3)]
        cases.append((light, round(rng.uniform(0.15, 0.25), 2), round(rng.uniform(0.3, 0.4), 2)))
    return cases


ON_AND_OFF = Function(
    id="11.5",
    title="A pixel of an event camera",
    statement=(
        "Write the function `on_and_off`. `light` is a list: how much light a pixel gets each time that we "
        "look, always more than 0. The pixel remembers the natural logarithm of its light, at first that of "
        "`light[0]`. When the logarithm has risen by `on` above what it remembers, it sends an ON event, and "
        "what it remembers rises by `on`; when it has fallen by `off`, it sends an OFF event, and what it "
        "remembers falls by `off`. From one look to the next it may send several. Return the list of two "
        "numbers: how many ON events it has sent, and how many OFF events."
    ),
    stub="import math\n\ndef on_and_off(light, on, off):\n    return ...",
    variable="on_and_off",
    arguments=("light", "on", "off"),
    tolerance=1e-6,
    solution=on_and_off,
    draw=_draw,
    next_step=(
        "Multiply all light by a thousand: which of the numbers change? And what would a pixel send that "
        "looks at the light itself?"
    ),
    mistakes=(
        Mistake(
            "no logarithm",
            _no_logarithm,
            "Yours compares the light itself. The pixel takes its logarithm first: the same share counts as "
            "much in the shade as in the sun.",
        ),
        Mistake(
            "tens",
            _tens,
            "Yours takes the logarithm to the base 10. The natural one is meant, math.log.",
        ),
        Mistake(
            "the look before",
            _the_look_before,
            "Yours compares with the look before. A slow change then never sends anything: compare with what "
            "the pixel remembers, which changes only with an event.",
        ),
        Mistake(
            "as many as fit into a look",
            _as_many_as_fit_in_a_look,
            "Yours starts anew at each look, and what is left over is lost. What the pixel remembers moves "
            "by a threshold at each event, and by nothing else.",
        ),
        Mistake(
            "one event a look",
            _one_event_a_look,
            "Yours sends one event a look at most. A large change is worth several: go on as long as a "
            "threshold is passed.",
        ),
        Mistake(
            "remembers what it sees",
            _remembers_what_it_sees,
            "Yours sends one event and then remembers the light of now. It moves by one threshold an event, "
            "so that a large change sends several.",
        ),
        Mistake(
            "never forgets",
            _never_forgets,
            "Yours compares with the light of the beginning for ever. After an event the pixel remembers "
            "another level.",
        ),
        Mistake(
            "one threshold",
            _one_threshold,
            "Yours uses the threshold of ON both ways. OFF has one of its own.",
        ),
        Mistake(
            "swapped",
            _swapped,
            "Your thresholds are swapped: `on` is for light that rises, `off` for light that falls.",
        ),
        Mistake(
            "reversed",
            _reversed,
            "Both numbers are right and stand in the opposite order: first ON.",
        ),
        Mistake(
            "all and balance",
            _all_and_balance,
            "These are all events, and ON - OFF. Return how many are ON, and how many are OFF.",
        ),
    ),
)
