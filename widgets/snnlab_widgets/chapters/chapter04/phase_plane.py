"""The panel of the phase plane: two lines on which one variable stands still, and a kick."""

from typing import TYPE_CHECKING

from snnlab.neurons.experiments import phase_plane as plane
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["phase_plane_panel"]

SEEN = plane.recorded()
CELL = plane.TURNING
QUESTION = "Raise the current until the neuron cannot rest. Do the two lines part, or do they still cross?"


def phase_plane_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """An AdEx neuron without jumps in its phase plane, under a constant current and a kick of 5 ms.

    It rests under the current, if it can, and gets the kick after 100 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``current`` (0 to 0.8 nA), ``a`` (0 to 0.04 µS), ``tau_w`` (10 to 150 ms), ``kick`` (−2
        to 2 nA).

    Returns
    -------
    Panel
        ``panel.result`` has ``v`` (one value a step of 0.1 ms), ``along``, ``v_line``, ``w_line`` and
        ``path`` (what is drawn), ``times`` (spike times, ms); ``n`` (spikes), ``rest`` (mV), ``rate`` (Hz)
        and ``holds``, ``turning`` and ``lasting``, which are 0 or 1.

    Examples
    --------
    >>> print(phase_plane_panel(current=0.2))
    i = 0.200 nA, a = 0.000 µS, τ_w = 50 ms, kick 0.0 nA: it cannot rest, 15 spikes, in the end 26 Hz
    """
    return Panel(
        "phase_plane",
        title="Two variables in their plane",
        question=question,
        controls=[
            Control("current", "i", "Current", 0.0, 0.8, 0.1, 0.005, "nA", colour=1),
            Control("a", "a", "How strongly w follows v", 0.0, 0.04, 0.0, 0.002, "µS", colour=2),
            Control("tau_w", "τ_w", "Time constant of w", 10.0, 150.0, CELL.tau_w, 5.0, "ms", colour=4),
            Control("kick", "kick", "Kick of 5 ms", -2.0, 2.0, 0.0, 0.1, "nA", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("rest", 1, "mV", none="none"),
            ReadOut("holds"),
            ReadOut("turning"),
            ReadOut("lasting"),
            ReadOut("rate", 0, "Hz", none="one spike"),
        ],
        views=[
            Kernels(
                "along",
                (("v_line", "v stands still", 1), ("w_line", "w stands still", 2), ("path", "the state", 3)),
                Axis(plane.V_LOW, plane.V_HIGH, "v (mV)"),
                Axis(plane.W_LOW, plane.W_HIGH, "w (nA)"),
                handles=(Handle("Current", CELL.v_rest, "current"),),
                title="The plane of v and w: the two lines on which one of them stands still, and the state",
            ),
            Trace(
                "v",
                plane.DT,
                Axis(-80.0, -40.0, "v (mV)"),
                spikes="times",
                on=("kick", plane.KICK, plane.KICK_END),
                title="Membrane potential over time, the spikes, and when the kick is",
            ),
        ],
        sentence=(
            "i = {current} nA, a = {a} µS, τ_w = {tau_w} ms, kick {kick} nA: "
            "{holds|it can rest|it cannot rest}, {n} {n|spike|spikes}[, in the end {rate} Hz]"
        ),
        headline="n",
        detail=(
            "{n|spike|spikes}. {holds|It can rest|It cannot rest}; with these numbers the rest is lost "
            "{turning|by turning, before the lines part|when the lines part}[. In the end: {rate} Hz]"
        ),
        kernel=plane.run_plane,
        arrays={"seen": SEEN} | scratch(plane.buffers(SEEN)),
        constants={"neuron": CELL},
        presets={
            "the lines part": {"current": 0.135},
            "it begins to turn": {"current": 0.445, "a": 0.02},
            "it rests, or it fires": {"current": 0.42, "a": 0.02, "kick": 1.0},
            "after a pull": {"current": 0.38, "a": 0.02, "kick": -1.0},
        },
        python=(
            "from snnlab.neurons.experiments.phase_plane import TURNING, phase_plane\n\n"
            "seen = phase_plane({current}, {kick}, TURNING._replace(a={a}, tau_w={tau_w}))\n"
            'print(f"{{seen.n}} spikes, in the end {{seen.rate:.0f}} Hz")'
        ),
        sound=("times",),
        values=values,
        engine=engine,
        goal=goal,
    )
