"""The panel of two filters: what a receptor hears and what its own spikes do, dragged until it is likely."""

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from snnlab.data import load_grasshopper
from snnlab.probability.filters_by_hand import (
    HIGHEST,
    LOWEST,
    REACH,
    Newton,
    counts_of_halves,
    newton_filters,
    recorded,
    run_filters,
)
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["filters_by_hand_panel"]

STEP = 1.0  # ms
BEGIN, SHOWN = 1000, 200  # steps of the second half: what is drawn of its five seconds

QUESTION = "How long before a spike was the sound that made it, and how long does a spike forbid the next?"


class Measured(NamedTuple):
    """What the recording gives."""

    y: np.ndarray
    """1 in each step with a spike, else 0."""
    loudness: np.ndarray
    """In each step, 10 dB above the mean, to 0.01 dB: so it takes two bytes in a page."""
    ticks: np.ndarray
    """Spikes in the part that is drawn, ms."""
    newton: Newton
    """What Newton's method finds."""


@functools.cache
def measured() -> Measured:
    """The second recording of the grasshopper in steps of a millisecond."""
    spikes, envelope, dt, *_ = load_grasshopper(2)
    loudness = 2.0 * np.log10(envelope.reshape(-1, round(STEP / dt)).mean(axis=1))
    loudness = np.round(loudness - loudness.mean(), 3)
    first = (loudness.size // 2 + BEGIN) * STEP
    return Measured(
        counts_of_halves(spikes, STEP),
        loudness,
        np.round(spikes.between(first, first + SHOWN * STEP).times, 2),
        newton_filters(spikes, loudness, STEP),
    )


def filters_by_hand_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Two filters of a grasshopper's receptor, and how likely they make what it fired.

    The recording is the second of `snnlab.data.load_grasshopper`, in steps of a millisecond. The reader
    shapes the filter of the loudness and that of the cell's own spikes; the bias is always the best one. The
    score is taken over the first five seconds, and once more over the last five, which shaped nothing.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``place`` (of the peak, 1 to 21 ms ago), ``height`` (of the peak, −2 to 4 nats for
        10 dB), ``recovery`` (0.5 to 5 ms), ``show`` (Newton's filters, 0 or 1).

    Returns
    -------
    Panel
        ``panel.result`` has all of `snnlab.probability.filters_by_hand.FiltersByHand`, and ``ticks`` (spikes
        in the part that is drawn, ms).

    Examples
    --------
    >>> panel = filters_by_hand_panel(place=7, height=1, recovery=2)
    >>> print(f"{panel.result.bits:.2f} of {panel.result.best:.2f}")
    1.21 of 1.59
    """
    cell = measured()
    return Panel(
        "filters_by_hand",
        title="A reader against Newton",
        question=question,
        controls=[
            Control("place", "ℓ_p", "Place of the peak", 1.0, 21.0, 14.0, 0.5, "ms", colour=1),
            Control("height", "a", "Height for 10 dB", LOWEST, HIGHEST, 0.0, 0.1, colour=2),
            Control("recovery", "τ", "Recovery after a spike", 0.5, 5.0, 0.5, 0.5, "ms", colour=4),
            Control("show", "n", "Newton's filters", 0.0, 1.0, 0.0, 1.0, colour=5),
        ],
        readouts=[
            ReadOut("bits", 2),
            ReadOut("later", 2),
            ReadOut("best", 2),
            ReadOut("filled", 1),
            ReadOut("bias", 1),
        ],
        views=[
            Kernels(
                "lag",
                (("heard", "yours", 1), ("newton_heard", "Newton's", 5)),
                Axis(0.0, REACH, "time of the sound before now (ms)"),
                Axis(LOWEST, HIGHEST, "nats for 10 dB"),
                handles=(Handle("Peak of the filter", "place", "height"),),
                title="The filter of the loudness: what a sound adds to the potential later",
            ),
            Kernels(
                "lag",
                (("own", "yours", 4), ("newton_own", "Newton's", 5)),
                Axis(0.0, REACH, "time of its own spike before now (ms)"),
                Axis(-16.0, 1.0, "nats"),
                handles=(Handle("Where the pit has filled up to 1/e", "recovery", "filled"),),
                title="The filter of its own spikes: how a spike lowers the potential behind it",
            ),
            Kernels(
                "heights",
                (("scores", "yours", 2), ("newton", "Newton's best", 5)),
                Axis(LOWEST, HIGHEST, "height for 10 dB (nats)"),
                Axis(-3.0, 2.0, "bits per spike"),
                handles=(Handle("Height and score", "height", "bits"),),
                side="left",
                title="Bits per spike over the first five seconds for each height up to yours",
            ),
            Trace(
                "p",
                STEP,
                Axis(0.0, 1.0, "probability of a spike in 1 ms"),
                spikes="ticks",
                title="How probable a spike was in each millisecond of a later part, and its spikes",
            ),
        ],
        sentence=(
            "peak {height} at {place} ms, recovery {recovery} ms: {bits} bits per spike, Newton {best}; "
            "in the five seconds that followed {later}"
        ),
        headline="bits",
        detail="bits per spike over the first five seconds, with the best bias for your filters",
        kernel=run_filters,
        arrays={
            "seen": recorded(cell.newton.heard.size, SHOWN),
            "y": cell.y,
            "signal": cell.loudness,
            "best_heard": cell.newton.heard,
            "best_own": cell.newton.own,
            "basis": Array((cell.newton.heard.size, 2), work=True),
            "from_sound": Array((cell.y.size, 1), work=True),
            "from_spikes": Array((cell.y.size, 1), work=True),
            "ticks": cell.ticks,
        },
        constants={"best_bits": cell.newton.bits, "begin": BEGIN, "dt": STEP},
        presets={
            "deaf": {"height": 0.0},
            "loud forbids": {"height": -1.0},
            "at once again": {"recovery": 0.5},
            "Newton's filters": {"show": 1.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.data import load_grasshopper\n"
            "from snnlab.probability.filters_by_hand import filters_by_hand\n\n"
            "heard = load_grasshopper(2)\n"
            "envelope = heard.stimulus.reshape(-1, 2).mean(axis=1)  # one value a millisecond\n"
            "loudness = 2 * np.log10(envelope)  # in steps of 10 dB\n"
            "loudness = np.round(loudness - loudness.mean(), 3)  # as exact as the panel has it\n"
            "seen = filters_by_hand(heard.spikes, loudness, 1.0, {place}, {height}, {recovery}, {show})\n"
            'print(f"{{seen.bits:.2f}} bits per spike, Newton {{seen.best:.2f}}")'
        ),
        values=values,
        best="bits",
        engine=engine,
        goal=goal,
    )
