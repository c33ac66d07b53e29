"""The panel of phases: an oscillation that is dragged under a spike train until the two agree."""

import math
from typing import TYPE_CHECKING

from snnlab.coding.phase import chance_of_strength
from snnlab.compiling import kernel
from snnlab.random import normal, uniform
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Handle, Histogram, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["phase_panel"]

RHYTHM, ONSET, FIRES = 125.0, 50.0, 0.7  # ms, ms, the share of cycles with a spike: what the train keeps to
SHORTEST, LONGEST, STEP = 80.0, 200.0, 1.0  # ms: the periods that are tried
SHOWN, DT = 1000.0, 1.0  # ms
MOST, BINS = 20.0, 24  # seconds; bins of 15 degrees
FEET, TIPS = 1.3, 1.9  # where the needles of the spikes begin and end

QUESTION = "This neuron keeps to a rhythm. To which?"


@kernel
def _spikes(times, jitter, rhythm, onset, fires, duration, seed):
    """One spike in most cycles, early or late by chance, in order; returns their number."""
    n = 0
    for k in range(int(duration / rhythm) + 1):
        if uniform(seed, 0, k) < fires:
            at = onset + k * rhythm + jitter * normal(seed, 1, k)
            if 0.0 <= at < duration:
                place = n
                while place > 0 and times[place - 1] > at:
                    times[place] = times[place - 1]
                    place -= 1
                times[place] = at
                n += 1
    return n


@kernel
def _locking(times, n, period, start):
    """Vector strength, and the mean phase in turns from 0 to 1."""
    x, y = 0.0, 0.0
    for s in range(n):
        angle = 2.0 * math.pi * (times[s] - start) / period
        x += math.cos(angle)
        y += math.sin(angle)
    turn = math.atan2(y, x) / (2.0 * math.pi)
    return math.sqrt(x * x + y * y) / n, turn - math.floor(turn)


@kernel
def phase_figure(
    times, time, wave, needles, phases, law, periods, strength_curve, out,
    period, start, jitter, seconds,
    rhythm, onset, fires, shortest, step, feet, tips, dt, seed,
):  # fmt: skip
    """The spikes, the oscillation under them, their phases, and the vector strength of every period."""
    n = _spikes(times, jitter, rhythm, onset, fires, 1000.0 * seconds, seed)
    for t in range(time.size):
        time[t] = t * dt
        wave[t] = math.cos(2.0 * math.pi * (time[t] - start) / period)
        needles[t] = feet
    for s in range(n):
        t = int(times[s] / dt + 0.5)
        if t < needles.size:
            needles[t] = tips
        turn = (times[s] - start) / period
        phases[min(int((turn - math.floor(turn)) * phases.size), phases.size - 1)] += 1.0
    for k in range(periods.size):
        periods[k] = shortest + k * step
        strength_curve[k], _ = _locking(times, n, periods[k], start)
    strength, mean = _locking(times, n, period, start)
    # in turns; a bell much narrower than a bin would slip through between the middles of two bins
    width = max(math.sqrt(-2.0 * math.log(max(strength, 1e-6))) / (2.0 * math.pi), 0.6 / law.size)
    for b in range(law.size):
        for around in range(-2, 3):  # the circle is closed: what leaves at one end comes in at the other
            off = ((b + 0.5) / law.size + around - mean) / width
            law[b] += n / law.size * math.exp(-0.5 * off * off) / (math.sqrt(2.0 * math.pi) * width)
    out[0] = n
    out[1] = strength
    out[2] = 360.0 * mean
    out[3] = chance_of_strength(strength, n)
    out[4] = 1.0 / math.sqrt(n)


