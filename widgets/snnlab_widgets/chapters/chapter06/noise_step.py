"""The panel of noise and speed: the same step of the rate for every noise, and how it is reached."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.neurons.lif import LIF
from snnlab.neurons.lif_density import flows, run_density, settle
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Kernels, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["noise_step_panel"]

DT, ONSET, AFTER = 0.1, 50.0, 200.0  # ms
STEPS, BEFORE = round(AFTER / DT), round(ONSET / DT)
WEAK, STRONG = 14.0, 36.0  # Hz, whatever the noise
CELLS, FINE, DEPTH = (
    512,
    25.0,
    5.0,
)  # at most; cells in a sigma; how many sigma the grid goes below reset and goal
LOWEST, POINTS = -90.0, 161  # mV; places at which the potentials are drawn
CELL = LIF()

QUESTION = "The rate rises from 14 to 36 Hz. With more noise, is the rise quicker?"


@kernel
def _current(rate, p, queue, up, down, reset, width, sigma, tau_m, r_m, v_rest, v_th, dt):
    """The current under which the population settles at `rate` (Hz), by halving."""
    low, high = -0.5, 0.5
    for _ in range(40):
        middle = 0.5 * (low + high)
        flows(up, down, v_rest + r_m * middle, sigma, tau_m, v_th, width)
        if 1000.0 * settle(p, queue, up, down, reset, width, dt) < rate:
            low = middle
        else:
            high = middle
    return high


@kernel
def noise_step_figure(
    goals, p, queue, rate, up, down, work, activity, place, settled, later, out,
    sigma, alike,
    weak, strong, before, fine, depth, lowest, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt,
):  # fmt: skip
    """The activity after the step, and where the potentials are when it comes and 3 ms later."""
    deep = v_th - v_reset + depth * sigma
    cells = min(p.size, math.ceil(deep * fine / sigma))
    width = deep / cells
    reset = int((v_reset - v_th + deep) / width)
    p, work, up, down = p[:cells], work[:cells], up[: cells + 1], down[: cells + 1]
    strongest = _current(strong, p, queue, up, down, reset, width, sigma, tau_m, r_m, v_rest, v_th, dt)
    weakest = _current(weak, p, queue, up, down, reset, width, sigma, tau_m, r_m, v_rest, v_th, dt)
    flows(up, down, v_rest + r_m * weakest, sigma, tau_m, v_th, width)
    settle(p, queue, up, down, reset, width, dt)
    if alike > 0.5:  # a jolt: all have just fired
        p[:] = 0.0
        queue[:] = 0.0
        queue[queue.size - 1] = 1.0 / dt
    goals[:] = v_rest + r_m * strongest
    _look(p, settled, place, lowest, v_th, deep, width)
    soon = int(3.0 / dt)
    run_density(goals[:soon], p, queue, rate[:soon], up, down, work, reset, width, sigma, tau_m, v_th, dt)
    _look(p, later, place, lowest, v_th, deep, width)
    turned = soon % queue.size  # the next to come back has moved on in the queue
    for k in range(queue.size):
        work[k] = queue[(k + turned) % queue.size]
    for k in range(queue.size):
        queue[k] = work[k]
    run_density(goals[soon:], p, queue, rate[soon:], up, down, work, reset, width, sigma, tau_m, v_th, dt)

    for t in range(activity.size):
        activity[t] = weak if t < before else rate[t - before]
    half, peak, first = 0.5 * (weak + strong), 0.0, -1.0
    for t in range(rate.size):
        if first < 0.0 and rate[t] > half:
            last = rate[t - 1] if t > 0 else half
            first = (t + 0.5 - ((rate[t] - half) / (rate[t] - last) if last < half else 0.5)) * dt
        peak = max(peak, rate[t])
    out[0] = first
    out[1] = peak
    out[2] = 100.0 * (peak - strong) / (strong - weak)
    out[3] = 1000.0 * weakest
    out[4] = 1000.0 * strongest


@kernel
def _look(p, density, place, lowest, v_th, deep, width):
    """The density at equal places from `lowest` to the threshold, 0 below the grid."""
    for k in range(place.size):
        place[k] = lowest + k * (v_th - lowest) / (place.size - 1)
        j = (place[k] - v_th + deep) / width - 0.5
        left = math.floor(j)
        for side in range(2):
            cell = int(left) + side
            if 0 <= cell < p.size:
                density[k] += p[cell] * (1.0 - abs(j - cell))


def noise_step_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A population whose rate rises from 14 to 36 Hz at once, with as much noise as you like.

    For every noise the two currents are those that give these rates. The population is infinite: that of
    `snnlab.neurons.simulate_lif_density`.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``sigma`` (noise, 1 to 8 mV), ``alike`` (1: a jolt makes all neurons fire just before
        the step, so that they start alike; 0: they are as the noise has left them).

    Returns
    -------
    Panel
        ``panel.result`` has ``activity`` (Hz, in steps of 0.1 ms from 50 ms before the step); ``place`` (mV),
        ``settled`` and ``later``, the density of the potentials when the step comes and 3 ms later, per mV;
        ``lag`` (ms until the activity is half way up), ``peak`` (Hz), ``over`` (how far the peak lies above
        the end, as a share of the rise, %), ``weakest`` and ``strongest``, the currents (pA).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> calm, noisy = noise_step_panel(sigma=1).result, noise_step_panel(sigma=8).result
    >>> calm.lag < noisy.lag, calm.over > noisy.over
    (True, True)
    """
    return Panel(
        "noise_step",
        title="Noise, speed and ringing",
        question=question,
        controls=[
            Control("sigma", "σ", "Noise", 1.0, 8.0, 4.0, 0.5, "mV", colour=4),
            Control("alike", "J", "A jolt makes all alike (0 no, 1 yes)", 0.0, 1.0, 0.0, 1.0, "", colour=3),
        ],
        readouts=[
            ReadOut("lag", 1, "ms"),
            ReadOut("peak", 0, "Hz"),
            ReadOut("over", 0, "%"),
            ReadOut("weakest", 0, "pA"),
            ReadOut("strongest", 0, "pA"),
        ],
        views=[
            Trace(
                "activity",
                DT,
                Axis(0.0, 120.0, "rate (Hz)"),
                name="all neurons",
                title="The activity of the population before and after the step, which comes at 50 ms",
            ),
            Kernels(
                "place",
                (("settled", "at the step", 1), ("later", "3 ms later", 2)),
                Axis(LOWEST, CELL.v_th, "membrane potential (mV)"),
                Axis(0.0, 0.4, "neurons (per mV)"),
                title="Where the potentials of the neurons are, up to the threshold, at the step and later",
            ),
        ],
        sentence=(
            "σ = {sigma} mV, J = {alike}: half way from 14 to 36 Hz after {lag} ms, at most {peak} Hz, "
            "{over} % beyond the end; the current rises from {weakest} to {strongest} pA"
        ),
        headline="lag",
        detail="until half way from 14 to 36 Hz. At most {peak} Hz: {over} % of the rise beyond its end",
        kernel=noise_step_figure,
        arrays={
            "goals": Array((STEPS,), work=True),
            "p": Array((CELLS,), work=True),
            "queue": Array((round(CELL.t_ref / DT),), work=True),
            "rate": Array((STEPS,), work=True),
            "up": Array((CELLS + 1,), work=True),
            "down": Array((CELLS + 1,), work=True),
            "work": Array((CELLS,), work=True),
            "activity": Array((BEFORE + STEPS,)),
            "place": Array((POINTS,)),
            "settled": Array((POINTS,)),
            "later": Array((POINTS,)),
        },
        constants={
            "weak": WEAK,
            "strong": STRONG,
            "before": BEFORE,
            "fine": FINE,
            "depth": DEPTH,
            "lowest": LOWEST,
            **CELL._asdict(),
            "dt": DT,
        },
        presets={
            "little noise": {"sigma": 1.0},
            "much noise": {"sigma": 8.0},
            "little noise, all alike": {"sigma": 1.0, "alike": 1.0},
            "all alike": {"alike": 1.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.neurons import simulate_lif_density\n"
            "from snnlab_widgets import noise_step_panel\n\n"
            "seen = noise_step_panel(sigma={sigma}, alike={alike}).result\n"
            "i = np.repeat([seen.weakest / 1000, seen.strongest / 1000], [500, 2000])  # nA, 50 and 200 ms\n"
            "rate = simulate_lif_density(i, {sigma}).rate  # as the noise has left them\n"
            'print(f"{{rate[0]:.0f}} Hz, then at most {{rate.max():.0f}}; the panel {{seen.peak:.0f}} Hz,")\n'
            'print(f"half of it after {{seen.lag:.1f}} ms")'
        ),
        values=values,
        engine=engine,
        goal=goal,
    )
