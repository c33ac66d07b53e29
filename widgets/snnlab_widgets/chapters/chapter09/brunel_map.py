"""The panel of Brunel's map: the mean field as colours, and one of its points run."""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from snnlab.networks.brunel_network import NEURON
from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.brunel_map import SMALL, MeanField, brunel_map, run_point
from snnlab.networks.experiments.sparse_cells import DT, work
from snnlab.networks.experiments.sparse_network import SETTLING, measures, recorded
from snnlab.records import blank
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, HeatMap, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["brunel_map_panel"]

G, ETA = (2.0, 8.0), (0.5, 4.0)
COLUMNS, ROWS = 24, 21
DURATION, EVERY = 400.0, 25
STEPS = round(DURATION / DT)
QUESTION = "Where on this map is each neuron a clock, and where do many fire together?"


@cache
def mean_field() -> np.ndarray:
    """The colours of the map, Hz."""
    g, eta = (low + (high - low) * (np.arange(n) + 0.5) / n for (low, high), n in ((G, COLUMNS), (ETA, ROWS)))
    return brunel_map(g, eta, n_exc=SMALL.n_exc, w=SMALL.w).round(2)


def brunel_map_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Brunel's network with 1250 neurons for 400 ms, at a point of the map of its mean field.

    Each neuron hears 100 excitatory and 25 inhibitory ones, and a jump is 0.5 mV: a tenth of the inputs of
    the article, each five times as strong. Fifty neurons are shown.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``g`` (2 to 8: how many times stronger an inhibitory synapse is), ``eta`` (0.5 to 4:
        input from outside, in thresholds), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units``, the spikes that are shown, and their number
        ``n_shown``; ``v`` (mV above rest) and ``own`` (ms), potential and spikes of neuron 1, and their
        number ``n_own``; ``activity`` (Hz), in bins of 2 ms; ``n`` (spikes of all), ``rate_exc``,
        ``rate_inh`` and ``expected`` (Hz: measured twice, and in mean field), ``cv`` and ``fano``;
        ``rates`` (Hz), the map.

    Examples
    --------
    >>> result = brunel_map_panel(engine="kernel", g=6.0, eta=2.0).result
    >>> bool(abs(result.rate_exc / result.expected - 1) < 0.2)
    True
    """
    return Panel(
        "brunel_map",
        title="The map of Brunel",
        question=question,
        controls=[
            Control("g", "g", "Inhibition, so many times stronger", *G, 5.0, 0.1, "", colour=3),
            Control("eta", "η", "Input from outside, in thresholds", *ETA, 2.0, 0.1, "", colour=1),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_shown"),
            ReadOut("n_own"),
            ReadOut("rate_exc", 1, "Hz"),
            ReadOut("rate_inh", 1, "Hz"),
            ReadOut("expected", 1, "Hz"),
            ReadOut("cv", 2),
            ReadOut("fano", 1),
        ],
        views=[
            HeatMap(
                "rates",
                Axis(*G, "inhibition g"),
                Axis(*ETA, "input η (thresholds)"),
                Axis(0.0, 100.0, "mean field (Hz), 100 or more"),
                Handle("Inhibition and input", "g", "eta"),
                title="The rate that brings about itself, for every inhibition and every input from outside",
            ),
            Raster(
                "times",
                "units",
                (SMALL.n_exc + SMALL.n_inh) // EVERY,
                DURATION,
                label="neuron",
                strip="activity",
                groups=(("exc.", SMALL.n_exc // EVERY), ("inh.", SMALL.n_inh // EVERY)),
                strip_label="rate of all (Hz)",
                title="Spikes of fifty of 1250 neurons, the last ten inhibitory, and the mean rate of all",
            ),
        ],
        sentence=(
            "g = {g}, η = {eta}: {rate_exc}, {expected} in mean field[; CV {cv}]"
            "[, population Fano factor {fano}]"
        ),
        headline="rate_exc",
        detail="where the mean field says {expected}[; CV {cv}][, Fano factor of all spikes {fano}]",
        kernel=run_point,
        arrays={
            "seen": recorded(SMALL, STEPS, EVERY),
            "theory": blank(MeanField),
            "work": scratch(work(SMALL, STEPS)),
            "told": scratch(measures(SMALL)),
            "rates": mean_field(),
        },
        constants={"net": SMALL, "neuron": NEURON, "rows": NoRows(), "every": EVERY, "settling": SETTLING},
        presets={
            "irregular": {},
            "clocks, and fast": {"g": 3.0},
            "fast, together": {"g": 7.0, "eta": 4.0},
            "slow, together": {"g": 4.5, "eta": 0.9},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.experiments.brunel_map import brunel_point\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen, theory = brunel_point({g}, {eta}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.rate_exc:.1f}} Hz, {{theory.expected:.1f}} Hz in mean field, CV {{seen.cv:.2f}}")'
        ),
        play=("time (ms)", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
