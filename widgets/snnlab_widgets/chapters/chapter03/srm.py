"""The panel of the spike response model: drag its kernels, and compare two of its forms on one input."""

import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.compiling import kernel
from snnlab.neurons.srm_kernels import add_responses, run
from snnlab.neurons.srm_parameters import SRM
from snnlab.neurons.synaptic import exponential_psp, psp_at
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["srm_panel"]

DT, DURATION, LONGEST = 0.1, 400.0, 150.0  # ms; the kernels are drawn up to the last of them
STEPS, POINTS = round(DURATION / DT), 301
CELL = SRM(t_ref=2.0)
PEAK = CELL.tau_m * CELL.tau_s / (CELL.tau_m - CELL.tau_s) * math.log(CELL.tau_m / CELL.tau_s)  # ms
HEIGHT = float(exponential_psp(PEAK, CELL.tau_m, CELL.tau_s))
QUESTION = "Blue feels every spike it has fired, grey only its last. Here they agree. When do they not?"

_COUNT = np.arange(62.0)
ARRIVALS = np.array([10.0, 70.0, 75.0, 80.0, *(140.0 + 4.0 * _COUNT + np.round(1.5 * np.sin(_COUNT), 1))])
"""When the input spikes arrive, ms: one, three together, and then many, four ms apart on average."""


@kernel
def srm_figure(
    arrivals, jump, s, epsilon, eta_drawn, response, own, h, r, r_last, v, v_last, times, times_last, out,
    w, eta, tau_eta, v_th, tau_m, tau_s, v_rest, t_ref, dt, longest,
):  # fmt: skip
    """Both kernels, and one input through the cumulative form and through SRM0."""
    for k in range(s.size):
        s[k] = longest * k / (s.size - 1)
        epsilon[k] = w * psp_at(s[k], tau_m, tau_s)
        eta_drawn[k] = -eta * math.exp(-s[k] / tau_eta)
    for t in range(h.size):
        response[t] = psp_at(t * dt, tau_m, tau_s)
        own[t] = -eta * math.exp(-t * dt / tau_eta)
    for k in range(arrivals.size):
        jump[round(arrivals[k] / dt)] += w
    add_responses(jump, response, 1, h)
    out[0] = run(h, own, r, v, times, True, v_rest, v_th, t_ref, dt)
    out[1] = run(h, own, r_last, v_last, times_last, False, v_rest, v_th, t_ref, dt)
    for k in range(int(out[0])):  # drawn up to the threshold; then comes the gap of the refractory time
        v[round(times[k] / dt) - 1] = v_th
    for k in range(int(out[1])):
        v_last[round(times_last[k] / dt) - 1] = v_th


def srm_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A spike response neuron whose two kernels can be dragged, in two of its forms at once.

    Its response to an input spike is w times the PSP of an exponential synapse (5 ms) and a membrane of
    20 ms; its response to an own spike is −a exp(−s/τ). Input spikes arrive at fixed times in 400 ms.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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
        kernel=srm_figure,
        arrays={
            "arrivals": ARRIVALS,
            "jump": Array((STEPS + 1,), work=True),
            "s": Array((POINTS,)),
            "epsilon": Array((POINTS,)),
            "eta_drawn": Array((POINTS,)),
            "response": Array((STEPS,), work=True),
            "own": Array((STEPS,), work=True),
            "h": Array((STEPS,)),
            "r": Array((STEPS,), work=True),
            "r_last": Array((STEPS,), work=True),
            "v": Array((STEPS,)),
            "v_last": Array((STEPS,)),
            "times": Array((STEPS,), upto="n"),
            "times_last": Array((STEPS,), upto="n_last"),
        },
        constants={
            "tau_m": CELL.tau_m,
            "tau_s": CELL.tau_s,
            "v_rest": CELL.v_rest,
            "t_ref": CELL.t_ref,
            "dt": DT,
            "longest": LONGEST,
        },
        presets={
            "one response": {"v_th": -40.0, "w": 3.0},
            "long and shallow": {"eta": 6.0, "tau_eta": 120.0},
            "no after-effect": {"eta": 0.0},
            "strong input": {"w": 8.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab import Spikes\n"
            "from snnlab.neurons import SRMKernels, exponential_psp, simulate_srm_cumulative_kernels\n\n"
            f"s = np.arange({STEPS}) * {DT}  # ms\n"
            "eta = -{eta} * np.exp(-s / {tau_eta})\n"
            f"epsilon = exponential_psp(s, {CELL.tau_m}, {CELL.tau_s})\n"
            f"neuron = SRMKernels(eta, epsilon, v_th={{v_th}}, t_ref={CELL.t_ref})\n"
            "n = np.arange(62)\n"
            "many = 140 + 4 * n + np.round(1.5 * np.sin(n), 1)\n"
            f"inputs = Spikes([10, 70, 75, 80, *many], duration={DURATION})\n"
            "print(simulate_srm_cumulative_kernels(inputs, [{w}], neuron).spikes.n_spikes)"
        ),
        sound=("times",),
        values=values,
        engine=engine,
        goal=goal,
    )
