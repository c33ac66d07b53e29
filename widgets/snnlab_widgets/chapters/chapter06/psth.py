"""The panel of the spike density: repetitions of one experiment, smoothed more or less."""

import functools
import math
from typing import TYPE_CHECKING

import numpy as np

from snnlab.coding.inhomogeneous import rescale
from snnlab.coding.linear_nonlinear import fit_linear_nonlinear, linear_nonlinear_rate
from snnlab.coding.smoothing import gaussian_reach, half_gaussian, smooth_values, smoothing_error
from snnlab.compiling import kernel
from snnlab.data import load_grasshopper
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["psth_panel"]

DT, BEGIN, DURATION, SLOWER = (
    0.5,
    4000.0,
    400.0,
    3,
)  # ms: which part is repeated, and how much slower it is played
STEPS = round(DURATION / DT)
MOST_TRIALS, NARROWEST, WIDEST, HIGHEST = 100, 0.5, 10.0, 120.0  # ms, ms, Hz
ROOM = 5_000  # the most that is expected is 2500 with a standard deviation of 50

QUESTION = "Which width brings the blue curve closest to the grey one?"


@functools.cache
def measured() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The rate of the neuron that echoes the grasshopper's (Hz); widths (ms), bias and noise of one trial."""
    spikes, stimulus, dt, *_ = load_grasshopper()
    loudness = np.log(stimulus)
    echo = fit_linear_nonlinear(spikes, loudness, dt)
    slowly = np.interp(np.arange(loudness.size) / SLOWER, np.arange(loudness.size), loudness)
    rate = np.round(linear_nonlinear_rate(slowly, echo)[round(BEGIN / DT) :][:STEPS], 3)
    widths = np.round(np.geomspace(NARROWEST, WIDEST, 60), 3)
    errors = [smoothing_error(rate, DT, width, 1) for width in widths]
    return rate, widths, np.array([e.bias for e in errors]), np.array([e.noise for e in errors])


@kernel
def psth_figure(
    times, units, per_ms, counts, estimate, squares, smooth, scatter, weights, truth,
    widths, bias_at, noise_of_one, noise_at, error_at, out,
    trials, width, dt, seed,
):  # fmt: skip
    """Spikes of all trials, their smoothed rate, and how far that is from the truth."""
    n_trials, steps = int(trials), truth.size
    for t in range(steps):
        per_ms[t] = truth[t] / 1000.0
    n = min(rescale(times, units, n_trials, per_ms, dt, seed), times.size)
    for s in range(n):
        counts[min(int(times[s] / dt), steps - 1)] += 1000.0 / (dt * n_trials)
    reach = gaussian_reach(width, dt, steps) + 1
    half_gaussian(weights[:reach], width, dt)
    smooth_values(counts, weights[:reach], estimate, squares)
    smooth_values(truth, weights[:reach], smooth, scatter)
    off, bias, noise = 0.0, 0.0, 0.0
    for t in range(steps):
        off += (estimate[t] - truth[t]) ** 2 / steps
        bias += (smooth[t] - truth[t]) ** 2 / steps
        noise += scatter[t] * 1000.0 / (n_trials * dt) / steps
    for k in range(widths.size):
        noise_at[k] = noise_of_one[k] / math.sqrt(trials)
        error_at[k] = math.sqrt(bias_at[k] ** 2 + noise_at[k] ** 2)
    out[0] = n
    out[1] = math.sqrt(off)
    out[2] = math.sqrt(bias)
    out[3] = math.sqrt(noise)
    out[4] = math.sqrt(bias + noise)


