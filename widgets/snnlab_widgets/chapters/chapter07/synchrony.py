"""The panel of synchrony: two neurons that share spikes, and what jitter does to their cross-correlogram."""

import math
from typing import TYPE_CHECKING

from snnlab.coding.generators.shared_spikes import LAG, ROWS, SHOWN, recorded, run_shared, work
from snnlab_widgets.core.controls import Control, ReadOut, scratch
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Raster

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["synchrony_panel"]

RATE, TRIALS, DRIFT = 20.0, 200, 200.0  # Hz, trials, ms: the largest drift, a whole period of the swing
ROOM = 8_000  # of a train over all trials: 4000 are expected, with a standard deviation of 63
HIGHEST = 8.0

QUESTION = "Two neurons fire together more often than chance allows. Do they share spikes, or only a rhythm?"


def synchrony_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Two Poisson neurons of 20 Hz in 200 trials of a second, their cross-correlogram and two predictors.

    They share a part of their spikes; each moves its copy by a jitter of its own. The rates of both can swing
    together with a period of 200 ms, in step with the trials or drifting from trial to trial.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``shared`` (0 to 25 % of the spikes), ``jitter`` (0 to 20 ms, standard deviation),
        ``swing`` (0 to 100 % of the rate), ``drift`` (0 to 200 ms, at most), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``a_times``, ``a_units``, ``b_times`` and ``b_units`` (ms and trial of every
        spike), ``rows_times`` and ``rows_units`` (those drawn); ``lag`` (ms), ``expected`` (pairs that
        independent trains would have), ``pairs``, ``shifted`` and ``jittered`` (the correlogram, the shift
        predictor and the jitter predictor with windows of 20 ms, all divided by that); ``n``, ``n_b`` and
        ``seen`` (spikes), ``rate_a`` and ``rate_b`` (Hz), ``peak``, ``by_shift`` and ``by_jitter`` (the three
        at lag 0), ``shoulder`` (what is expected without a swing at the lag √2 σ).

    Examples
    --------
    >>> sharp, blurred = synchrony_panel(jitter=0).result, synchrony_panel(jitter=10).result
    >>> bool(sharp.peak > 2 * blurred.peak) and abs(sharp.rate_a - blurred.rate_a) < 0.1
    True
    """
    curves = (("pairs", "pairs", 1), ("shifted", "shift", 2), ("jittered", "jitter", 3))
    return Panel(
        "synchrony",
        title="Together, or by chance?",
        question=question,
        controls=[
            Control("shared", "c", "Share of common spikes", 0.0, 25.0, 20.0, 1.0, "%", colour=5),
            Control("jitter", "σ", "Jitter of each copy", 0.0, 20.0, 0.0, 0.5, "ms", colour=4),
            Control("swing", "m", "Common swing of the rates", 0.0, 100.0, 0.0, 1.0, "%", colour=6),
            Control("drift", "D", "Drift from trial to trial", 0.0, DRIFT, 0.0, 1.0, "ms", colour=6),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("n_b"),
            ReadOut("seen"),
            ReadOut("rate_a", 1, "Hz"),
            ReadOut("rate_b", 1, "Hz"),
            ReadOut("peak", 1),
            ReadOut("by_shift", 1),
            ReadOut("by_jitter", 1),
            ReadOut("shoulder", 2),
        ],
        views=[
            Raster(
                "rows_times",
                "rows_units",
                ROWS,
                SHOWN,
                label="row",
                groups=tuple((f"trial {k}", 2) for k in range(1, ROWS // 2 + 1)),
                title="Spikes of both neurons in eight trials, two rows a trial, one for each neuron",
            ),
            Kernels(
                "lag",
                curves,
                Axis(-LAG, LAG, "lag (ms)"),
                Axis(0.0, HIGHEST, "pairs (times chance)"),
                handles=(Handle("Jitter and height of the peak", ("jitter", math.sqrt(2.0)), "shoulder"),),
                title="Pairs of spikes at each lag, against chance, with the shift and the jitter predictor",
            ),
        ],
        sentence=(
            "c = {shared} %, σ = {jitter} ms, m = {swing} %, D = {drift} ms: {rate_a} and {rate_b} Hz, "
            "{peak} times as many pairs at lag 0 as by chance; the shift predictor says {by_shift}, the "
            "jitter predictor {by_jitter}"
        ),
        headline="peak",
        detail=(
            "times as many pairs at lag 0 as by chance. Shift predictor: {by_shift}, jitter predictor: "
            "{by_jitter}. Rates: {rate_a} and {rate_b} Hz"
        ),
        kernel=run_shared,
        arrays={"told": recorded(ROOM)} | scratch(work(ROOM, TRIALS)),
        constants={"rate": RATE},
        presets={
            "shared spikes": {"jitter": 0.0},
            "the same, jittered": {"jitter": 10.0},
            "a common stimulus": {"shared": 0.0, "swing": 100.0},
            "a common rhythm": {"shared": 0.0, "swing": 100.0, "drift": DRIFT},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding.generators.shared_spikes import shared_spikes\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = shared_spikes({shared}, {jitter}, {swing}, {drift}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.peak:.1f}} times chance, by shift {{seen.by_shift:.1f}}, "\n'
            '      f"by jitter {{seen.by_jitter:.1f}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
