"""The panel of the leaky integrate-and-fire neuron: threshold, time constant, current and refractory time."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments.lif_step import recorded, run_step
from snnlab.neurons.models.lif import LIF
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["lif_panel"]

DT, ONSET, DURATION = 0.1, 100.0, 1100.0  # ms: a tenth of a second of rest, then one second of current
SEEN = recorded(DURATION, DT)
SHOWN = 400.0  # ms: wide enough apart to see the climb from spike to spike
STRONGEST = 0.5  # nA
QUESTION = "How far must the threshold fall for the neuron to fire twice as fast?"


def lif_panel(
    *,
    question: str = QUESTION,
    strongest: float = STRONGEST,
    engine: str = "browser",
    goal: "Goal | None" = None,
    **values: float,
) -> Panel:
    """A leaky integrate-and-fire neuron under a step of current.

    It rests for 100 ms and then gets one second of current, at steps of 0.1 ms. The trace shows the first
    400 ms, where each climb can be seen; the curve beside it is the rate of the same neuron for every
    current.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    strongest : float
        How far the current can be turned up, nA.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``v_th`` (−62 to −45 mV), ``tau_m`` (5 to 50 ms), ``current`` (0 to `strongest`),
        ``t_ref`` (0 to 20 ms).

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` (mV, one value a step), ``times`` (spike times, ms), ``n`` (spikes),
        ``rate`` (Hz), ``i_curve`` (nA) and ``rate_curve`` (Hz).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(lif_panel(v_th=-52.0))
    v_th = −52.0 mV: 43 spikes, 43.0 Hz
    """
    return Panel(
        "lif",
        title="Leaky integrate-and-fire neuron",
        question=question,
        controls=[
            Control("v_th", "v_th", "Threshold", -62.0, -45.0, -50.0, 0.1, "mV", colour=1),
            Control("tau_m", "τ_m", "Membrane time constant", 5.0, 50.0, 20.0, 0.5, "ms", colour=2),
            Control("current", "i", "Input current", 0.0, strongest, 0.2, 0.002, "nA", colour=3),
            Control("t_ref", "t_ref", "Refractory time", 0.0, 20.0, 2.0, 0.1, "ms", colour=4),
        ],
        readouts=[ReadOut("n"), ReadOut("rate", 1, "Hz")],
        views=[
            Trace(
                "v",
                DT,
                Axis(-72.0, -42.0, "v (mV)"),
                line="v_th",
                spikes="times",
                on=("current", ONSET, DURATION),
                until=SHOWN,
                title="Membrane potential over time, with the threshold and the spikes",
            ),
            Curve(
                "i_curve",
                "rate_curve",
                "current",
                "rate",
                Axis(0.0, strongest, "current i (nA)"),
                "rate (Hz)",
                least=150.0,
                title="Firing rate for every current",
            ),
        ],
        sentence="v_th = {v_th} mV: {n} {n|spike|spikes}, {rate} Hz",
        headline="rate",
        detail=f"{{n}} {{n|spike|spikes}} in one second of current, {SHOWN - ONSET:.0f} ms of it shown",
        kernel=run_step,
        arrays={"seen": SEEN},
        constants={"neuron": LIF(), "dt": DT, "onset": round(ONSET / DT), "strongest": strongest},
        presets={
            "silent": {"current": 0.14},
            "just above rheobase": {"current": 0.152},
            "slow membrane": {"tau_m": 40.0},
            "fast": {"current": 0.4, "tau_m": 10.0},
        },
        python=(
            "from snnlab.neurons import LIF\n"
            "from snnlab.neurons.experiments.lif_step import lif_step\n\n"
            "seen = lif_step({current}, LIF(tau_m={tau_m}, v_th={v_th}, t_ref={t_ref}))\n"
            'print(f"{{seen.rate:.1f}} Hz, {{seen.n}} spikes")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
