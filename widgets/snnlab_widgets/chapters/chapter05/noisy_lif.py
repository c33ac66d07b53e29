"""The panel of a neuron under noise: driven over its threshold by the mean current, or only by chance."""

from typing import TYPE_CHECKING

import numpy as np

from snnlab.coding.generators.noise_driven import LONGEST, WIDTH, recorded, run_driven
from snnlab.neurons.models.lif import LIF
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Histogram, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["noisy_lif_panel"]

DT, DURATION, SHOWN = 0.2, 20_000.0, 500.0  # ms
STEPS = round(DURATION / DT)
SEEN = recorded(STEPS, DT)
CELL = LIF()
QUESTION = "Two ways to fire at the same rate. In which of them are the spikes regular?"


def noisy_lif_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A leaky integrate-and-fire neuron under a mean current and white noise.

    It runs for 20 s at steps of 0.2 ms; the trace shows the first half second.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``mean`` (0 to 0.25 nA), ``sigma`` (0 to 10 mV: how far the noise scatters a potential
        that never reaches the threshold), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``shown`` (v in mV, the first half second), ``threshold`` and
        ``goal`` (mV, over the same time; the goal is v_rest + R i), ``times`` (spike times, ms),
        ``intervals`` (how many fall into each bin of 5 ms) and ``law`` (how many would, were the spikes those
        of a Poisson process of the same rate); ``n`` (spikes), ``rate`` (Hz), ``cv`` (coefficient of
        variation of the intervals; NaN with fewer than two).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> print(noisy_lif_panel(mean=0.2, sigma=0))
    i = 0.200 nA, σ = 0.0 mV: 671 spikes, 33.5 Hz, CV 0.00
    """
    return Panel(
        "noisy_lif",
        title="A neuron under noise",
        question=question,
        controls=[
            Control("mean", "i", "Mean current", 0.0, 0.25, 0.164, 0.001, "nA", colour=3),
            Control("sigma", "σ", "Noise", 0.0, 10.0, 0.5, 0.1, "mV", colour=4),
        ],
        readouts=[ReadOut("n"), ReadOut("rate", 1, "Hz"), ReadOut("cv", 2, none="no CV")],
        views=[
            Trace(
                "shown",
                DT,
                Axis(-90.0, -40.0, "v (mV)"),
                spikes="times",
                name="v",
                also=(("threshold", "threshold", 1), ("goal", "goal of the mean current", 3)),
                until=SHOWN,
                title="Membrane potential with its threshold and its goal, and the spikes",
                handles=(Handle("Goal of the mean current", SHOWN, ("mean", CELL.r_m, CELL.v_rest)),),
            ),
            Histogram(
                "intervals",
                Axis(0.0, LONGEST, "interval (ms)"),
                "intervals",
                law="law",
                names=("counted", "expected by the law"),
                colour=5,
                title="How many intervals there are of each length, and how many the exponential law expects",
            ),
        ],
        sentence="i = {mean} nA, σ = {sigma} mV: {n} {n|spike|spikes}, {rate} Hz[, CV {cv}]",
        headline="cv",
        detail=(
            "[{cv||}is the CV of the intervals]{cv|||of fewer than two intervals}"
            f", at {{rate}} Hz; {{n}} {{n|spike|spikes}} in {DURATION / 1000:.0f} "
            f"seconds, of which {SHOWN:.0f} ms are shown"
        ),
        kernel=run_driven,
        arrays={
            "seen": SEEN,
            "threshold": np.full(SEEN.shown.shape, CELL.v_th),
            "i": Array((STEPS,), work=True),
            "v": Array((STEPS,), work=True),
        },
        constants={"neuron": CELL, "width": WIDTH, "dt": DT},
        presets={
            "by the mean": {"mean": 0.164, "sigma": 0.5},
            "by chance": {"mean": 0.095, "sigma": 8.0},
            "just below": {"mean": 0.145, "sigma": 0.5},
            "rarely": {"mean": 0.05, "sigma": 5.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.generators.noise_driven import noise_driven\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = noise_driven({mean}, {sigma}, rng=np.uint64({seed}))\n"
            'print(f"CV {{seen.cv:.2f}}, {{seen.n}} spikes, {{seen.rate:.1f}} Hz")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
