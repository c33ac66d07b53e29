"""The panel of the jump: when is a neuron faster or slower than the formula of noise?"""

from typing import TYPE_CHECKING

from snnlab.networks.comparisons.diffusion_limit import (
    GRID,
    LARGEST,
    MOST_DOWN,
    SMALLEST,
    STRONGEST,
    recorded,
    run_diffusion_limit,
)
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["diffusion_limit_panel"]

QUESTION = (
    "The mean stays, the jumps grow: which is faster, neuron or formula? And with the mean at 0.6, if none "
    "of the jumps go down, or four of ten? One run of 40 s scatters by 2 % or more."
)
FASTEST = 120.0  # Hz


def diffusion_limit_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A neuron that hears Poisson jumps, computed from jump to jump, and Siegert's formula.

    Larger jumps come less often, so that the mean of the free potential stays. Both curves are drawn as far
    as the reader has gone: the first up to the jump, the second up to the mean.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``jump`` (size of a jump, 0.05 to 1.2 thresholds), ``drive`` (mean of the free
        potential, 0 to 2 thresholds), ``share`` (of the jumps that go down, 0 to 0.4), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has what `snnlab.networks.comparisons.diffusion_limit.DiffusionLimit` has.

    Examples
    --------
    >>> small, large = (diffusion_limit_panel(jump=w, engine="kernel").result for w in (0.05, 1.0))
    >>> abs(small.percent) < abs(large.percent)
    True
    """
    return Panel(
        "diffusion_limit",
        title="Jumps that are taken for noise",
        question=question,
        controls=[
            Control("jump", "w", "Size of a jump", SMALLEST, LARGEST, SMALLEST, 0.01, "thresholds", colour=1),
            Control(
                "drive", "μ", "Mean, if it never fired", 0.0, STRONGEST, 1.0, 0.05, "thresholds", colour=2
            ),
            Control("share", "q", "Share of the jumps that go down", 0.0, MOST_DOWN, 0.0, 0.05, colour=5),
        ],
        readouts=[
            ReadOut("rate", 1, "Hz"),
            ReadOut("formula", 1, "Hz"),
            ReadOut("percent", 1, "%", none="no spike"),
            ReadOut("sigma", 2, "thresholds"),
            ReadOut("heard", 3, "per ms"),
            ReadOut("n_shown"),
        ],
        views=[
            Kernels(
                "jumps",
                (("fired", "the neuron", 1), ("told", "Siegert's formula", 6)),
                Axis(0.0, LARGEST, "size of a jump (thresholds)"),
                Axis(0.0, FASTEST, "rate (Hz)"),
                handles=(Handle("Jump and rate", "jump", "rate"),),
                title="Rate against the size of a jump up to this one, of the neuron and by the formula",
                side="left",
            ),
            Kernels(
                "drives",
                (("told_by_drive", "Siegert's formula", 6), ("without_noise", "without noise", 3)),
                Axis(0.0, STRONGEST, "mean if it never fired (thresholds)"),
                Axis(0.0, FASTEST, "rate (Hz)"),
                handles=(Handle("Mean and rate", "drive", "rate"),),
                title="Rate against the mean up to this one: by the formula, without noise, and the neuron",
                side="left",
            ),
            Trace(
                "v",
                GRID,
                Axis(-0.5, 1.0, "v (thresholds)"),
                spikes="times",
                title="Potential and spikes of the first 200 ms",
            ),
        ],
        sentence=(
            "w = {jump}, μ = {drive}, q = {share}: {heard} jumps a ms scatter the free potential by {sigma}; "
            "the neuron fires at {rate} Hz, the formula says {formula} Hz[, {percent} % off]"
        ),
        headline="percent",
        detail=(
            "[{percent||}is how far the formula is off]{percent|||to compare with the formula}: it says "
            "{formula} Hz, and the neuron fires at {rate} Hz"
        ),
        kernel=run_diffusion_limit,
        arrays={"seen": recorded()},
        presets={
            "larger jumps": {"jump": 0.4},
            "a whole threshold": {"jump": 1.0},
            "noise alone": {"drive": 0.6, "share": 0.4},
            "beyond the threshold": {"jump": 1.1},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.networks.comparisons.diffusion_limit import diffusion_limit\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws other jumps\n"
            "seen = diffusion_limit({jump}, {drive}, {share}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.percent:.1f}} % off: {{seen.formula:.1f}} Hz, the neuron {{seen.rate:.1f}} Hz")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
