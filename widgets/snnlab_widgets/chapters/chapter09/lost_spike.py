"""The panel of a lost spike: the same network twice, but for one spike."""

from typing import TYPE_CHECKING

from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.deleted_spike import AFTER, BEFORE, STEPS, recorded, run_worlds, second
from snnlab.networks.experiments.sparse_cells import SparseNetwork, work
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["lost_spike_panel"]

NET, EVERY = SparseNetwork(), 50
PAIRS = (NET.n_exc + NET.n_inh) // EVERY
QUESTION = (
    "Two networks are the same to the last digit, until one of them loses a single spike at 50 ms. Will the "
    "two find together again?"
)


def lost_spike_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """The network of `balanced_panel`, with and without one spike, for 200 ms after it.

    Twenty neurons are shown, each in two rows: first in the world in which the spike arrived, then in the
    other.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``w`` (0.2 to 2 mV), ``g`` (0 to 12), ``eta`` (0 to 2), as for `balanced_panel`;
        ``loop`` (1, or 0 if the second world hears the spikes of the first and not its own), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units``, the spikes that are shown, and their number
        ``n_shown``; ``apart`` (mV), the mean distance of the potentials, and ``share`` (%) of the neurons
        that differ, each ms from the loss on; ``there`` (spikes of all after the loss) and ``missing`` (how
        many of them the other world does not have), ``end`` (mV, the distance at the end), ``growth`` (1/s)
        and ``half`` (ms, until half of the end is reached; NaN where it fades).

    Examples
    --------
    >>> panel = lost_spike_panel(engine="kernel")
    >>> panel.loop = 0
    >>> bool(panel.result.growth < 0)
    True
    """
    return Panel(
        "lost_spike",
        title="One spike less",
        question=question,
        controls=[
            Control("w", "w", "Jump of an excitatory synapse", 0.2, 2.0, 1.0, 0.1, "mV", colour=2),
            Control("g", "g", "Inhibition, so many times stronger", 0.0, 12.0, 10.0, 0.5, "", colour=3),
            Control("eta", "η", "Input from outside, in thresholds", 0.0, 2.0, 1.5, 0.1, "", colour=1),
            Control("loop", "l", "Hears its own spikes", 0.0, 1.0, 1.0, 1.0, "", colour=5),
        ],
        readouts=[
            ReadOut("n_shown"),
            ReadOut("there"),
            ReadOut("missing"),
            ReadOut("end", 2, "mV"),
            ReadOut("growth", 0, "1/s"),
            ReadOut("half", 0, "ms"),
        ],
        views=[
            Raster(
                "times",
                "units",
                2 * PAIRS,
                float(BEFORE + AFTER),
                label="row",
                title="Spikes of twenty neurons, two rows each: with the spike, and without it",
            ),
            Trace(
                "apart",
                1.0,
                Axis(0.0, 10.0, "distance (mV)"),
                colour=1,
                title="The mean distance of the potentials in the two worlds, from the lost spike on",
            ),
            Trace(
                "share",
                1.0,
                Axis(0.0, 100.0, "neurons that differ (%)"),
                colour=3,
                title="How many of the thousand neurons differ, from the lost spike on",
            ),
        ],
        sentence=(
            "w = {w} mV, g = {g}, η = {eta}, loop {loop}: of {there} spikes {missing} are moved or "
            "missing in the world that lost one; distance {end}[, λ = {growth}]"
        ),
        headline="missing",
        detail=(
            "of {there} spikes in 200 ms are moved or missing in the world that lost one; the potentials end "
            "{end} apart[, λ = {growth}]"
        ),
        kernel=run_worlds,
        arrays={
            "seen": recorded(NET, EVERY),
            "work": scratch(work(NET, STEPS)),
            "other": scratch(second(NET)),
        },
        constants={"net": NET, "neuron": NEURON, "rows": NoRows(), "every": EVERY},
        presets={
            "lost": {},
            "the loop cut": {"loop": 0.0},
            "weak synapses": {"w": 0.2},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.experiments.deleted_spike import deleted_spike\n"
            "from snnlab.networks.experiments.sparse_cells import SparseNetwork\n\n"
            "net = SparseNetwork(w={w}, g={g}, eta={eta})\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = deleted_spike(net, loop={loop} > 0, rng=np.uint64({seed}))\n"
            'print(f"{{seen.missing}} of {{seen.there}} spikes moved or missing, {{seen.end:.2f}} mV apart")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
