"""The panel of reliability: one noisy neuron, repeated under a constant current and under frozen noise."""

from snnlab.coding.generators.frozen_noise import recorded, run_frozen, work
from snnlab.neurons.models.escape import EscapeLIF
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Raster, Trace

__all__ = ["reliability_panel"]

DT, DURATION, TRIALS = 0.4, 800.0, 25  # ms
TAU, PRECISION = 3.0, 2.0  # ms: how long the fluctuation remembers, and how exact a spike has to be
CELL = EscapeLIF()
SEEN = recorded(CELL.t_ref, TRIALS, DURATION, DT)
WORK = dict(zip(("v", "one", "first", "size"), work(SEEN.i.size, TRIALS), strict=True))
QUESTION = (
    "Both rasters are the same neuron with the same noise inside. Why does one of them stand in columns?"
)


def reliability_panel(*, question: str = QUESTION, engine: str = "browser", **values: float) -> Panel:
    """A noisy neuron, 25 times under a constant current and 25 times under the same fluctuating one.

    The noise inside the neuron is new in every repetition. The fluctuating current has the mean of the
    constant one and forgets within 3 ms; it is frozen, the same in all of its repetitions.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    **values
        Start values: ``delta`` (0.1 to 4 mV, the softness of the threshold), ``spread`` (0 to 0.3 nA,
        standard deviation of the fluctuating current), ``mean`` (0.1 to 0.3 nA), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``steady`` and ``steady_units`` (spike times in ms and their repetitions from 0,
        under the constant current), ``times`` and ``units`` (under the fluctuating one), ``i`` (that current,
        nA), and ``constant`` and ``reliable`` (the reliability of both, see
        `snnlab.coding.pairwise_reliability`).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = reliability_panel()
    >>> panel.result.reliable > 2 * panel.result.constant
    True
    """
    return Panel(
        "reliability",
        title="Reliable or not",
        question=question,
        controls=[
            Control("delta", "Δ", "Noise in the neuron", 0.1, 4.0, 0.5, 0.1, "mV", colour=2),
            Control("spread", "σ_i", "Fluctuation of the current", 0.0, 0.3, 0.15, 0.01, "nA", colour=3),
            Control("mean", "μ_i", "Mean current", 0.1, 0.3, 0.2, 0.005, "nA", colour=4),
        ],
        readouts=[
            ReadOut("n_steady"),
            ReadOut("n"),
            ReadOut("constant", 2),
            ReadOut("reliable", 2),
            ReadOut("rate_steady", 1, "Hz"),
            ReadOut("rate", 1, "Hz"),
        ],
        views=[
            Raster(
                "steady",
                "steady_units",
                TRIALS,
                DURATION,
                label="constant",
                title="Spikes of 25 repetitions of a constant current",
            ),
            Raster(
                "times",
                "units",
                TRIALS,
                DURATION,
                label="frozen noise",
                title="Spikes of 25 repetitions of one fluctuating current",
            ),
            Trace(
                "i",
                DT,
                Axis(-0.6, 1.0, "current (nA)"),
                line="mean",
                title="The fluctuating current, the same in all repetitions",
            ),
        ],
        sentence=(
            "Δ = {delta} mV, σ_i = {spread} nA: reliability {constant} under a constant current, "
            "{reliable} under frozen noise"
        ),
        headline="reliable",
        detail=(
            "is the reliability under frozen noise, {constant} under a constant current, "
            "at {rate} and {rate_steady} Hz"
        ),
        kernel=run_frozen,
        arrays={"seen": SEEN} | scratch(WORK),
        constants={"neuron": CELL, "tau": TAU, "sigma": PRECISION, "dt": DT},
        presets={
            "hardly any noise": {"delta": 0.1},
            "much noise": {"delta": 3.0},
            "a gentle current": {"spread": 0.03},
            "a wild current": {"spread": 0.3},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.generators.frozen_noise import frozen_noise\n"
            "from snnlab.neurons import EscapeLIF\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = frozen_noise({mean}, {spread}, EscapeLIF(delta={delta}), rng=np.uint64({seed}))\n"
            'print(f"{{seen.reliable:.2f}}, under a constant current {{seen.constant:.2f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
    )
