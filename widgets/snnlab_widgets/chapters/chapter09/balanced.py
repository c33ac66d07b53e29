"""The panel of a balanced network: a thousand neurons, half a second, at each move."""

from typing import TYPE_CHECKING

from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.sparse_cells import DT, SparseNetwork, work
from snnlab.networks.experiments.sparse_network import SETTLING, measures, recorded, run_sparse
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["balanced_panel"]

NET, DURATION, EVERY = SparseNetwork(), 500.0, 10
STEPS = round(DURATION / DT)
ROWS = (NET.n_exc + NET.n_inh) // EVERY
QUESTION = (
    "Every neuron is a clock as long as its input is steady. Here a thousand of them hear each other, and "
    "none keeps time. What is it that makes them irregular?"
)


def balanced_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A sparse random network of 800 excitatory and 200 inhibitory neurons for 500 ms, at steps of 0.1 ms.

    Every tenth neuron is shown; the last twenty rows are inhibitory. What is measured leaves out the first
    100 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``w`` (0.1 to 2 mV: jump of an excitatory synapse), ``g`` (0 to 12: how many times
        stronger an inhibitory one is), ``eta`` (0 to 2: input from outside, in thresholds), ``chance`` (0 to
        100 %: how much of that comes as Poisson spikes, the rest as a constant current), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units``, the spikes of the neurons that are shown, and their
        number ``n_shown``; ``v`` (mV above rest) and ``own`` (ms), potential and spikes of neuron 1, and
        their number ``n_own``; ``activity`` (Hz), in bins of 2 ms; ``n`` (spikes of all), ``rate_exc`` and
        ``rate_inh`` (Hz), ``cv`` (mean coefficient of variation) and ``fano`` (of the population).

    Examples
    --------
    >>> panel = balanced_panel(engine="kernel", chance=0)
    >>> bool(panel.result.cv > 0.5)
    True
    """
    return Panel(
        "balanced",
        title="A balanced network",
        question=question,
        controls=[
            Control("w", "w", "Jump of an excitatory synapse", 0.1, 2.0, 1.0, 0.1, "mV", colour=2),
            Control("g", "g", "Inhibition, so many times stronger", 0.0, 12.0, 10.0, 0.5, "", colour=3),
            Control("eta", "η", "Input from outside, in thresholds", 0.0, 2.0, 1.5, 0.1, "", colour=1),
            Control("chance", "p", "By chance", 0.0, 100.0, 100.0, 10.0, "%", colour=4),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_shown"),
            ReadOut("n_own"),
            ReadOut("rate_exc", 1, "Hz"),
            ReadOut("rate_inh", 1, "Hz"),
            ReadOut("cv", 2, none="no CV"),
            ReadOut("fano", 1),
        ],
        views=[
            Raster(
                "times",
                "units",
                ROWS,
                DURATION,
                label="neuron",
                strip="activity",
                strip_label="rate of all (Hz)",
                focus=1,
                groups=(("exc.", NET.n_exc // EVERY), ("inh.", NET.n_inh // EVERY)),
                title=(
                    "Spikes of a hundred of the thousand neurons, the last twenty rows inhibitory, and the "
                    "mean rate of all"
                ),
            ),
            Trace(
                "v",
                DT,
                Axis(-30.0, 22.0, "v of the first neuron (mV)"),
                spikes="own",
                title="The membrane potential of the first neuron; its threshold is at 20 mV",
            ),
        ],
        sentence=(
            "w = {w} mV, g = {g}, η = {eta}, {chance} % by chance: [CV {cv}, ]{rate_exc} and {rate_inh}"
            "[, population Fano factor {fano}]"
        ),
        headline="cv",
        detail=(
            "[{cv||}is the mean CV of the intervals]{cv|||where too few neurons fire}; "
            "excitatory {rate_exc}, inhibitory {rate_inh}[; Fano factor of all spikes {fano}]"
        ),
        kernel=run_sparse,
        arrays={
            "seen": recorded(NET, STEPS, EVERY),
            "work": scratch(work(NET, STEPS)),
            "told": scratch(measures(NET)),
        },
        constants={"net": NET, "neuron": NEURON, "rows": NoRows(), "every": EVERY, "settling": SETTLING},
        presets={
            "balanced": {},
            "nothing by chance": {"chance": 0.0},
            "no inhibition": {"g": 0.0, "chance": 0.0},
            "weak synapses": {"w": 0.1, "chance": 0.0},
            "no current": {"eta": 0.0, "chance": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.experiments.sparse_cells import SparseNetwork\n"
            "from snnlab.networks.experiments.sparse_network import sparse_network\n\n"
            "net = SparseNetwork(w={w}, g={g}, eta={eta}, chance={chance})\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = sparse_network(net, rng=np.uint64({seed}))\n"
            'print(f"CV {{seen.cv:.2f}}, {{seen.rate_exc:.1f}} and {{seen.rate_inh:.1f}} Hz")'
        ),
        play=("time (ms)", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
