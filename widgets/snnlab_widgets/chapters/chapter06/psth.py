"""The panel of the spike density: repetitions of one experiment, smoothed more or less."""

import functools
from typing import TYPE_CHECKING

import numpy as np

from snnlab.coding.decoding.linear_nonlinear import fit_linear_nonlinear, linear_nonlinear_rate
from snnlab.coding.generators.smoothed_trials import recorded, run_smoothed
from snnlab.coding.statistics.smoothing import smoothing_error
from snnlab.data import load_grasshopper
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels, Raster, Trace

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["psth_panel"]

DT, DURATION = 0.5, 400.0  # ms
STEPS, FIRST, SLOWER = round(DURATION / DT), 8000, 3  # which part is repeated, and at which part of its speed
MOST_TRIALS, NARROWEST, WIDEST, HIGHEST = 100, 0.5, 10.0, 120.0  # ms, ms, Hz
WIDTHS = np.round(np.geomspace(NARROWEST, WIDEST, 60), 3)
ROOM = 5_000  # the most that is expected is 2500 with a standard deviation of 50

QUESTION = "Which width brings the blue curve closest to the grey one?"


@functools.cache
def measured() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rate of the grasshopper's echo; bias and noise of one repetition for each width; all in Hz."""
    heard = load_grasshopper()
    loudness = np.log(heard.stimulus)
    echo = fit_linear_nonlinear(heard.spikes, loudness, heard.dt)
    rate = linear_nonlinear_rate(loudness, echo, SLOWER)[FIRST : FIRST + STEPS]
    bias, noise, _ = np.transpose([smoothing_error(rate, DT, width, 1) for width in WIDTHS])
    return rate, bias, noise


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
        What readers should ask themselves.
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

    Examples
    --------
    >>> panel = psth_panel(trials=100)
    >>> panel.result.noise < psth_panel(trials=25).result.noise
    True
    """
    rate, bias, noise = measured()
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
                name="read from the spikes",
                behind_name="true rate",
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
        kernel=run_smoothed,
        arrays={
            "seen": recorded(ROOM, STEPS, WIDTHS.size),
            **{
                name: Array((STEPS,), work=True)
                for name in ("per_ms", "counts", "weights", "smooth", "scatter")
            },
            "truth": rate,
            "bias_of": bias,
            "noise_of": noise,
            "widths": WIDTHS,
        },
        constants={"dt": DT},
        presets={
            "too wide": {"width": 10.0, "trials": 100.0},
            "too narrow": {"width": 0.5},
            "heard once": {"trials": 1.0, "width": 4.0},
            "a patient animal": {"trials": 100.0, "width": 1.5},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.coding import fit_linear_nonlinear, linear_nonlinear_rate\n"
            "from snnlab.coding.generators.smoothed_trials import smoothed_trials\n"
            "from snnlab.data import load_grasshopper\n\n"
            "heard = load_grasshopper()\n"
            "loudness = np.log(heard.stimulus)\n"
            "echo = fit_linear_nonlinear(heard.spikes, loudness, heard.dt)\n"
            f"rate = linear_nonlinear_rate(loudness, echo, slower={SLOWER})[{FIRST}:{FIRST + STEPS}]\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "seen = smoothed_trials(rate, heard.dt, {trials}, {width}, rng=np.uint64({seed}))\n"
            'print(f"{{seen.error:.0f}} Hz off; {{seen.expected:.0f}} Hz are expected")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
