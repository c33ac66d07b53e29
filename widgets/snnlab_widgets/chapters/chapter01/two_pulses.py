"""The panel of two pulses: how soon after a spike a second one can be had, and at what price."""

import functools
from typing import TYPE_CHECKING

import numpy as np

from snnlab.neurons.experiments.hodgkin_huxley_measures import hh_second_threshold, hh_threshold
from snnlab.neurons.experiments.hodgkin_huxley_pulses import recorded, run_pulses
from snnlab.neurons.models.hodgkin_huxley import HodgkinHuxley, hh_rest
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["two_pulses_panel"]

DT, ONSET, DURATION, WIDTH = 0.05, 5.0, 55.0, 0.5  # ms
SEEN = recorded(DURATION, DT)
SHORTEST, LONGEST, STRONGEST = 5.0, 35.0, 70.0  # ms, ms, µA/cm²
QUESTION = "How soon after the first spike can a second one be had, and what does it cost?"


@functools.cache
def measured() -> tuple[float, np.ndarray, np.ndarray]:
    """The threshold of a resting membrane (µA/cm²), intervals (ms) and the threshold of the second pulse.

    The curve begins where five times the resting threshold is enough.
    """
    intervals = np.concatenate([np.arange(90, 120) / 10.0, np.arange(12.0, LONGEST + 0.25, 0.5)])
    thresholds = hh_second_threshold(intervals, width=WIDTH)
    possible = np.isfinite(thresholds)
    return hh_threshold(WIDTH), intervals[possible], thresholds[possible]


def two_pulses_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Two brief pulses into a Hodgkin–Huxley membrane: the first makes a spike, the second may.

    Both pulses last 0.5 ms. The first is half as strong again as a resting membrane needs. The curve is the
    weakest second pulse that makes a second spike, as `hh_second_threshold` measures it.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``interval`` (5 to 35 ms, from onset to onset), ``second`` (0 to 70 µA/cm²).

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` (mV) and ``i`` (µA/cm²), one value a step of 0.05 ms; ``times`` (spike
        times, ms); ``waits`` (ms), ``thresholds`` and ``resting`` (µA/cm²), the curve and the threshold of a
        resting membrane; ``n`` (spikes), ``times_rest`` (the second pulse over the resting threshold).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(two_pulses_panel(interval=12.0, second=40.0))
    second pulse of 40.0 µA/cm² after 12.0 ms: 2 spikes
    """
    at_rest, waits, thresholds = measured()
    return Panel(
        "two_pulses",
        title="Two pulses",
        question=question,
        controls=[
            Control("interval", "Δt", "Interval", SHORTEST, LONGEST, 25.0, 0.1, "ms", colour=4),
            Control("second", "i_2", "Second pulse", 0.0, STRONGEST, 20.0, 0.5, "µA/cm²", colour=3),
        ],
        readouts=[ReadOut("n"), ReadOut("times_rest", 1)],
        views=[
            Trace(
                "v",
                DT,
                Axis(-80.0, 60.0, "v (mV)"),
                spikes="times",
                title="Membrane potential over time, with the spikes",
            ),
            Trace(
                "i",
                DT,
                Axis(0.0, STRONGEST, "current (µA/cm²)"),
                title="The two pulses of current",
                colour=3,
            ),
            Kernels(
                "waits",
                (("thresholds", "second spike from here up", 1), ("resting", "threshold at rest", 2)),
                Axis(0.0, LONGEST, "interval Δt (ms)"),
                Axis(0.0, STRONGEST, "second pulse (µA/cm²)"),
                handles=(Handle("Interval and second pulse", "interval", "second"),),
                title="The weakest second pulse that makes a second spike, against the interval from here up",
                side="right",
            ),
        ],
        sentence="second pulse of {second} µA/cm² after {interval} ms: {n} {n|spike|spikes}",
        headline="n",
        detail="{n|spike|spikes}; the second pulse is {times_rest} times what a resting membrane needs",
        kernel=run_pulses,
        arrays={
            "seen": SEEN,
            "units": Array(SEEN.times.shape, "int32", work=True),
            "begin": Array((4, 1), work=True),
            "waits": waits,
            "thresholds": thresholds,
            "resting": np.full(waits.shape, at_rest),
        },
        constants={
            "neuron": HodgkinHuxley(),
            "current": 1.5 * at_rest,
            "na": 100.0,
            "k": 100.0,
            "at_rest": at_rest,
            "rest": hh_rest(),
            "onset": ONSET,
            "width": WIDTH,
            "dt": DT,
        },
        presets={
            "too soon": {"interval": 6.0, "second": STRONGEST},
            "early and strong": {"interval": 10.0, "second": 60.0},
            "late and weak": {"interval": 20.0, "second": 12.0},
        },
        python=(
            "from snnlab.neurons import hh_threshold\n"
            "from snnlab.neurons.experiments.hodgkin_huxley_pulses import hh_pulses\n\n"
            f"first = 1.5 * hh_threshold({WIDTH})\n"
            f"seen = hh_pulses(first, {WIDTH}, {{second}}, {{interval}}, "
            f"onset={ONSET}, duration={DURATION})\n"
            'print(f"{{seen.n}} spikes; {{seen.times_rest:.1f}} times the threshold at rest")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
