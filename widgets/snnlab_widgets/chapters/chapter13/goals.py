"""The goals of chapter 13, on the panels of the count and of the population for a point."""

from snnlab_widgets.chapters.chapter13.dragged_point import dragged_point_panel
from snnlab_widgets.chapters.chapter13.rate_counts import rate_counts_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["dragged_point_enough", "rate_counts_finer"]


def rate_counts_finer(engine: str = "browser") -> Panel:
    """A target: a spike that is worth little, and a scale that cuts nothing off, by the percentile alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `rate_counts_panel`.

    Examples
    --------
    >>> panel = rate_counts_finer(engine="kernel")
    >>> panel.percentile = 92.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="rate-counts-finer",
        question=(
            "The activation is 1.15, and there are 60 steps. Make a spike worth less than 0.02, by the "
            "percentile alone, and let the count be right to within 0.02."
        ),
        reach={"bound": (0.0, 0.02), "error": (0.0, 0.02)},
        only=("percentile",),
        misses=(
            Miss(
                "largest scale",
                {"percentile": (100.0, 100.0)},
                "A spike is worth {bound}. The scale is still the largest activation, {scale}: take a lower "
                "percentile.",
            ),
            Miss(
                "cut off",
                {"scale": (None, 1.13)},
                "The neuron fires in nearly every step and says {estimate}, the scale: the activation lies "
                "above it and is cut off.",
            ),
        ),
        otherwise="A spike is worth {bound}, and the count is off by {error}: a smaller scale is finer.",
        next_step=(
            "The scale is {scale} now. What does this neuron say of an activation of 2, however long it "
            "counts?"
        ),
    )
    return rate_counts_panel(goal=goal, engine=engine, a=1.15, steps=60)


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