def phase_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """An oscillation under the spikes of a neuron that fires in most cycles of a rhythm of 125 ms.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``period`` (80 to 200 ms) and ``start`` (0 to 200 ms, a crest) of the oscillation;
        ``jitter`` (0 to 60 ms, standard deviation, of the spikes), ``seconds`` (2 to 20), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms); ``time``, ``wave`` and ``needles``, what is drawn of the first
        second; ``phases`` (spikes in each bin of 15 degrees) and ``law`` (a bell of the same vector strength
        around the mean phase, wrapped round the circle); ``periods`` (ms) and ``strength_curve``; ``n``
        (spikes), ``strength``, ``phase`` (degrees), ``p`` (of the Rayleigh test), ``chance`` (1/√n).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> phase_panel(period=125).result.strength > phase_panel(period=140).result.strength
    True
    """
    room = int(1000 * MOST / RHYTHM) + 1
    tried = round((LONGEST - SHORTEST) / STEP) + 1
    return Panel(
        "phase",
        title="An oscillation under a spike train",
        question=question,
        controls=[
            Control(
                "period", "T", "Period of the oscillation", SHORTEST, LONGEST, 100.0, STEP, "ms", colour=1
            ),
            Control("start", "t_0", "Moment of a crest", 0.0, LONGEST, 0.0, 1.0, "ms", colour=1),
            Control("jitter", "σ", "Jitter of the spikes", 0.0, 60.0, 10.0, 1.0, "ms", colour=4),
            Control("seconds", "", "Recorded for", 2.0, MOST, 4.0, 1.0, "s", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("strength", 2),
            ReadOut("phase", 0, "°"),
            ReadOut("p", 3),
            ReadOut("chance", 2),
        ],
        views=[
            Kernels(
                "time",
                (("needles", "spikes", 2), ("wave", "oscillation", 1)),
                Axis(0.0, SHOWN, "time (ms)"),
                Axis(-1.2, 2.1, ""),
                handles=(Handle("Crest of the oscillation", "start", 1.0),),
                title="An oscillation, and above it the spikes as needles",
            ),
            Histogram(
                "phases",
                Axis(0.0, 360.0, "phase (°)"),
                "spikes",
                law="law",
                colour=5,
                title="How many spikes come at each phase",
            ),
            Curve(
                "periods",
                "strength_curve",
                "period",
                "strength",
                Axis(SHORTEST, LONGEST, "period T (ms)"),
                "vector strength",
                least=1.0,
                title="Vector strength for every period up to this one",
                side="left",
            ),
        ],
        sentence=(
            "T = {period} ms, crest at {start} ms, σ = {jitter} ms: {n} spikes in {seconds} s, vector "
            "strength {strength} (about {chance} by chance), mean phase {phase}°, p = {p}"
        ),
        headline="strength",
        detail=(
            "is the vector strength of {n} spikes (by chance about {chance}), mean phase {phase}°. "
            "Rayleigh: p\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{p}"
        ),
        kernel=phase_figure,
        arrays={
            "times": Array((room,), upto="n"),
            "time": Array((round(SHOWN / DT) + 1,)),
            "wave": Array((round(SHOWN / DT) + 1,)),
            "needles": Array((round(SHOWN / DT) + 1,)),
            "phases": Array((BINS,)),
            "law": Array((BINS,)),
            "periods": Array((tried,)),
            "strength_curve": Array((tried,)),
        },
        constants={
            "rhythm": RHYTHM,
            "onset": ONSET,
            "fires": FIRES,
            "shortest": SHORTEST,
            "step": STEP,
            "feet": FEET,
            "tips": TIPS,
            "dt": DT,
        },
        presets={
            "a clock": {"period": RHYTHM, "start": 0.0, "jitter": 0.0},
            "loose": {"period": RHYTHM, "jitter": 30.0},
            "hardly a rhythm": {"period": RHYTHM, "jitter": 55.0, "seconds": MOST},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab.coding import phase_locking\n"
            "from snnlab_widgets import phase_panel\n\n"
            "seen = phase_panel(jitter={jitter}, seconds={seconds}, seed={seed}).result\n"
            "spikes = Spikes(seen.times, duration=1000 * {seconds})\n"
            "print(spikes, phase_locking(spikes, period={period}, start={start}))"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
