"""The goals of chapter 13, on the panels of the count, of the drawn digit and of the population."""

from snnlab_widgets.chapters.chapter13.dragged_point import dragged_point_panel
from snnlab_widgets.chapters.chapter13.drawn_digit import drawn_digit_panel
from snnlab_widgets.chapters.chapter13.rate_counts import rate_counts_panel
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["dragged_point_enough", "drawn_digit_late", "rate_counts_finer"]


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


def drawn_digit_late(engine: str = "browser") -> Panel:
    """A target: a drawing between two digits, over which the network changes its mind.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `drawn_digit_panel`.

    Examples
    --------
    >>> panel = drawn_digit_late(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. It has been 9 since step ...
    """
    goal = Target(
        name="drawn-digit-late",
        question=(
            "Draw a digit over which the network hesitates: its answer still changes after the tenth step, "
            "and no more after the fiftieth."
        ),
        reach={"since": (11.0, 50.0)},
        only=("steps",),
        misses=(
            Miss(
                "not to the end",
                {"steps": (None, 99.0)},
                "You have watched {steps} {steps|step|steps}: go on to the hundredth, it may change again.",
            ),
            Miss(
                "too clear",
                {"since": (None, 10.0)},
                "It has been {named} since step {since}. Draw a 3 and let its lower end come round a little "
                "further each time, until it is nearly an 8; or a 1 whose flag grows until it is nearly a 9.",
            ),
            Miss(
                "too unclear",
                {"since": (51.0, None)},
                "It has changed as late as step {since}. A little clearer, and it will be settled before.",
            ),
        ),
        otherwise="There is nothing to name on the square yet.",
        next_step=(
            "It is {named} since step {since}. What do the two brightest rows of the picture do until then?"
        ),
    )
    return drawn_digit_panel(goal=goal, engine=engine, steps=100)


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