def psth_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """Repetitions of 400 ms of noise for a neuron whose rate is known, and the rate read from them.

    The neuron is fitted to the grasshopper's receptor by `snnlab.coding.fit_linear_nonlinear` and hears the
    same noise at a third of its speed; its spikes are Poisson with that rate. They are smoothed with a
    Gaussian, as `snnlab.coding.smooth_rate` does it.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``trials`` (1 to 100), ``width`` (0.5 to 10 ms), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``times`` (ms) and ``units`` (trial of each spike, from 0), trial by trial;
        ``estimate`` (Hz, one value a step of 0.5 ms) and ``truth`` (Hz); ``widths`` (ms), ``bias_at``,
        ``noise_at`` and ``error_at`` (Hz), what is expected for each width; ``n`` (spikes), ``error`` (of
        this estimate), ``bias``, ``noise`` and ``expected`` (Hz, root-mean-square over time).

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

    Examples
    --------
    >>> panel = psth_panel(trials=100)
    >>> panel.result.noise < psth_panel(trials=25).result.noise
    True
    """
    rate, widths, bias, noise = measured()
    return Panel(
        "psth",
        title="Repetitions and a smooth rate",
        question=question,
        controls=[
            Control("trials", "K", "Repetitions", 1.0, MOST_TRIALS, 20.0, 1.0, "", colour=2),
            Control("width", "σ", "Width of the kernel", NARROWEST, WIDEST, 7.0, 0.1, "ms", colour=1),
        ],
        readouts=[
            ReadOut("n"),
            ReadOut("error", 0, "Hz"),
            ReadOut("bias", 0, "Hz"),
            ReadOut("noise", 0, "Hz"),
            ReadOut("expected", 0, "Hz"),
        ],
        views=[
            Raster(
                "times",
                "units",
                "trials",
                DURATION,
                label="trial",
                title="Spikes of every repetition, one row each",
            ),
            Trace(
                "estimate",
                DT,
                Axis(0.0, 400.0, "rate (Hz)"),
                behind="truth",
                title="The true rate in grey, and over it the rate read from the spikes",
            ),
            Kernels(
                "widths",
                (("error_at", "both", 1), ("bias_at", "bias", 3), ("noise_at", "noise", 2)),
                Axis(0.0, WIDEST, "width σ (ms)"),
                Axis(0.0, HIGHEST, "error (Hz)"),
                handles=(Handle("Width and error", "width", "expected"),),
                title="Expected error of the rate against the width from here up, with its two parts",
                side="right",
            ),
        ],
        sentence=(
            "K = {trials}, σ = {width} ms: error {error} Hz; expected are {expected} Hz, "
            "from a bias of {bias} Hz and a noise of {noise} Hz"
        ),
        headline="error",
        detail="off, as a root mean square; expected from bias {bias} Hz and noise {noise} Hz: {expected} Hz",
        kernel=psth_figure,
        arrays={
            "times": Array((ROOM,), upto="n"),
            "units": Array((ROOM,), "int32", upto="n"),
            "per_ms": Array((STEPS,), work=True),
            "counts": Array((STEPS,), work=True),
            "estimate": Array((STEPS,)),
            "squares": Array((STEPS,), work=True),
            "smooth": Array((STEPS,), work=True),
            "scatter": Array((STEPS,), work=True),
            "weights": Array((STEPS,), work=True),
            "truth": rate,
            "widths": widths,
            "bias_at": bias,
            "noise_of_one": noise,
            "noise_at": Array(widths.shape),
            "error_at": Array(widths.shape),
        },
        constants={"dt": DT},
        presets={
            "too wide": {"width": 10.0, "trials": 100.0},
            "too narrow": {"width": 0.5},
            "heard once": {"trials": 1.0, "width": 4.0},
            "a patient animal": {"trials": 100.0, "width": 1.5},
        },
        python=(
            "from snnlab import Spikes\n"
            "from snnlab.coding import smooth_rate\n"
            "from snnlab_widgets import psth_panel\n\n"
            "seen = psth_panel(trials={trials}, width={width}, seed={seed}).result\n"
            f"spikes = Spikes(seen.times, seen.units, n_units={{trials}}, duration={DURATION:.0f})\n"
            f"print(spikes, smooth_rate(spikes, width={{width}}, dt={DT}).rate.max())"
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
