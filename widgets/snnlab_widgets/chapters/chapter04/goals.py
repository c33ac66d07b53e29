"""The goals of chapter 4: a jump to be set, what three spikes leave, and a hidden neuron to be identified.

The numbers in the questions and hints are computed from the panels and the exercises, not typed in.
"""

from snnlab.course.exercises.chapter04.jump import JUMP
from snnlab.course.exercises.chapter04.three_spikes import THREE_SPIKES
from snnlab.neurons.experiments.adaptive_step import blank_train, run_train
from snnlab.neurons.models.adaptive_lif import AdaptiveLIF
from snnlab_widgets.chapters.chapter04.adaptation import adaptation_panel
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask, Identify
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Raster

__all__ = ["adaptation_gentle", "adaptation_jump", "adaptation_three"]

DURATION, STRONGEST = 200.0, 3.0  # ms, nA


def adaptation_gentle(engine: str = "browser") -> Panel:
    """A target: intervals that grow by half and no more, by the jump alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `adaptation_panel`.

    Examples
    --------
    >>> panel = adaptation_gentle(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. The jump is where it was...
    """
    start = adaptation_panel(engine="kernel")
    once, jump = start.result.growth, start.beta
    goal = Target(
        name="adaptation-gentle",
        question=(
            f"Its last interval is {fixed(once, 1)} times the first. Make that {fixed(1.5, 1)} times, to "
            f"within "
            "0.03, by the jump alone."
        ),
        reach={"growth": (1.47, 1.53)},
        only=("beta",),
        misses=(
            Miss(
                "not moved",
                {"beta": (jump, jump)},
                "The jump is where it was. A smaller one lets the intervals grow less.",
            ),
            Miss(
                "no jump",
                {"beta": (0.0, 0.0)},
                "Without a jump all intervals are alike: {last} ms from the first to the last.",
            ),
            Miss(
                "wrong way",
                {"beta": (jump, None)},
                "A larger jump makes the last interval {growth} times the first. It should grow less.",
            ),
            Miss(
                "too much",
                {"growth": (1.53, None)},
                "{growth} times is still too much: each spike raises the threshold by {beta} mV.",
            ),
        ),
        otherwise="{growth} times is too little: with {beta} mV a spike leaves hardly a trace.",
        next_step=(
            "A jump of {beta} mV is enough. The first interval changed as well, to {first} ms: the first "
            "spike has "
            "raised the threshold for the second."
        ),
    )
    return adaptation_panel(goal=goal, engine=engine)


def adaptation_three(engine: str = "browser") -> Panel:
    """A number: exercise 4.1, what three spikes leave.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `adaptation_panel`.

    Examples
    --------
    >>> print(adaptation_three(engine="kernel").goal.answer("6 mV"))
    Not yet. 6 mV are three whole jumps. Each of them sinks from the moment of its spike on.
    """
    goal = Ask(
        name="adaptation-three",
        exercise=THREE_SPIKES,
    )
    return adaptation_panel(goal=goal, engine=engine)


def adaptation_jump(engine: str = "browser") -> Panel:
    """A hidden neuron: exercise 4.3, the jump of its threshold.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `adaptation_panel`.

    Examples
    --------
    >>> print(adaptation_jump(engine="kernel").goal.answer("5"))
    Not yet. 5 mV is a guess: inject a current first and look at the first two spikes.
    """
    low, high = JUMP.range
    cell = AdaptiveLIF()
    goal = Identify(
        name="adaptation-jump",
        question="How far does each spike raise the threshold of this neuron?",
        text=(
            f"It rests and is reset at {fixed(cell.v_rest, 0)} mV, its threshold is {fixed(cell.v_th, 0)} "
            f"mV, its "
            f"resistance {cell.r_m:.0f} MΩ, its time constant {cell.tau_m:.0f} ms, its refractory time "
            f"{cell.t_ref:.0f} ms. What is hidden is the jump of the threshold and how long it lasts. "
            f"Inject a "
            f"current for {DURATION:.0f} ms, {JUMP.trials} times at most, and find the jump, between "
            f"{low:.0f} and "
            f"{high:.0f} mV, to within {100 * JUMP.tolerance:.0f} %."
        ),
        exercise=JUMP,
        duration=DURATION,
        log="{current} nA: {n} {n|spike|spikes}, intervals from {first} to {last} ms",
        label="Jump",
    )
    return Panel(
        "hidden_adaptive",
        title=JUMP.title,
        question=goal.question,
        controls=[Control("current", "i", "Input current", 0.0, STRONGEST, 0.0, 0.01, "nA", colour=3)],
        readouts=[ReadOut("n"), ReadOut("first", 3, "ms"), ReadOut("last", 3, "ms")],
        views=[Raster("times", "units", 1, DURATION, label="spikes", title="The spikes of the last trial")],
        sentence="i = {current} nA: {n} {n|spike|spikes}, intervals from {first} to {last} ms",
        headline="n",
        detail="{n|spike|spikes} with {current} nA; the first interval {first} ms, the last {last} ms",
        kernel=run_train,
        arrays={
            "seen": blank_train(),
            "i": Array((1, 1), work=True),
            "units": Array(blank_train().times.shape, "int32", upto="n"),
        },
        constants={"neuron": cell, "duration": DURATION},
        engine=engine,
        goal=goal,
    )
