"""The goals of chapter 23, on the dial, the scrambled feedback and the relaxation.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab.learning.credit.predictive_relaxation import STEPS
from snnlab_widgets.chapters.chapter23.credit_angle import credit_angle_panel
from snnlab_widgets.chapters.chapter23.relaxation import relaxation_panel
from snnlab_widgets.chapters.chapter23.scrambled_feedback import scrambled_feedback_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["credit_angle_settled", "relaxation_nudged", "scrambled_feedback_grown"]

NEAR, CLOSE = 3.0, 1.0  # degrees from the gradient
NOTHING, SOMETHING = 80.0, 65.0  # degrees, of feedback that tells nothing, and something
SETTLING, STRONG, HURRIED = 2.0, 0.5, 3.0  # equilibrium propagation, a pull, and sweeps


def relaxation_nudged(engine: str = "browser") -> Panel:
    """A target: predictive coding that comes to rest near the gradient.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `relaxation_panel`.

    Examples
    --------
    >>> panel = relaxation_nudged(engine="kernel")
    >>> panel.variance = 100
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = relaxation_panel(engine="kernel", step=STEPS)
    small = relaxation_panel(engine="kernel", step=STEPS, off=0.1)
    goal = Target(
        name="relaxation-nudged",
        question=(
            f"At rest the update is {start.result.rest:.0f}° from the gradient. Bring it to {NEAR:g}° or "
            "less, while predictions are free to change."
        ),
        reach={"angle": (None, NEAR), "step": (STEPS, STEPS)},
        only=("step", "variance", "off"),
        misses=(
            Miss(
                "on the way",
                {"step": (None, STEPS - 1)},
                "After {step} {step|step|steps} units still move. Let them come to rest: all "
                f"{STEPS} steps.",
            ),
            Miss(
                "a small error",
                {"off": (None, start.off - 1e-6), "variance": (1.0, 1.0)},
                "Less is wrong, {off}, and the angle is still {angle}°: even for the smallest error here it "
                f"is {small.result.rest:.0f}°. What does a unit pay for leaving its prediction, and what "
                "does the output pay for missing the target?",
            ),
        ),
        otherwise=(
            "At rest it is {angle}° from the gradient, with a variance of {variance}. How strongly does the "
            "target pull?"
        ),
        next_step=(
            "With Σ = {variance} it rests {angle}° from the gradient: the target only nudges. The price: "
            "each error ε is about 1/{variance} of δ, and has to be heard in a brain that is noisy."
        ),
    )
    return relaxation_panel(goal=goal, engine=engine, step=STEPS)


def scrambled_feedback_grown(engine: str = "browser") -> Panel:
    """A target: feedback that tells the hidden layer nothing at first and something in the end.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `scrambled_feedback_panel`.

    Examples
    --------
    >>> panel = scrambled_feedback_grown(engine="kernel")
    >>> panel.share, panel.anew = 1, 0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="scrambled-feedback-grown",
        question=(
            f"Let the hidden layer be told nothing at first, {NOTHING:g}° or more from the gradient, and yet "
            f"be {SOMETHING:g}° or less from it in the end."
        ),
        reach={"first": (NOTHING, None), "last": (None, SOMETHING)},
        only=("share", "anew"),
        misses=(
            Miss(
                "knows it already",
                {"first": (None, NOTHING - 1e-6)},
                "At first what comes down is {first}° from the gradient: the feedback still knows the "
                "weights. Scramble more of it.",
            ),
        ),
        otherwise=(
            "It is {first}° at first and {last}° in the end, and the weights up are {apart}° from those "
            "down. What could they grow towards, if those are others in every step?"
        ),
        next_step=(
            "From {first}° to {last}°, and nobody has changed the feedback: the weights up have come to "
            "{apart}° from it. Compare with the same share, scrambled anew."
        ),
    )
    return scrambled_feedback_panel(goal=goal, engine=engine, anew=1)


def credit_angle_settled(engine: str = "browser") -> Panel:
    """A target: equilibrium propagation that points along the gradient.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `credit_angle_panel`.

    Examples
    --------
    >>> panel = credit_angle_settled(engine="kernel")
    >>> panel.pull, panel.sweeps = 0.01, 50
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = credit_angle_panel(engine="kernel", theory=SETTLING, pull=STRONG, sweeps=HURRIED)
    goal = Target(
        name="credit-angle-settled",
        question=(
            f"Equilibrium propagation is {start.result.angle:.0f}° from the gradient of its network. Bring "
            f"it to {CLOSE:g}° or less, by how strongly the target pulls and how long units settle."
        ),
        reach={"angle": (None, CLOSE)},
        only=("pull", "sweeps"),
        misses=(
            Miss(
                "hurried",
                {"pull": (None, start.pull - 1e-6), "sweeps": (1.0, start.sweeps)},
                "With a pull of {pull} it is {angle}°. In {sweeps} {sweeps|sweep|sweeps} the network has not "
                "come to rest, and what it still moves is divided by the pull as well.",
            ),
            Miss(
                "too strong",
                {"pull": (start.pull, None)},
                "In {sweeps} {sweeps|sweep|sweeps} it is {angle}°: a strong pull takes the network to "
                "where its slopes are others, and they are not those of the gradient. Pull less.",
            ),
        ),
        otherwise="It is {angle}°, with a pull of {pull} and {sweeps} sweeps. Both count.",
        next_step=(
            "{angle}° with a pull of {pull}. It needs two states of rest for each sample, and synapses that "
            "remember the one while they see the other."
        ),
    )
    return credit_angle_panel(goal=goal, engine=engine, theory=SETTLING, pull=STRONG, sweeps=HURRIED)
