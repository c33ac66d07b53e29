"""The panel of the small circuit: eight populations of cortex, their spikes and their rates."""

from typing import TYPE_CHECKING

from snnlab.networks.cells.rows import NoRows
from snnlab.networks.experiments.circuit_cells import DT, HUNDREDTH, SIZES, tables, work
from snnlab.networks.experiments.small_circuit import SETTLING, recorded, run_circuit
from snnlab.networks.microcircuit import OUTSIDE_RATE, RATES_IN_NEST, G
from snnlab_widgets.core.controls import Control, ReadOut, scratch, started
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["small_circuit_panel"]

DURATION, EVERY = 400.0, 4
STEPS, N = round(DURATION / DT), sum(SIZES)
FIRST = [sum(SIZES[: 2 * k]) for k in range(5)]
LAYERS = tuple(
    (name, -(-end // EVERY) - -(-begin // EVERY))
    for name, begin, end in zip(("2/3", "4", "5", "6"), FIRST, FIRST[1:], strict=False)
)
NAMES = ("2/3E", "2/3I", "4E", "4I", "5E", "5I", "6E", "6I")
QUESTION = "Which layer answers most when more comes from outside? And which when inhibition grows weak?"


def small_circuit_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A hundredth of the cortical microcircuit for 400 ms, 771 neurons, of which every fourth is shown.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``outside`` (0 to 16 Hz, of each train from outside), ``g`` (1 to 8: how many times
        stronger an inhibitory synapse is), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.networks.experiments.small_circuit.CircuitActivity` has, and
        ``whole``, the rates of the whole circuit (Hz).

    Examples
    --------
    >>> few, many = (small_circuit_panel(engine="kernel", outside=rate).result for rate in (8, 12))
    >>> bool(many.rate_exc > few.rate_exc)
    True
    """
    return Panel(
        "small_circuit",
        title="A hundredth of a square millimetre",
        question=question,
        controls=[
            Control("outside", "ν", "Rate of each train from outside", 0.0, 16.0, OUTSIDE_RATE, 0.5, "Hz"),
            Control("g", "g", "Inhibition, so many times stronger", 1.0, 8.0, G, 0.25, "", colour=3),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_shown"),
            ReadOut("rate_exc", 1, "Hz"),
            ReadOut("rate_inh", 1, "Hz"),
            ReadOut("fano", 1),
        ],
        views=[
            Raster(
                "times",
                "units",
                sum(rows for _, rows in LAYERS),
                DURATION,
                label="neuron",
                strip="activity",
                groups=LAYERS,
                strip_label="rate of all (Hz)",
                title="Spikes of every fourth neuron, layer below layer, and the mean rate of all",
            ),
            Histogram(
                "rates",
                Axis(0.0, float(len(SIZES)), "layer, excitatory or inhibitory", NAMES),
                "rate (Hz)",
                law="whole",
                names=("here", "whole, as published"),
                title="Mean rate of each population, and as a line that of the whole circuit as published",
            ),
        ],
        sentence=(
            "ν = {outside} Hz, g = {g}: excitatory neurons fire at {rate_exc} Hz, inhibitory ones at "
            "{rate_inh} Hz; population Fano factor {fano}"
        ),
        headline="rate_exc",
        detail="of the excitatory neurons, {rate_inh} Hz of the inhibitory ones; Fano factor {fano}",
        kernel=run_circuit,
        arrays={
            "seen": recorded(STEPS, EVERY),
            "work": scratch(work()),
            "numbers": started(tables()),
            "whole": RATES_IN_NEST,
        },
        constants={
            "rows": NoRows(),
            "w_outside": HUNDREDTH.w_outside,
            "steps": STEPS,
            "every": EVERY,
            "settling": SETTLING,
        },
        presets={
            "as published": {},
            "more from outside": {"outside": 12.0},
            "hardly anything from outside": {"outside": 4.0},
            "weak inhibition": {"g": 1.0},
            "strong inhibition": {"g": 8.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.experiments.small_circuit import small_circuit\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            f"seen = small_circuit({{outside}}, {{g}}, {DURATION}, every={EVERY}, rng=np.uint64({{seed}}))\n"
            'print(f"{{seen.rate_exc:.1f}} Hz, {{seen.rate_inh:.1f}} Hz, Fano factor {{seen.fano:.1f}}")'
        ),
        play=("time (ms)", "Run"),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
