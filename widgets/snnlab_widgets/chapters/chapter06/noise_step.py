"""The panel of noise and speed: the same step of the rate for every noise, and how it is reached."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments.density_step import CELLS, DEEP, recorded, run_step
from snnlab.neurons.models.lif import LIF
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["noise_step_panel"]

DT, WEAK, STRONG = 0.1, 14.0, 36.0  # ms; Hz, whatever the noise
CELL = LIF()

QUESTION = "The rate rises from 14 to 36 Hz. With more noise, is the rise quicker?"


def noise_step_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A population whose rate rises from 14 to 36 Hz at once, with as much noise as you like.

    For every noise the two currents are those that give these rates. The population is infinite: that of
    `snnlab.neurons.experiments.density_step`.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``sigma`` (noise, 1 to 8 mV), ``alike`` (1: a jolt makes all neurons fire just before
        the step, so that they start alike; 0: they are as the noise has left them).

    Returns
    -------
    Panel
        ``panel.result`` has ``activity`` (Hz, in steps of 0.1 ms from 50 ms before the step); ``place`` (mV),
        ``settled`` and ``later``, the density of the potentials when the step comes and 3 ms later, per mV;
        ``lag`` (ms until the activity is half way up), ``peak`` (Hz), ``over`` (how far the peak lies above
        the end, as a share of the rise, %), ``weakest`` and ``strongest``, the currents (pA).

    Examples
    --------
    >>> calm, noisy = noise_step_panel(sigma=1).result, noise_step_panel(sigma=8).result
    >>> calm.lag < noisy.lag, calm.over > noisy.over
    (True, True)
    """
    return Panel(
        "noise_step",
        title="Noise, speed and ringing",
        question=question,
        controls=[
            Control("sigma", "σ", "Noise", 1.0, 8.0, 4.0, 0.5, "mV", colour=4),
            Control("alike", "J", "A jolt makes all alike", 0.0, 1.0, 0.0, 1.0, "", colour=3),
        ],
        readouts=[
            ReadOut("lag", 1, "ms", none="never"),
            ReadOut("peak", 0, "Hz"),
            ReadOut("over", 0, "%"),
            ReadOut("weakest", 0, "pA"),
            ReadOut("strongest", 0, "pA"),
        ],
        views=[
            Trace(
                "activity",
                DT,
                Axis(0.0, 120.0, "rate (Hz)"),
                name="all neurons",
                title="The activity of the population before and after the step, which comes at 50 ms",
            ),
            Kernels(
                "place",
                (("settled", "at the step", 1), ("later", "3 ms later", 2)),
                Axis(CELL.v_th - DEEP, CELL.v_th, "membrane potential (mV)"),
                Axis(0.0, 0.4, "neurons (per mV)"),
                handles=(Handle("Noise, as far below the threshold", ("sigma", -1.0, CELL.v_th), 0.3),),
                title="Where the potentials of the neurons are, up to the threshold, at the step and later",
            ),
        ],
        sentence=(
            "σ = {sigma} mV, J = {alike}: {lag|||never }half way from 14 to 36 Hz[ after {lag} ms], at most "
            "{peak} Hz, "
            "{over} % beyond the end; the current rises from {weakest} to {strongest} pA"
        ),
        headline="lag",
        detail=(
            "[{lag||}until ]half way from 14 to 36 Hz. At most {peak} Hz: {over} % of the rise beyond its end"
        ),
        kernel=run_step,
        arrays={
            "seen": recorded(DT),
            "queue": Array((round(CELL.t_ref / DT),), work=True),
            **{name: Array((CELLS,), work=True) for name in ("p", "work")},
            **{name: Array((CELLS + 1,), work=True) for name in ("up", "down")},
        },
        constants={"neuron": CELL, "weak": WEAK, "strong": STRONG, "dt": DT},
        presets={
            "little noise": {"sigma": 1.0},
            "much noise": {"sigma": 8.0},
            "little noise, all alike": {"sigma": 1.0, "alike": 1.0},
            "all alike": {"alike": 1.0},
        },
        python=(
            "from snnlab.neurons.experiments.density_step import density_step\n\n"
            "seen = density_step({sigma}, gathered={alike} == 1)\n"
            'print(f"half way after {{seen.lag:.1f}} ms, at most {{seen.peak:.0f}} Hz")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
