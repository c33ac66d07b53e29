"""The goals of chapter 10, on the panels of the clock and of the unrolled network."""

from snnlab.course.exercises.chapter10.as_often import AS_OFTEN
from snnlab_widgets.chapters.chapter10.clock_or_events import clock_or_events_panel
from snnlab_widgets.chapters.chapter10.unrolled import unrolled_panel
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["clock_or_events_as_often", "clock_or_events_even", "unrolled_equal"]


def clock_or_events_as_often(engine: str = "browser") -> Panel:
    """A number: exercise 10.1, when events cost as many updates as a clock.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `clock_or_events_panel`.

    Examples
    --------
    >>> print(clock_or_events_as_often(engine="kernel").goal.answer("5000"))  # doctest: +ELLIPSIS
    Not yet. This is the rate of the clock...
    """
    goal = Ask(name="clock-or-events-as-often", exercise=AS_OFTEN)
    return clock_or_events_panel(goal=goal, engine=engine)


def clock_or_events_even(engine: str = "browser") -> Panel:
    """A target: a clock that takes about as many updates as the events do, by its tick alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `clock_or_events_panel`.

    Examples
    --------
    >>> panel = clock_or_events_even(engine="kernel")
    >>> panel.dt = 2.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="clock-or-events-even",
        question=(
            "100 inputs fire at 5 Hz each. Let the clock take between 900 and 1100 updates, about as many as "
            "the events, by its tick alone."
        ),
        reach={"ticks": (900.0, 1100.0)},
        only=("dt",),
        misses=(
            Miss(
                "not moved",
                {"dt": (0.5, 0.5)},
                "The clock takes {ticks} updates, the events {updates}. Its tick may be longer.",
            ),
            Miss(
                "too slow",
                {"ticks": (None, 900.0)},
                "{ticks} updates are fewer than the events take: the clock may tick more often than every "
                "{dt} ms.",
            ),
        ),
        otherwise="{ticks} updates by the clock, {updates} by events: its tick may be longer still.",
        next_step=(
            "Both take as many updates now: one input spike in a tick of {dt} ms on average. How many of "
            "the {n} spikes does the clock put into the same tick, and why not all?"
        ),
    )
    return clock_or_events_panel(goal=goal, engine=engine, rate=5.0)


def unrolled_equal(engine: str = "browser") -> Panel:
    """A target: a recurrent network that is the spiking one to the last bit, by the slope alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `unrolled_panel`.

    Examples
    --------
    >>> panel = unrolled_equal(engine="kernel")
    >>> panel.doublings = 12.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    goal = Target(
        name="unrolled-equal",
        question=(
            "Make the recurrent network equal to the spiking one, each potential in each step, by the slope "
            "alone."
        ),
        reach={"apart": (0.0, 0.0)},
        only=("doublings",),
        misses=(
            Miss(
                "not moved",
                {"doublings": (0.0, 0.0)},
                "A slope of 1 still spreads the step over a whole threshold. Make it steeper.",
            ),
            Miss(
                "flatter",
                {"doublings": (None, -1.0)},
                "This is flatter than at the start: the neurons tell one another even less of a spike.",
            ),
        ),
        otherwise=(
            "The two still come {apart} thresholds apart. Steeper is not always nearer on the way: go on."
        ),
        next_step=(
            "The nearest potential is {nearest} from the threshold. Half the width of the ramp is 1/2k: "
            "compare."
        ),
    )
    return unrolled_panel(goal=goal, engine=engine)
