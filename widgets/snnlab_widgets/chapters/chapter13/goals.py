"""The goals of chapter 13, on the panels of the count and of the population for a point."""

from snnlab_widgets.chapters.chapter13.dragged_point import dragged_point_panel
from snnlab_widgets.chapters.chapter13.rate_counts import rate_counts_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["dragged_point_enough", "rate_counts_finer"]


def rate_counts_finer(engine: str = "browser") -> Panel:
    """A target: a spike that is worth little within few steps, by the scale and the steps.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `rate_counts_panel`.

    Examples
    --------
    >>> panel = rate_counts_finer(engine="kernel")
    >>> panel.steps, panel.percentile = 60.0, 91.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="rate-counts-finer",
        question=(
            "The activation is 0.8. Within 60 steps at most, make a spike worth less than 0.02 and let the "
            "count be right to within that."
        ),
        reach={"bound": (0.0, 0.02), "error": (0.0, 0.02), "steps": (1.0, 60.0)},
        only=("steps", "percentile"),
        misses=(
            Miss(
                "too many steps",
                {"steps": (61.0, None)},
                "{steps} steps are more than 60. A smaller scale makes a spike finer as well.",
            ),
            Miss(
                "largest scale",
                {"percentile": (100.0, 100.0)},
                "A spike is worth {bound}. The scale is still the largest activation, {scale}: take a lower "
                "percentile.",
            ),
        ),
        otherwise="A spike is worth {bound}, and the count is off by {error}.",
        next_step=(
            "The scale is {scale} now. What does this neuron say of an activation of 2, however long it "
            "counts?"
        ),
    )
    return rate_counts_panel(goal=goal, engine=engine)


def dragged_point_enough(engine: str = "browser") -> Panel:
    """A target: neurons enough for both parts of the error, by their number alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `dragged_point_panel`.

    Examples
    --------
    >>> panel = dragged_point_enough(engine="kernel")
    >>> panel.neurons = 64.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="dragged-point-enough",
        question=(
            "Bring the distortion below 0.05, by the number of neurons alone. Which part of the error is "
            "left then?"
        ),
        reach={"distortion": (0.0, 0.05)},
        only=("neurons",),
        misses=(
            Miss(
                "not moved",
                {"neurons": (8.0, 8.0)},
                "8 neurons leave a distortion of {distortion}. Take more.",
            ),
            Miss(
                "fewer",
                {"neurons": (None, 4.0)},
                "4 neurons do not even cover all directions: the distortion is {distortion}.",
            ),
        ),
        otherwise="The distortion is {distortion} with {neurons} neurons: a few more will do.",
        next_step=(
            "Noise adds {noise_error} now, more than the distortion. Doubling the neurons again would divide "
            "it by about 1.4 only."
        ),
    )
    return dragged_point_panel(goal=goal, engine=engine)
