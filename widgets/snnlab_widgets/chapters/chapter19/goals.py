"""The goals of chapter 19, on the panels of store and recall, of learning it, and of rewiring.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab.learning.memory.learning_to_store import MOST_STEPS
from snnlab.learning.memory.recall_kernel import INTERVALS, TRIALS
from snnlab_widgets.chapters.chapter19.learning_to_store import learning_to_store_panel
from snnlab_widgets.chapters.chapter19.rewiring import rewiring_panel
from snnlab_widgets.chapters.chapter19.store_recall import store_recall_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["learning_to_store_few", "rewiring_dark", "store_recall_late"]

ENOUGH, QUICK = 19, 400.0  # of 20 trials; ms
FEW, AFTER = 10.0, 200.0  # % of the synapses, steps
FEWER = FEW - 0.51  # %: what is shown as FEW is not fewer
TWO, SEED = 2, 19  # neurons that adapt; a seed of the table `learning_to_store` with which one is too few


def store_recall_late(engine: str = "browser") -> Panel:
    """A target: what was stored comes back after eleven intervals, by the time constant of adaptation.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `store_recall_panel`.

    Examples
    --------
    >>> panel = store_recall_late(engine="kernel")
    >>> panel.tau_a = 3000
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = store_recall_panel(engine="kernel", recall=INTERVALS, tau_a=QUICK)
    trained = store_recall_panel(engine="kernel", recall=INTERVALS)
    goal = Target(
        name="store-recall-late",
        question=(
            f"It is asked {start.result.delay:.0f} ms after the store began, and thresholds come back in "
            f"{QUICK:.0f} ms: the network has forgotten. Let at least {ENOUGH} of {TRIALS} trials bring it "
            "back, by how long thresholds take to come back."
        ),
        reach={"right": (ENOUGH, None), "delay": (start.result.delay, None)},
        only=("tau_a",),
        misses=(
            Miss(
                "not moved",
                {"tau_a": (QUICK, QUICK)},
                "With {tau_a} ms {right} of the trials are right, about as many as by chance. What does a "
                "threshold forget in that time?",
            ),
            Miss(
                "shorter",
                {"tau_a": (None, QUICK - 1)},
                "With {tau_a} ms thresholds come back even sooner: the store has left {trace} of a threshold "
                "when it is asked.",
            ),
            Miss(
                "as learnt",
                {"tau_a": (trained.tau_a, trained.tau_a), "right": (None, ENOUGH - 1)},
                "{tau_a} ms is what the network has learnt with, and in its training it was mostly asked "
                "sooner: {right} are right. Go further.",
            ),
        ),
        otherwise=(
            "{right} are right: the store has left {trace} of a threshold when it is asked. Inputs that "
            "fire by chance hide that."
        ),
        next_step=(
            "{right} are right: the store has left {trace} of a threshold, and no weight has changed. What "
            "would go wrong if thresholds came back in a minute, with other symbols after it?"
        ),
    )
    return store_recall_panel(goal=goal, engine=engine, recall=INTERVALS, tau_a=QUICK)


def learning_to_store_few(engine: str = "browser") -> Panel:
    """A target: hardly a trial is wrong, with one or two neurons that adapt.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `learning_to_store_panel`.

    Examples
    --------
    >>> panel = learning_to_store_few(engine="kernel")
    >>> panel.adapting = 2
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = learning_to_store_panel(engine="kernel", steps=MOST_STEPS, adapting=0, seed=SEED)
    goal = Target(
        name="learning-to-store-few",
        question=(
            f"After {MOST_STEPS} steps of learning ten LIF neurons are wrong in {start.result.wrong:.0f} % "
            f"of the trials. Let fewer than {FEW:.0f} % be wrong, with as few neurons that adapt as you can."
        ),
        reach={"wrong": (None, FEWER), "adapting": (None, TWO)},
        only=("adapting",),
        misses=(
            Miss(
                "not moved",
                {"adapting": (0, 0)},
                "With none that adapts {wrong} % are wrong, as many as by guessing. Potentials forget in "
                "20 ms, and firing on does not last the {after} ms: what else could keep the symbol?",
            ),
            Miss(
                "more than needed",
                {"adapting": (TWO + 1, None), "wrong": (None, FEWER)},
                "With {adapting} that {adapting|adapts|adapt} {wrong} % are wrong: it has learnt. But fewer "
                "of them can do it.",
            ),
        ),
        otherwise=(
            "With {adapting} that {adapting|adapts|adapt} {wrong} % are wrong in this run, and the store has "
            "left {trace} of a threshold. Try another number."
        ),
        next_step=(
            "{wrong} % are wrong, and the store has left {trace} of a threshold. Are so few enough with "
            "every seed?"
        ),
    )
    return learning_to_store_panel(goal=goal, engine=engine, steps=MOST_STEPS, adapting=0, seed=SEED)


def rewiring_dark(engine: str = "browser") -> Panel:
    """A target: hardly a synapse is left at a pixel without ink, by decay.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `rewiring_panel`.

    Examples
    --------
    >>> panel = rewiring_dark(engine="kernel")
    >>> panel.decay = 0.4
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = rewiring_panel(engine="kernel", steps=AFTER, decay=0.0)
    goal = Target(
        name="rewiring-dark",
        question=(
            f"Without decay {start.result.dark:.0f} % of the synapses are at dark pixels after {AFTER:.0f} "
            f"steps, where hardly a digit has ink. Leave fewer than {FEW:.0f} % there, by the decay."
        ),
        reach={"dark": (None, FEWER)},
        only=("decay",),
        misses=(
            Miss(
                "not moved",
                {"decay": (start.decay, start.decay)},
                "Without decay {dark} % of the synapses are at dark pixels: hardly an error reaches "
                "them, and so none changes its sign. What else could bring them to zero?",
            ),
            Miss(
                "too little",
                {"dark": (FEWER, None), "decay": (None, 0.1)},
                "With a decay of {decay} {dark} % of the synapses are still at dark pixels. Large weights "
                "take their time to come to zero.",
            ),
        ),
        otherwise=(
            "With a decay of {decay} {dark} % of the synapses are at dark pixels, which are {dark_pixels} % "
            "of all. By chance it would be more, but it is not yet as few as asked."
        ),
        next_step=(
            "{dark} % of the synapses are at dark pixels. In this one run {right} % of the new digits are "
            "right so far, {stays} % where synapses stay. How much of that is left after 300 steps, and at "
            "5 % of the places?"
        ),
    )
    return rewiring_panel(goal=goal, engine=engine, steps=AFTER, decay=0.0)
