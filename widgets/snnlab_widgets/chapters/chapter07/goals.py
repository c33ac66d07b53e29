"""The goals of chapter 7, on the panels of the race, of phases and of synchrony.

The numbers in the questions and hints are computed from the panels and the exercises, not typed in.
"""

from snnlab.course.exercises.chapter07.earlier import EARLIER
from snnlab.course.exercises.chapter07.shared import SHARED
from snnlab_widgets.chapters.chapter07.code_race import code_race_panel
from snnlab_widgets.chapters.chapter07.phase import phase_panel
from snnlab_widgets.chapters.chapter07.synchrony import synchrony_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["code_race_count", "code_race_earlier", "phase_rhythm", "synchrony_gone", "synchrony_shared"]


def code_race_count(engine: str = "browser") -> Panel:
    """A target: count until the count is as good as the first spike, and stays so.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `code_race_panel`.

    Examples
    --------
    >>> panel = code_race_count(engine="kernel")
    >>> panel.window = 20.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    start = code_race_panel(window=30, engine="kernel")
    found = start.result
    good = found.first_right - 0.5
    safe = float(found.t[found.by_count < good].max()) + 2.0  # from here on it never falls behind again
    goal = Target(
        name="code-race-count",
        question=(
            f"The first spike is right in {found.first_right:.0f} % of the trials, after "
            f"{found.first_time:.0f} ms. How long must the other reader count to be as good, and to be safe "
            "whenever they stop later? Find the shortest such time to within 10 ms."
        ),
        reach={"window": (safe, safe + 10.0)},
        only=("window",),
        misses=(
            Miss(
                "not moved",
                {"window": (start.window, start.window)},
                "After {window} ms most trials stand at one spike against one, and the count knows nothing.",
            ),
            Miss(
                "in turns",
                {"window": (None, safe - 1.0), "count_right": (good, None)},
                "After {window} ms the count is right in {count_right} %, but go on: a little "
                "later the weaker side has fired as often again.",
            ),
            Miss(
                "longer than needed",
                {"window": (safe + 10.0, None)},
                "After {window} ms the count is right in {count_right} %. It has been safe for a while.",
            ),
        ),
        otherwise="After {window} ms the count is right in {count_right} % only.",
        next_step=(
            f"{{window}} ms against {found.first_time:.0f} ms. Now add noise: whose time does it cost, and "
            "whose right answers?"
        ),
    )
    return code_race_panel(goal=goal, engine=engine, window=30)


def code_race_earlier(engine: str = "browser") -> Panel:
    """A number: exercise 7.1, by how much the stronger current comes first.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `code_race_panel`.

    Examples
    --------
    >>> print(code_race_earlier(engine="kernel").goal.answer("18.326"))  # doctest: +ELLIPSIS
    Not yet. 18.3 ms is when the neuron with 0.25 nA fires...
    """
    goal = Ask(
        name="code-race-earlier",
        exercise=EARLIER,
    )
    return code_race_panel(goal=goal, engine=engine)


def phase_rhythm(engine: str = "browser") -> Panel:
    """A target: the period of a hidden rhythm, by the period alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `phase_panel`.

    Examples
    --------
    >>> panel = phase_rhythm(engine="kernel")
    >>> panel.period = 125.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    start = phase_panel(engine="kernel")
    wanted = 0.8
    goal = Target(
        name="phase-rhythm",
        question=(
            f"The oscillation under the spikes has the wrong period: the vector strength is "
            f"{fixed(start.result.strength, 2)}. Bring it above {fixed(wanted, 2)}, by the period alone."
        ),
        reach={"strength": (wanted, None)},
        only=("period",),
        misses=(
            Miss(
                "not moved",
                {"period": (start.period, start.period)},
                "The period stands where it stood. Move it and watch the spikes against the crests.",
            ),
            Miss(
                "beside it",
                {"strength": (0.4, wanted)},
                "{strength}: you are beside it. At first the spikes come at one phase, then they slide away.",
            ),
        ),
        otherwise=(
            "{strength}, where chance alone makes about {chance}. Go on along the periods: "
            "where does the strength rise?"
        ),
        next_step=(
            "A period of {period} ms is a rhythm of about 8 Hz, like the theta waves in the hippocampus. "
            "Now turn up the jitter: how much does it take until the Rayleigh test has doubts?"
        ),
    )
    return phase_panel(goal=goal, engine=engine)


def synchrony_gone(engine: str = "browser") -> Panel:
    """A target: the synchrony destroyed, by the jitter alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `synchrony_panel`.

    Examples
    --------
    >>> panel = synchrony_gone(engine="kernel")
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. Nothing has moved...
    """
    start = synchrony_panel(engine="kernel")
    wanted = 1.3
    goal = Target(
        name="synchrony-gone",
        question=(
            f"At lag 0 there are {fixed(start.result.peak, 1)} times as many pairs as by chance. Bring that "
            f"down to {fixed(wanted, 1)} or less, by the jitter alone. What will the rates do?"
        ),
        reach={"peak": (None, wanted)},
        only=("jitter",),
        misses=(
            Miss(
                "not moved",
                {"jitter": (0.0, 0.0)},
                "Nothing has moved: common spikes still come at the same moment. Turn up the jitter.",
            ),
            Miss(
                "still a peak",
                {"peak": (2.0, None)},
                "{peak} times chance: a jitter of {jitter} ms leaves a peak that is easy to see.",
            ),
        ),
        otherwise="{peak} times chance. A little more jitter.",
        next_step=(
            "A jitter of {jitter} ms was enough, and the rates are {rate_a} and {rate_b} Hz, as before. "
            "Whoever counts over a second has noticed nothing."
        ),
    )
    return synchrony_panel(goal=goal, engine=engine)


def synchrony_shared(engine: str = "browser") -> Panel:
    """A number: exercise 7.4, from the peak to the shared spikes.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `synchrony_panel`.

    Examples
    --------
    >>> print(synchrony_shared(engine="kernel").goal.answer("20"))
    Not yet. Chance itself makes one of the four. Only three times chance is more than chance.
    """
    goal = Ask(
        name="synchrony-shared",
        exercise=SHARED,
    )
    return synchrony_panel(goal=goal, engine=engine)
