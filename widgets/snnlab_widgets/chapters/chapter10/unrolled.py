"""The panel of the unrolled network: when does a recurrent network become a spiking one?"""

from typing import TYPE_CHECKING

from snnlab.networks.comparisons.unrolled import (
    LEAST,
    MOST,
    NEURONS,
    STEPS,
    recorded,
    run_unrolled,
    workspace,
)
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Curve, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["unrolled_panel"]

QUESTION = "How steep must the neurons of a recurrent network be, until it is a spiking one?"


def unrolled_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Eight spiking neurons, and a recurrent network with the same weights and a hard sigmoid.

    Weights and inputs are drawn from the seed. The curve is drawn up to the slope that the reader has
    reached.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``doublings`` (−2 to 12, how often the slope 1 is doubled), ``beta`` (0 to 1), ``theta``
        (what a spike takes away, 0 to 1.5), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.networks.comparisons.unrolled.Unrolled` has.

    Examples
    --------
    >>> print(unrolled_panel(doublings=12, engine="kernel").result.apart)
    0.0
    """
    return Panel(
        "unrolled",
        title="The same weights, with spikes and without",
        question=question,
        controls=[
            Control("doublings", "log₂ k", "Doublings of the slope", LEAST, MOST, 0.0, 1.0, colour=3),
            Control("beta", "β", "What a step leaves", 0.0, 1.0, 0.9, 0.05, colour=4),
            Control("theta", "θ", "What a spike takes away", 0.0, 1.5, 1.0, 0.1, colour=2),
        ],
        readouts=[
            ReadOut("apart", 4),
            ReadOut("nearest", 4),
            ReadOut("n"),
            ReadOut("n_first"),
            ReadOut("additions"),
            ReadOut("products"),
        ],
        views=[
            Trace(
                "v",
                1.0,
                Axis(-1.5, 2.5, "v (thresholds)"),
                name="spiking",
                also=(("v_recurrent", "recurrent", 3),),
                spikes="times",
                title="Potential of the first neuron in both networks, step by step, with its spikes",
                label_x="step",
            ),
            Curve(
                "slopes",
                "distance",
                "doublings",
                "apart",
                Axis(LEAST, MOST, "log₂ of the slope k"),
                "furthest apart (thresholds)",
                least=1.0,
                title="How far the potentials of both networks come apart, against the slope up to this one",
                side="left",
            ),
            Kernels(
                "x",
                (("step", "spiking", 1), ("sigmoid", "recurrent", 3)),
                Axis(0.0, 2.0, "v (thresholds)"),
                Axis(-0.1, 1.1, "output"),
                title="The output of a neuron against its potential: the step, and the hard sigmoid",
            ),
        ],
        sentence=(
            "log₂ k = {doublings}, β = {beta}, θ = {theta}: up to {apart} apart, the nearest potential "
            "{nearest} from the threshold; {n} {n|spike|spikes}, {additions} additions against {products} "
            "multiply-accumulates"
        ),
        headline="apart",
        detail=(
            f"thresholds apart at most, in {STEPS} steps of {NEURONS} neurons. {{n}} {{n|spike|spikes}}: "
            "{additions} additions, {products} multiply-accumulates"
        ),
        kernel=run_unrolled,
        arrays={"seen": recorded(), "work": scratch(workspace())},
        presets={
            "an ordinary recurrent network": {"doublings": -2.0},
            "steep": {"doublings": 6.0},
            "no memory": {"doublings": 4.0, "beta": 0.0},
            "no reset": {"doublings": 4.0, "theta": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.comparisons.unrolled import unrolled\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other weights\n"
            "seen = unrolled({doublings}, {beta}, {theta}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.apart:.4f}} apart at most, {{seen.n}} spikes")'
        ),
        play=("step", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
