"""The panel of a bump that is pushed: a ring of neurons that remembers where its cue was."""

from typing import TYPE_CHECKING

from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.bump import WINDOW, Inputs, recorded, run_bump, votes
from snnlab.networks.experiments.ring_cells import DT, SYNAPSES, RingNetwork, tables, work
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["bump_panel"]

NET, INPUTS, DURATION, EVERY = RingNetwork(), Inputs(), 3000.0, 4
STEPS = round(DURATION / DT)
WHOLE, NUMBERS, AT_MOST = tables(NET)
QUESTION = (
    "For a quarter of a second a cue excites the neurons around 180°, and then it is gone. What do they do "
    "without it, and can you move what is left?"
)


def bump_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A ring of 512 excitatory and 128 inhibitory neurons for 3 s, with a cue at 180° from 250 to 500 ms.

    Every fourth excitatory neuron is shown. The push comes from 1000 to 1500 ms.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``push_at`` (0 to 360°: where the push is), ``push`` (0 to 20 mV: how strong),
        ``structure`` (0 to 100 %: share of the excitation that falls off with distance), ``frozen`` (0 to
        100 %: share of its weights that a draw takes away or makes fourfold, the same draw for each seed),
        ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units`` (row 0 the largest angle), the spikes that are
        shown, and their number ``n_shown``; ``centre`` and ``width`` (degrees), those of the bump in windows
        of 50 ms, NaN where there is none; ``end``, ``off`` and ``wide`` (degrees), where it is in the last
        250 ms, how far from the cue, and its width; ``rate_exc`` and ``rate_inh`` (Hz) at that time.

    Examples
    --------
    >>> result = bump_panel(engine="kernel").result
    >>> bool(abs(result.off) < 45)
    True
    """
    return Panel(
        "bump",
        title="A bump that you push",
        question=question,
        controls=[
            Control("push_at", "θ", "Push at", 0.0, 360.0, 240.0, 5.0, "°", colour=2),
            Control("push", "u", "Push", 0.0, 20.0, 0.0, 1.0, "mV", colour=1),
            Control("structure", "s", "Structured excitation", 0.0, 100.0, 90.0, 5.0, "%", colour=3),
            Control("frozen", "h", "Frozen differences of weights", 0.0, 100.0, 0.0, 10.0, "%", colour=4),
        ],
        readouts=[
            ReadOut("n_shown"),
            ReadOut("end", 0, "°", none="no bump"),
            ReadOut("off", 0, "°"),
            ReadOut("wide", 0, "°"),
            ReadOut("rate_exc", 1, "Hz"),
            ReadOut("rate_inh", 1, "Hz"),
        ],
        views=[
            Raster(
                "times",
                "units",
                NET.n_exc // EVERY,
                DURATION,
                label="row: 360° at the top, 0° at the bottom",
                title="Spikes of every fourth excitatory neuron, 360° at the top and 0° at the bottom",
            ),
            Trace(
                "centre",
                WINDOW,
                Axis(0.0, 360.0, "centre of the bump (°)"),
                line="push_at",
                on=("push", INPUTS.push_on, INPUTS.push_off),
                title="The direction of the population vector; drag the line to where the push shall be",
            ),
        ],
        sentence=(
            "push of {push} mV at {push_at}°, structured {structure} %, frozen {frozen} %: "
            "[the bump ends at {end}°, {off}° from the cue, {wide}° wide]{end|||no bump stays to the end}; "
            "{rate_exc} and {rate_inh} Hz"
        ),
        headline="end",
        detail=(
            "[is where the bump ends, {off} from its cue and {wide} wide]{end|||stays to the end}; "
            "{rate_exc} and {rate_inh}"
        ),
        kernel=run_bump,
        arrays={
            "seen": recorded(NET, STEPS, EVERY),
            "work": scratch(work(NET)),
            "told": scratch(votes(NET, STEPS)),
            "whole": WHOLE,
            "numbers": NUMBERS,
            "at_most": AT_MOST,
        },
        constants={
            "net": NET,
            "inputs": INPUTS,
            "neuron": NEURON,
            "synapses": SYNAPSES,
            "rows": NoRows(),
            "every": EVERY,
        },
        presets={
            "left alone": {},
            "pushed": {"push": 12.0},
            "pushed far away": {"push_at": 320.0, "push": 20.0},
            "no structure": {"structure": 0.0},
            "frozen differences": {"frozen": 100.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.experiments.bump import Inputs, bump\n"
            "from snnlab.networks.experiments.ring_cells import RingNetwork\n\n"
            "net = RingNetwork(structure={structure}, frozen={frozen})\n"
            "inputs = Inputs(push_at={push_at}, push={push})\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = bump(net, inputs, rng=np.uint64({seed}))\n"
            'print(f"{{seen.end:.1f}}°, {{seen.off:.1f}}° from the cue")'
        ),
        play=("time (ms)", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
