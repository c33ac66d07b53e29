"""The panel of the kernel: the loudness of a sound drawn from nothing but the spikes that it made."""

import functools
import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from snnlab.coding.reconstruction import fit_decoder
from snnlab.compiling import kernel
from snnlab.data import load_grasshopper
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["reconstruction_panel"]

STEP, REACH = 1.0, 30  # ms; steps of the kernel on either side of a spike
BEGIN, SHOWN = 3000, 250  # steps: what is drawn of the ten seconds
HIGHEST = 9.0  # dB

QUESTION = "What does one spike tell about the sound, and when?"


class Measured(NamedTuple):
    """What the recording gives."""

    when: np.ndarray
    """In which step each spike came, int32."""
    heard: np.ndarray
    """Loudness in each step, in units of 0.01 dB below the loudest, int32."""
    times: np.ndarray
    """Spikes in the part that is drawn, ms."""
    best: np.ndarray
    """The kernel with the least mean square error, dB."""


@functools.cache
def measured() -> Measured:
    """The first recording of the grasshopper in steps of a millisecond."""
    spikes, envelope, dt, *_ = load_grasshopper()
    loudness = 20.0 * np.log10(envelope.reshape(-1, round(STEP / dt)).mean(axis=1))
    best = fit_decoder(spikes, loudness, STEP, -REACH * STEP, REACH * STEP).kernel[:, 0]
    return Measured(
        (spikes.times / STEP).astype(np.int32),
        np.rint(100.0 * loudness).astype(np.int32),
        np.round(spikes.between(BEGIN * STEP, (BEGIN + SHOWN) * STEP).times, 2),
        np.round(best, 3),
    )


@kernel
def reconstruction_figure(
    when, heard, best, times, lag, curve, said, guess, loudness, ticks, out,
    place, width, dip, share, step, begin,
):  # fmt: skip
    """A kernel at every spike, all of them added, and scaled so that the sum comes closest to the sound."""
    reach = (lag.size - 1) // 2
    for k in range(lag.size):
        lag[k] = (k - reach) * step
        early = (lag[k] - place + 2.0 * width) / width
        curve[k] = math.exp(-0.5 * ((lag[k] - place) / width) ** 2) - dip / 100.0 * math.exp(-0.5 * early**2)
    _add(when, curve, said)
    height, _ = _compare(said, heard)
    for k in range(lag.size):
        curve[k] = (1.0 - share / 100.0) * height * curve[k] + share / 100.0 * best[k]
    _add(when, curve, said)
    _, correlation = _compare(said, heard)
    offset = 0.0
    for t in range(said.size):
        offset += (0.01 * heard[t] - said[t]) / said.size
    for t in range(guess.size):
        guess[t] = offset + said[begin + t]
        loudness[t] = 0.01 * heard[begin + t]
    for s in range(times.size):
        ticks[s] = times[s]
    left = min(int(place / step + reach), lag.size - 2)
    part = place / step + reach - left
    out[0] = correlation
    out[1] = (1.0 - part) * curve[left] + part * curve[left + 1]


@kernel
def _add(when, curve, said):
    """The sum of the kernels at all spikes, in each step."""
    reach = (curve.size - 1) // 2
    said[:] = 0.0
    for s in range(when.size):
        for k in range(curve.size):
            t = when[s] + k - reach
            if 0 <= t < said.size:
                said[t] += curve[k]


@kernel
def _compare(said, heard):
    """The factor that brings `said` closest to what was heard, in dB, and their correlation."""
    steps = said.size
    mean_said, mean_heard, both, of_said, of_heard = 0.0, 0.0, 0.0, 0.0, 0.0
    for t in range(steps):
        mean_said += said[t] / steps
        mean_heard += 0.01 * heard[t] / steps
    for t in range(steps):
        a, b = said[t] - mean_said, 0.01 * heard[t] - mean_heard
        both += a * b
        of_said += a * a
        of_heard += b * b
    if of_said <= 0.0:
        return 0.0, 0.0
    return both / of_said, both / math.sqrt(of_said * of_heard)


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
        What the reader should ask himself.
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

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

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
                title="The loudness that the animal heard, in grey, the spikes, and the guess from them",
            ),
        ],
        sentence=(
            "peak {place} ms from the spike, {width} ms wide, dip {dip} %, {share} % computed: correlation "
            "with the sound {correlation}"
        ),
        headline="correlation",
        detail="correlation of the guess with the sound, over ten seconds",
        kernel=reconstruction_figure,
        arrays={
            "when": cell.when,
            "heard": cell.heard,
            "best": cell.best,
            "times": cell.times,
            "lag": Array((2 * REACH + 1,)),
            "curve": Array((2 * REACH + 1,)),
            "said": Array(cell.heard.shape, work=True),
            "guess": Array((SHOWN,)),
            "loudness": Array((SHOWN,)),
            "ticks": Array(cell.times.shape),
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
            "from snnlab.coding import Decoder, reconstruct\n"
            "from snnlab.data import load_grasshopper\n"
            "from snnlab_widgets import reconstruction_panel\n\n"
            "seen = reconstruction_panel(place={place}, width={width}, dip={dip}, share={share}).result\n"
            "kernel = Decoder(seen.lag, seen.curve[:, None], 0.0, 1.0)\n"
            "heard = load_grasshopper()\n"
            "loudness = 20 * np.log10(heard.stimulus.reshape(-1, 2).mean(axis=1))\n"
            "correlation = np.corrcoef(reconstruct(heard.spikes, kernel), loudness)[0, 1]\n"
            'print(f"{{correlation:.2f}}")'
        ),
        values=values,
        best="correlation",
        engine=engine,
        goal=goal,
    )
