"""The goals of chapter 2, on the panel of the leaky integrate-and-fire neuron.

The numbers in the questions and hints are computed from the panel and the exercises, not typed in.
"""

from typing import Any

import numpy as np

from snnlab.course.exercises.chapter02.curtain import CURTAIN
from snnlab.course.exercises.chapter02.overflow import OVERFLOW
from snnlab.neurons import LIF, lif_rheobase
from snnlab.neurons.experiments.lif_step import run_step
from snnlab_widgets.chapters.chapter02.lif import DT, DURATION, ONSET, SEEN, STRONGEST, lif_panel
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask, Identify
from snnlab_widgets.goals.predict import Drawn, Predict
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Raster

__all__ = ["lif_curtain", "lif_overflow", "lif_pause", "lif_predict", "lif_twice"]

CELL = LIF()


def lif_twice(engine: str = "browser") -> Panel:
    """A target: twice as fast, by the threshold alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `lif_panel`.

    Examples
    --------
    >>> panel = lif_twice(engine="kernel")
    >>> panel.v_th = -55.5
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = lif_panel(engine="kernel")
    once = start.result.rate
    half_way = start.v_th - (start.v_th - CELL.v_rest) / 2
    goal = Target(
        name="lif-twice",
        question=(
            f"It fires at {once:.0f} Hz. Make it fire twice as fast, to within 1 Hz, by the threshold alone."
        ),
        reach={"rate": (2 * once - 1, 2 * once + 1)},
        only=("v_th",),
        misses=(
            Miss(
                "not moved",
                {"v_th": (start.v_th, start.v_th)},
                "The threshold stands where it stood. Drag it.",
            ),
            Miss(
                "half the way",
                {"v_th": (half_way - 0.25, half_way + 0.25)},
                "{v_th} mV is half the way up from rest, and the rate is {rate} Hz, more than twice. The "
                "neuron climbs fastest at first, so half the way takes less than half the time.",
            ),
            Miss(
                "not faster",
                {"rate": (None, once)},
                "{rate} Hz is not faster. A lower threshold is reached sooner.",
            ),
            Miss(
                "too slow",
                {"rate": (None, 2 * once - 1.5)},
                "{rate} Hz is faster, but not yet twice as fast.",
            ),
        ),
        otherwise="{rate} Hz is more than twice as fast: the threshold is too low.",
        next_step=(
            "The threshold lies at {v_th} mV. That is more than half of the way up from rest: the first half "
            "of the climb takes less than half of the time."
        ),
    )
    return lif_panel(goal=goal, engine=engine)


def lif_pause(engine: str = "browser") -> Panel:
    """A target: a slower neuron, by the refractory time alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `lif_panel`.

    Examples
    --------
    >>> panel = lif_pause(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. 33 Hz is too fast...
    """
    once, wanted = lif_panel(engine="kernel").result.rate, 25.0
    longer = 1000 / wanted - 1000 / once
    goal = Target(
        name="lif-pause",
        question=(
            f"It fires at {once:.0f} Hz. Slow it down to {wanted:.0f} Hz, by the refractory time alone."
        ),
        reach={"rate": (wanted, wanted)},
        only=("t_ref",),
        misses=(
            Miss(
                "longest pause",
                {"t_ref": (20.0, 20.0)},
                "The longest pause there is gives {rate:.0f} Hz, which is too slow. By how much must the "
                "interval grow, in ms?",
            ),
            Miss(
                "too fast",
                {"rate": (wanted + 0.5, None)},
                "{rate:.0f} Hz is too fast: the pause after each spike has to be longer than {t_ref} ms.",
            ),
        ),
        otherwise="{rate:.0f} Hz is too slow: a pause of {t_ref} ms after each spike is too long.",
        next_step=(
            f"The interval grew from {fixed(1000 / once, 0)} to {fixed(1000 / wanted, 0)} ms, by about "
            f"{fixed(longer, 0)} ms, and so did the refractory time. What would it do at a stronger current?"
        ),
    )
    return lif_panel(goal=goal, engine=engine)


def lif_overflow(engine: str = "browser") -> Panel:
    """A number: exercise 2.1, the time to the first spike.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `lif_panel`.

    Examples
    --------
    >>> print(lif_overflow(engine="kernel").goal.answer("18 ms"))
    Not yet. 18 ms is the time without a leak, at the speed of the first moment. The bucket leaks more the
    fuller it is, so it takes longer.
    """
    goal = Ask(
        name="lif-overflow",
        exercise=OVERFLOW,
    )
    return lif_panel(goal=goal, engine=engine)


def lif_predict(engine: str = "browser") -> Panel:
    """A curve: the rate for every current, drawn before it is shown.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `lif_panel`.

    Examples
    --------
    >>> panel = lif_predict(engine="kernel")
    >>> goal = panel.goal.declaration
    >>> print(panel.goal.answer([170 * x for x in goal.points]))  # doctest: +ELLIPSIS
    You drew a straight line through zero, ...
    """
    points = tuple(round(0.05 * k, 2) for k in range(1, round(STRONGEST / 0.05) + 1))
    x, rheobase = np.array(points), lif_rheobase(CELL)
    start = lif_panel(engine="kernel").current
    goal = Predict(
        name="lif-predict",
        question=f"It fires at this rate with {start} nA. What will it do with every other current?",
        text=(
            f"Its threshold lies {CELL.v_th - CELL.v_rest:.0f} mV above rest, its resistance is "
            f"{CELL.r_m:.0f} MΩ. Draw its rate: drag each point, sweep over the picture with the "
            "mouse, or use the arrow keys."
        ),
        view=1,
        points=points,
        given=points.index(start),
        top=150.0,
        drawn=(
            Drawn(
                "proportional",
                "You drew a straight line through zero, as if twice the current gave twice the spikes. Below "
                f"{fixed(rheobase, 2)} nA the leak wins: the neuron never reaches its threshold.",
                curve=tuple(x),
            ),
            Drawn(
                "line from the rheobase",
                "It starts at the right current, but your line is straight from there. The curve leaps up at "
                "its start and is flatter afterwards.",
                curve=tuple(np.maximum(x - rheobase, 0.0)),
            ),
            Drawn(
                "all or nothing",
                "You drew one rate for all currents above the threshold. The spikes are all alike, but a "
                "stronger current fills the bucket sooner, so they come faster.",
                curve=tuple((x >= rheobase).astype(float)),
            ),
            Drawn(
                "never silent",
                f"Your neuron fires at {fixed(points[0], 2)} nA already. Below {fixed(rheobase, 2)} nA it "
                "stays silent for ever: the leak takes away what the current brings.",
                where=tuple((p, 4.0, 150.0) for p in points[:2]),
            ),
        ),
        next_step=(
            "Silent, then a leap, then ever flatter. Now move the refractory time: which end does it bend?"
        ),
    )
    return lif_panel(goal=goal, engine=engine)


def lif_curtain(engine: str = "browser") -> Panel:
    """A hidden neuron: exercise 2.4, its rheobase found by injecting currents.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `lif_panel`.

    Examples
    --------
    >>> print(lif_curtain(engine="kernel").goal.answer("0.2"))
    Not yet. 0.2 nA is a guess: inject a current first and see whether the neuron fires.
    """
    low, high = CURTAIN.range
    goal = Identify(
        name="lif-curtain",
        question="Which current is just strong enough to make this neuron fire?",
        text=(
            f"You cannot see its numbers. Inject a current for one second and count; you may do this "
            f"{CURTAIN.trials} times. The weakest current that makes it fire at all lies between {low} and "
            f"{high} nA. Find it to within {100 * CURTAIN.tolerance:.0f} %."
        ),
        exercise=CURTAIN,
        duration=DURATION - ONSET,
        label="Rheobase",
    )
    # the kernel of the panel that moves four numbers; here only the current moves, and only spikes are shown
    hidden: Any = {
        name: Array(getattr(SEEN, name).shape, work=True) for name in ("i", "v", "i_curve", "rate_curve")
    }
    seen = SEEN._replace(**hidden)
    return Panel(
        "lif",
        title=CURTAIN.title,
        question=goal.question,
        controls=[Control("current", "i", "Input current", 0.0, STRONGEST, 0.0, 0.001, "nA", colour=3)],
        readouts=[ReadOut("n"), ReadOut("rate", 1, "Hz")],
        views=[Raster("times", "units", 1, DURATION, label="spikes", title="The spikes of the last trial")],
        sentence="i = {current} nA: {n} {n|spike|spikes}",
        headline="n",
        detail="{n|spike|spikes} with {current} nA",
        kernel=run_step,
        arrays={"seen": seen, "units": Array(SEEN.times.shape, "int32", upto="n")},
        constants={"neuron": LIF(), "dt": DT, "onset": round(ONSET / DT), "strongest": STRONGEST},
        engine=engine,
        goal=goal,
    )
