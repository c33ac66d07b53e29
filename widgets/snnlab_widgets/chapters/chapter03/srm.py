"""The panel of the spike response model: drag its kernels, and compare two of its forms on one input."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.neurons.experiments.srm_memory import LONGEST, recorded, run_memory
from snnlab.neurons.models.srm_parameters import SRM
from snnlab.neurons.synaptic import exponential_psp
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["srm_panel"]

DT, DURATION = 0.1, 400.0  # ms
SEEN = recorded(DURATION, DT)
CELL = SRM(t_ref=2.0)
PEAK = CELL.tau_m * CELL.tau_s / (CELL.tau_m - CELL.tau_s) * math.log(CELL.tau_m / CELL.tau_s)  # ms
HEIGHT = float(exponential_psp(PEAK, CELL.tau_m, CELL.tau_s))
QUESTION = "Blue feels every spike it has fired, grey only its last. Here they agree. When do they not?"

_COUNT = np.arange(62.0)
ARRIVALS = np.array([10.0, 70.0, 75.0, 80.0, *(140.0 + 4.0 * _COUNT + np.round(1.5 * np.sin(_COUNT), 1))])
"""When the input spikes arrive, ms: one, three together, and then many, four ms apart on average."""


def srm_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A spike response neuron whose two kernels can be dragged, in two of its forms at once.

    Its response to an input spike is w times the PSP of an exponential synapse (5 ms) and a membrane of
    20 ms; its response to an own spike is −a exp(−s/τ). Input spikes arrive at fixed times in 400 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``w`` (0 to 10 mV), ``eta`` (0 to 20 mV), ``tau_eta`` (5 to 150 ms), ``v_th`` (−60 to
        −40 mV).

    Returns
    -------
    Panel
        ``panel.result`` has ``s`` (ms), ``epsilon`` and ``eta_drawn`` (mV), the kernels; ``h``, the response
        to the input, ``v`` and ``v_last``, the potentials of the cumulative form and of SRM0 (mV, one value a
        step of 0.1 ms, −∞ while refractory); ``times`` and ``times_last`` (ms), ``n`` and ``n_last`` (spikes)
        of either.

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(srm_panel(w=2.0))
    w = 2.0 mV, η = −15.0 mV for 20 ms: 0 spikes; if only the last one counts, 0
    """
    return Panel(
        "srm",
        title="Spike response model",
        question=question,
        controls=[
            Control("w", "w", "Weight of an input", 0.0, 10.0, 4.0, 0.1, "mV", colour=2),
            Control("eta", "a", "Depth of η", 0.0, 20.0, 15.0, 0.1, "mV", colour=1),
            Control("tau_eta", "τ_η", "Duration of η", 5.0, 150.0, 20.0, 1.0, "ms", colour=4),
            Control("v_th", "ϑ", "Threshold", -60.0, -40.0, -50.0, 0.1, "mV", colour=5),
        ],
        readouts=[ReadOut("n"), ReadOut("n_last")],
        views=[
            Kernels(
                "s",
                (("epsilon", "w ε, an input spike", 2), ("eta_drawn", "η, an own spike", 1)),
                Axis(0.0, LONGEST, "time since the spike (ms)"),
                Axis(-20.0, 10.0, "response (mV)"),
                handles=(
                    Handle("Height of ε", PEAK, ("w", HEIGHT)),
                    Handle("Depth and duration of η", "tau_eta", ("eta", -math.exp(-1.0))),
                ),
                title="The response to an input spike and the response to an own spike",
            ),
            Trace(
                "h",
                DT,
                Axis(0.0, 55.0, "Σ w ε (mV)"),
                spikes="arrivals",
                title="The sum of the responses to the input spikes, whose times are the ticks above",
            ),
            Trace(
                "v",
                DT,
                Axis(-80.0, -40.0, "u (mV)"),
                line="v_th",
                spikes="times",
                behind="v_last",
                name="every spike counts",
                behind_name="only the last",
                behind_spikes="times_last",
                rows=("last spike only", "every spike"),
                title="The potential of both forms, with the threshold and the spikes",
            ),
        ],
        sentence=(
            "w = {w} mV, η = −{eta} mV for {tau_eta} ms: {n} {n|spike|spikes}; if only the last one counts, "
            "{n_last}"
        ),
        headline="n",
        detail=(
            "{n|spike|spikes} where every own spike counts (blue), {n_last} where only the last does (grey)"
        ),
        kernel=run_memory,
        arrays={"seen": SEEN, "work": Array((5, SEEN.h.size + 1), work=True), "arrivals": ARRIVALS},
        constants={"neuron": CELL, "longest": LONGEST, "dt": DT},
        presets={
            "one response": {"v_th": -40.0, "w": 3.0},
            "long and shallow": {"eta": 6.0, "tau_eta": 120.0},
            "no after-effect": {"eta": 0.0},
            "strong input": {"w": 8.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab import Spikes\n"
            "from snnlab.neurons import SRM\n"
            "from snnlab.neurons.experiments.srm_memory import srm_memory\n\n"
            "n = np.arange(62)\n"
            "many = 140 + 4 * n + np.round(1.5 * np.sin(n), 1)\n"
            f"inputs = Spikes([10, 70, 75, 80, *many], duration={DURATION})\n"
            f"neuron = SRM(v_th={{v_th}}, t_ref={CELL.t_ref})\n"
            "seen = srm_memory(inputs, {w}, {eta}, {tau_eta}, neuron)\n"
            'print(f"{{seen.n}} spikes, {{seen.n_last}} if only the last one counts")'
        ),
        sound=("times",),
        values=values,
        engine=engine,
        goal=goal,
    )
