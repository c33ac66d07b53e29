"""The goals of chapter 8, on the panels of the kernel, of the mouse and of the sine.

The numbers in the questions and hints are computed from the panels, not typed in.
"""

from snnlab.course.exercises.chapter08.added_up import ADDED_UP
from snnlab_widgets.chapters.chapter08.facing import facing_panel
from snnlab_widgets.chapters.chapter08.reconstruction import reconstruction_panel
from snnlab_widgets.chapters.chapter08.sine import sine_panel
from snnlab_widgets.core.formats import fixed
from snnlab_widgets.goals.answers import Ask
from snnlab_widgets.goals.target import Miss, Target
from snnlab_widgets.panel import Panel

__all__ = ["facing_memory", "reconstruction_place", "reconstruction_sum", "sine_tau"]


def reconstruction_place(engine: str = "browser") -> Panel:
    """A target: a good guess of the sound, by the place of the kernel alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `reconstruction_panel`.

    Examples
    --------
    >>> panel = reconstruction_place(engine="kernel")
    >>> panel.place = -6.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Right. ...
    """
    wanted = 0.5
    goal = Target(
        name="reconstruction-place",
        question=(
            "The kernel is as wide as it should be, but it stands at the wrong place. Bring the "
            f"correlation to {fixed(wanted, 2)} or more, by its place alone."
        ),
        reach={"correlation": (wanted - 0.005, None)},
        only=("place",),
        misses=(
            Miss(
                "after",
                {"place": (0.5, None)},
                "At {place} ms the kernel says what comes after a spike. But a spike is made by what came "
                "before it.",
            ),
            Miss(
                "at once",
                {"place": (-3.0, 0.0)},
                "At {place} ms the sound would have made its spike almost at once. It has to reach the "
                "ear, move a membrane and travel along a nerve first.",
            ),
            Miss(
                "too early",
                {"place": (None, -9.0)},
                "At {place} ms you are too far back: correlation {correlation}. This cell is quicker.",
            ),
        ),
        otherwise="At {place} ms the correlation is {correlation}. A millisecond more or less decides.",
        next_step=(
            "Correlation {correlation}, with the peak at {place} ms: the sound comes first, and its spike "
            "that much later. Now give the kernel a dip before its peak. How far do you get?"
        ),
    )
    return reconstruction_panel(goal=goal, engine=engine, place=0.0, width=1.5)


def reconstruction_sum(engine: str = "browser") -> Panel:
    """A number: exercise 8.1, a kernel at two spikes.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `reconstruction_panel`.

    Examples
    --------
    >>> print(reconstruction_sum(engine="kernel").goal.answer("6"))
    Not yet. 6 dB is what the two spikes add. To what do they add it?
    """
    goal = Ask(
        name="reconstruction-sum",
        exercise=ADDED_UP,
    )
    return reconstruction_panel(goal=goal, engine=engine)


def facing_memory(engine: str = "browser") -> Panel:
    """A target: short windows of one cell that do as well as long ones, by the memory alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `facing_panel`.

    Examples
    --------
    >>> panel = facing_memory(engine="kernel")
    >>> panel.memory = 30.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. ...
    """
    start = facing_panel(engine="kernel", cells=1.0, window=50.0)
    patient = facing_panel(engine="kernel", cells=1.0, window=400.0).result.error
    goal = Target(
        name="facing-memory",
        question=(
            f"From one cell, with windows of {start.window:.0f} ms, half of the guesses are off by "
            f"{start.result.error:.0f}° or more, with windows of 400 ms by {patient:.0f}° or more. Become "
            "as good as that without waiting, by the memory alone."
        ),
        reach={"error": (None, round(patient) + 0.5)},
        only=("memory",),
        misses=(
            Miss(
                "not moved",
                {"memory": (0.0, 0.0)},
                "So far every window begins with no idea where the mouse looked a moment ago. Give it a "
                "memory.",
            ),
            Miss(
                "half a memory",
                {"memory": (30.0, 60.0)},
                "With a memory of {memory} % the error is {error}°. The rest of the prior says that the "
                "mouse may have turned anywhere. In {window} ms it hardly can.",
            ),
            Miss(
                "too much",
                {"memory": (95.0, 100.0)},
                "With a memory of {memory} % the error is {error}°. Hardly anything of the prior is flat, "
                "and a wrong belief lasts. Leave it some doubt.",
            ),
        ),
        otherwise="A memory of {memory} % brings the error to {error}°.",
        next_step=(
            "{error}° with windows of {window} ms. The memory adds up over windows what a long window adds "
            "up within, and it knows which of the two directions of exercise 6.3 the head came from. Can it "
            "do harm? Try 100 %."
        ),
    )
    return facing_panel(goal=goal, engine=engine, cells=1.0, window=50.0)


def sine_tau(engine: str = "browser") -> Panel:
    """A target: a rate model that follows a fast current, by its time constant alone.

    Parameters
    ----------
    engine : {"browser", "kernel"}
        As for `sine_panel`.

    Examples
    --------
    >>> panel = sine_tau(engine="kernel")
    >>> panel.tau = 0.0
    >>> print(panel.goal.answer())  # doctest: +ELLIPSIS
    Not yet. Without any delay ...
    """
    fast, wanted = 50.0, 10.0
    start = sine_panel(engine="kernel", frequency=fast)
    goal = Target(
        name="sine-tau",
        question=(
            f"At {fast:.0f} Hz the rate model with the time constant of the membrane is off by "
            f"{start.result.error:.0f} %. Bring that to {wanted:.0f} % or less, by the time constant alone."
        ),
        reach={"error": (None, wanted)},
        only=("tau",),
        misses=(
            Miss("not moved", {"tau": (start.tau, start.tau)}, "The time constant stands where it stood."),
            Miss(
                "none",
                {"tau": (0.0, 0.0)},
                "Without any delay the model is off by {error} %: it follows the current at once, and the "
                "neurons do not quite.",
            ),
            Miss(
                "slower still",
                {"tau": (start.tau + 0.5, None)},
                "{tau} ms makes the model slower still. Its neurons are quicker than their membranes.",
            ),
        ),
        otherwise="With τ = {tau} ms the model is off by {error} %.",
        next_step=(
            "τ = {tau} ms, a tenth of the membrane's, and the model is off by {error} %. At other "
            "frequencies it stays within a fifth. Now turn the noise down and go to 20 Hz: what does τ do "
            "for you there?"
        ),
    )
    return sine_panel(goal=goal, engine=engine, frequency=fast)
