"""The panel of the kernel: the loudness of a sound drawn from nothing but the spikes that it made."""

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from snnlab.coding.decoding.kernel_by_hand import REACH, in_steps, least_squares, recorded, run_by_hand
from snnlab.data import load_grasshopper
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["reconstruction_panel"]

STEP = 1.0  # ms
BEGIN, SHOWN = 3000, 250  # steps: what is drawn of the ten seconds
HIGHEST = 9.0  # dB

QUESTION = "What does one spike tell about the sound, and when?"


class Measured(NamedTuple):
    """What the recording gives."""

    when: np.ndarray
    """In which step each spike came, int32."""
    heard: np.ndarray
    """Loudness in each step, dB below the loudest, to 0.01 dB: so it takes two bytes in a page."""
    times: np.ndarray
    """Spikes in the part that is drawn, ms."""
    best: np.ndarray
    """The kernel with the least mean square error, dB."""


@functools.cache
def measured() -> Measured:
    """The first recording of the grasshopper in steps of a millisecond."""
    spikes, envelope, dt, *_ = load_grasshopper()
    loudness = np.round(20.0 * np.log10(envelope.reshape(-1, round(STEP / dt)).mean(axis=1)), 2)
    return Measured(
        in_steps(spikes, STEP),
        loudness,
        np.round(spikes.between(BEGIN * STEP, (BEGIN + SHOWN) * STEP).times, 2),
        least_squares(spikes, loudness, STEP),
    )


def reconstruction_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A kernel put at every spike of a grasshopper's receptor, and beside it the sound that it heard.

    The recording is the first of `snnlab.data.load_grasshopper`, in steps of a millisecond. The reader's
    kernel is a Gaussian, with another one of the opposite sign before it. It is scaled, and the sum is
    shifted, to come closest to the loudness. Its rival is the kernel of `snnlab.coding.fit_decoder`.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``place`` (of the peak, −25 to 25 ms from the spike), ``width`` (0.5 to 15 ms), ``dip``
        (0 to 100 % of the peak), ``share`` (of the computed kernel, 0 to 100 %).

    Returns
    -------
    Panel
        ``panel.result`` has ``lag`` (time of the sound minus time of the spike, ms) and ``curve`` (dB), the
        kernel; ``guess`` and ``loudness`` (dB below the loudest, for each millisecond of what is drawn),
        ``ticks`` (spikes there, ms), ``correlation`` (of guess and loudness over ten seconds) and ``height``
        (of the kernel at ``place``, dB).

    Examples
    --------
    >>> panel = reconstruction_panel(place=-6, width=1.5)
    >>> print(f"{panel.result.correlation:.2f}")
    0.52
    """
    cell = measured()
    return Panel(
        "reconstruction",
        title="What one spike tells",
        question=question,
        controls=[
            Control("place", "ℓ_p", "Place of the peak", -25.0, 25.0, 6.0, 0.5, "ms", colour=1),
            Control("width", "w", "Width", 0.5, 15.0, 6.0, 0.5, "ms", colour=2),
            Control("dip", "d", "Dip before the peak", 0.0, 100.0, 0.0, 5.0, "%", colour=4),
            Control("share", "c", "Computed kernel", 0.0, 100.0, 0.0, 5.0, "%", colour=5),
        ],
        readouts=[ReadOut("correlation", 2), ReadOut("height", 1, "dB")],
        views=[
            Kernels(
                "lag",
                (("curve", "kernel", 1),),
                Axis(-REACH * STEP, REACH * STEP, "time of the sound, from the spike (ms)"),
                Axis(-4.0, HIGHEST, "loudness (dB)"),
                handles=(Handle("Peak of the kernel", "place", "height"),),
                title="What a spike adds to the guess of the loudness before it and after it",
            ),
            Trace(
                "guess",
                STEP,
                Axis(-36.0, 0.0, "loudness (dB)"),
                spikes="ticks",
                behind="loudness",
                name="guess",
                behind_name="what was heard",
                title="The loudness that the animal heard, in grey, the spikes, and the guess from them",
            ),
        ],
        sentence=(
            "peak {place} ms from the spike, {width} ms wide, dip {dip} %, {share} % computed: correlation "
            "with the sound {correlation}"
        ),
        headline="correlation",
        detail="correlation of the guess with the sound, over ten seconds",
        kernel=run_by_hand,
        arrays={
            "seen": recorded(SHOWN),
            "when": cell.when,
            "heard": cell.heard,
            "best": cell.best,
            "counts": Array(cell.heard.shape, work=True),
            "said": Array(cell.heard.shape, work=True),
            "loudness": cell.heard[BEGIN : BEGIN + SHOWN],
            "ticks": cell.times,
        },
        constants={"step": STEP, "begin": BEGIN},
        presets={
            "what comes next": {"place": 6.0, "width": 3.0},
            "right now": {"place": 0.0, "width": 3.0},
            "too wide": {"place": -6.0, "width": 15.0},
            "computed": {"share": 100.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.decoding.kernel_by_hand import kernel_by_hand\n"
            "from snnlab.data import load_grasshopper\n\n"
            "heard = load_grasshopper()\n"
            "envelope = heard.stimulus.reshape(-1, 2).mean(axis=1)  # one value a millisecond\n"
            "loudness = np.round(20 * np.log10(envelope), 2)  # dB, as exact as the panel has it\n"
            "seen = kernel_by_hand(heard.spikes, loudness, 1.0, {place}, {width}, {dip}, {share})\n"
            'print(f"{{seen.correlation:.2f}}, and the kernel is {{seen.height:.1f}} dB high")'
        ),
        values=values,
        best="correlation",
        engine=engine,
        goal=goal,
    )
