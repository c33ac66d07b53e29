"""The panel of a neuron under noise: driven over its threshold by the mean current, or only by chance."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.neurons.lif import LIF, State, run_one
from snnlab.neurons.noisy_current import spread_in_step, step
from snnlab.random import normal
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Histogram, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["noisy_lif_panel"]

DT, DURATION, SHOWN = 0.2, 20_000.0, 500.0  # ms
LONGEST, INTERVAL_BIN = 200.0, 5.0  # ms, of the intervals shown
STEPS, BINS = round(DURATION / DT), round(LONGEST / INTERVAL_BIN)
CELL = LIF()
QUESTION = "Two ways to fire at the same rate. In which of them are the spikes regular?"


@kernel
def noisy_lif_figure(
    i, v, shown, threshold, goal, times, intervals, law, out,
    mean, sigma, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, width, seed,
):  # fmt: skip
    """Twenty seconds of noise, the spikes, how long the intervals are, and how irregular."""
    spread = spread_in_step(sigma, tau_m, r_m, dt)
    for t in range(i.size):
        i[t] = step(mean, spread, normal(seed, 0, t))
    n, _ = run_one(i, v, times, State(v_rest, 0), tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
    for t in range(shown.size):
        shown[t] = v[t]
        threshold[t] = v_th
        goal[t] = v_rest + r_m * mean
    total, squares = 0.0, 0.0
    for s in range(1, n):
        interval = times[s] - times[s - 1]
        total += interval
        squares += interval * interval
        b = int(interval / width)
        if b < intervals.size:
            intervals[b] += 1
    out[0] = n
    out[1] = 1000.0 * n / (i.size * dt)
    out[2] = math.nan
    if n > 2:
        average = total / (n - 1)
        out[2] = math.sqrt(max(squares / (n - 1) - average * average, 0.0)) / average
        for b in range(law.size):
            law[b] = (n - 1) * (math.exp(-b * width / average) - math.exp(-(b + 1) * width / average))


def noisy_lif_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A leaky integrate-and-fire neuron under a mean current and white noise.

    It runs for 20 s at steps of 0.2 ms; the trace shows the first half second.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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
        readouts=[ReadOut("n"), ReadOut("rate", 1, "Hz"), ReadOut("cv", 2)],
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
            ),
            Histogram(
                "intervals",
                Axis(0.0, LONGEST, "interval (ms)"),
                "intervals",
                law="law",
                colour=5,
                title="How many intervals there are of each length, and how many the exponential law expects",
            ),
        ],
        sentence="i = {mean} nA, σ = {sigma} mV: {n} {n|spike|spikes}, {rate} Hz, CV {cv}",
        headline="cv",
        detail=(
            f"is the CV of the intervals, at {{rate}} Hz; {{n}} {{n|spike|spikes}} in {DURATION / 1000:.0f} "
            f"seconds, of which {SHOWN:.0f} ms are shown"
        ),
        kernel=noisy_lif_figure,
        arrays={
            "i": Array((STEPS,), work=True),
            "v": Array((STEPS,), work=True),
            "shown": Array((round(SHOWN / DT),)),
            "threshold": Array((round(SHOWN / DT),)),
            "goal": Array((round(SHOWN / DT),)),
            "times": Array((STEPS,), upto="n"),
            "intervals": Array((BINS,)),
            "law": Array((BINS,)),
        },
        constants={**CELL._asdict(), "dt": DT, "width": INTERVAL_BIN},
        presets={
            "by the mean": {"mean": 0.164, "sigma": 0.5},
            "by chance": {"mean": 0.095, "sigma": 8.0},
            "just below": {"mean": 0.145, "sigma": 0.5},
            "rarely": {"mean": 0.05, "sigma": 5.0},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab.coding import cv\n"
            "from snnlab_widgets import noisy_lif_panel\n\n"
            "# the spikes of this picture; other ones with the same law come from\n"
            "# simulate_lif(noisy_current({mean}, {sigma}, 20_000, rng=np.random.default_rng()))\n"
            "seen = noisy_lif_panel(mean={mean}, sigma={sigma}, seed={seed}).result\n"
            f"spikes = Spikes(seen.times, duration={DURATION:.0f})\n"
            "print(spikes, cv(spikes))"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
