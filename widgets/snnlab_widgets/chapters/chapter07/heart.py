"""The panel of the heart: five codes of one heartbeat under the same jitter, and two that know nothing."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.random import normal
from snnlab_widgets.chapters.chapter07.heart_codes import FIELDS, STEPS, WINDOW, _read, measured
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["heart_panel"]

SHOWN, DRAWS, POINTS, MOST = 1500, 10, 13, 3.0  # ms; draws of the noise; jitters of the curves, up to 3 ms
NAMES = ("count", "first spike", "burst", "preferred values", "level crossing")

QUESTION = "Which code still tells the beat when every spike of every code is a little early or late?"


@kernel
def heart_figure(
    heart, times, units, begins, fields, moved, first, last, count, values, line,
    jitters, by_count, by_time, by_burst, by_row, by_level, mean, mixed, draws, guess, signal, ticks, out,
    jitter, code, most, constant, shuffled, seed,
):  # fmt: skip
    """Each code at each jitter, over ten draws of the noise; and the chosen one at the chosen jitter."""
    chosen = int(code) - 1
    for k in range(jitters.size):
        jitters[k] = most * k / (jitters.size - 1)
        mean[k] = constant
        mixed[k] = shuffled
    for c in range(5):
        begin, end = begins[c], begins[c + 1]
        for k in range(jitters.size + 1):
            here = k == jitters.size
            if here and c != chosen:
                continue
            sigma = jitter if here else jitters[k]
            total = 0.0
            for d in range(DRAWS - 1, -1, -1):  # the first draw is the last one, so that it is what is drawn
                for s in range(begin, end):
                    at = times[s] + sigma * normal(np.uint64(seed), np.uint64(d), np.uint64(s))
                    moved[s - begin] = min(max(at, 0.0), heart.size - 1e-6)
                off = _read(
                    c, moved[: end - begin], units[begin:end], fields, heart, first, last, count, values, line
                )  # fmt: skip
                total += off
                if here:
                    draws[d] = off
            found = total / DRAWS
            if here:
                out[0] = found
                square = 0.0
                for d in range(DRAWS):
                    square += (draws[d] - found) ** 2
                out[1] = math.sqrt(square / (DRAWS - 1.0))
                out[2] = end - begin
                out[3] = _shown(moved[: end - begin], ticks, signal.size)
                for t in range(signal.size):
                    signal[t] = heart[t]
                    guess[t] = line[t]
            elif c == 0:
                by_count[k] = found
            elif c == 1:
                by_time[k] = found
            elif c == 2:
                by_burst[k] = found
            elif c == 3:
                by_row[k] = found
            else:
                by_level[k] = found
    out[4] = chosen
    out[5] = constant
    out[6] = shuffled


@kernel
def _shown(moved, ticks, until):
    """The spikes before `until` in order; returns their number."""
    n = 0
    for s in range(moved.size):
        if moved[s] < until and n < ticks.size:
            k = n
            while k > 0 and ticks[k - 1] > moved[s]:
                ticks[k] = ticks[k - 1]
                k -= 1
            ticks[k] = moved[s]
            n += 1
    return n


def heart_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A heartbeat in five codes, each spike of which is moved by the same jitter.

    Four codes tell the mean of every 20 ms: a regular train that is counted (200 Hz at the top), and
    those of `snnlab.coding.encode_first_spikes`, `encode_bursts` and `encode_fields`. The fifth is that of
    `encode_level_crossings`. A reader cuts time into windows again, keeps to the range of the values and
    joins them by straight lines, as in `snnlab.coding.join_windows`. Two rivals read no spikes: the mean of
    the whole signal, and the right values in a wrong order.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``jitter`` (0 to 3 ms, standard deviation), ``code`` (1 to 5: count, first spike, burst,
        preferred values, level crossing), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``guess`` and ``signal`` (mV, each millisecond of what is drawn) and ``ticks``
        (spikes there, ms) for the chosen code; ``error`` and ``scatter`` (mV, mean and standard deviation of
        its error over the ten ``draws`` of the noise), ``n`` and ``n_shown`` (spikes), ``which`` (from 0);
        ``jitters`` (ms), ``by_count``, ``by_time``, ``by_burst``, ``by_row`` and ``by_level`` (mV, mean
        errors), ``mean`` and ``mixed`` (mV, the two rivals), ``constant`` and ``shuffled`` (their numbers).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> exact, shaken = (heart_panel(code=2, jitter=jitter).result for jitter in (0, 1))
    >>> bool(exact.error < exact.constant < shaken.error)
    True
    """
    told = measured()
    most = int(np.diff(told.begins).max())
    return Panel(
        "heart",
        title="One heart, five codes, one noise",
        question=question,
        controls=[
            Control("jitter", "σ", "Jitter of every spike", 0.0, MOST, 0.0, 0.1, "ms", colour=4),
            Control("code", "k", "Code", 1.0, 5.0, 2.0, 1.0, "", colour=6),
        ],
        readouts=[
            ReadOut("error", 3, "mV"),
            ReadOut("scatter", 3, "mV"),
            ReadOut("n"),
            ReadOut("n_shown"),
            ReadOut("which", words=NAMES),
            ReadOut("constant", 3, "mV"),
            ReadOut("shuffled", 3, "mV"),
        ],
        views=[
            Trace(
                "guess",
                1.0,
                Axis(-0.7, 0.7, "heart (mV)"),
                spikes="ticks",
                behind="signal",
                title="The heartbeat in grey, the spikes of the chosen code, and what a reader makes of them",
            ),
            Kernels(
                "jitters",
                (
                    ("by_count", "count", 1),
                    ("by_time", "first spike", 2),
                    ("by_burst", "burst", 3),
                    ("by_row", "preferred values", 4),
                    ("by_level", "level crossing", 6),
                    ("mean", "always the mean", 5),
                    ("mixed", "shuffled", 5),
                ),
                Axis(0.0, MOST, "jitter σ (ms)"),
                Axis(0.0, 0.35, "error (mV)"),
                handles=(Handle("Jitter and error of the chosen code", "jitter", "error"),),
                title="How far each code is off against the jitter, and two that read no spikes",
                side="left",
            ),
        ],
        sentence=(
            "σ = {jitter} ms: {which}, {n} spikes, is off by {error} mV, {scatter} from draw to draw; always "
            "the mean by {constant} mV, shuffled windows by {shuffled} mV"
        ),
        headline="error",
        detail="off on average: {which}, {n} spikes. Always saying the mean is off by {constant} mV",
        kernel=heart_figure,
        arrays={
            "heart": told.heart,
            "times": told.times,
            "units": told.units,
            "begins": told.begins,
            "fields": FIELDS.centres,
            "moved": Array((most,), work=True),
            "first": Array((round(STEPS / WINDOW), FIELDS.centres.size), work=True),
            "last": Array((round(STEPS / WINDOW), FIELDS.centres.size), work=True),
            "count": Array((round(STEPS / WINDOW),), "int32", work=True),
            "values": Array((round(STEPS / WINDOW),), work=True),
            "line": Array((STEPS,), work=True),
            "jitters": Array((POINTS,)),
            "by_count": Array((POINTS,)),
            "by_time": Array((POINTS,)),
            "by_burst": Array((POINTS,)),
            "by_row": Array((POINTS,)),
            "by_level": Array((POINTS,)),
            "mean": Array((POINTS,)),
            "mixed": Array((POINTS,)),
            "draws": Array((DRAWS,)),
            "guess": Array((SHOWN,)),
            "signal": Array((SHOWN,)),
            "ticks": Array((most,), upto="n_shown"),
        },
        constants={"most": MOST, "constant": told.constant, "shuffled": told.shuffled},
        presets={
            "a count": {"code": 1.0, "jitter": 1.0},
            "first spikes": {"code": 2.0, "jitter": 1.0},
            "bursts": {"code": 3.0, "jitter": 1.0},
            "preferred values": {"code": 4.0, "jitter": 1.0},
            "level crossings": {"code": 5.0, "jitter": 1.0},
        },
        python=(
            "from snnlab_widgets import heart_panel\n\n"
            "seen = heart_panel(jitter={jitter}, code={code}, seed={seed}).result\n"
            'print(f"{{seen.error:.3f}} mV, always the mean {{seen.constant:.3f}} mV")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
