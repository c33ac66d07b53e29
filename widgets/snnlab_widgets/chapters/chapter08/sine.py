"""The panel of the sine: a population of spiking neurons and its rate model follow one current."""

from typing import TYPE_CHECKING

from snnlab.neurons.models.lif import LIF
from snnlab.neurons.populations.rate_reduction import AROUND, FASTEST, PHASES, recorded, run_sine
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["sine_panel"]

DT, REST, DURATION = 0.5, 150.0, 600.0  # ms: step; until all have settled; what is measured
STEPS = round((REST + DURATION) / DT)
NEURONS, MEAN, AMPLITUDE = 1000, 0.16, 0.03  # nA
SLOWEST = 2.0  # Hz
HIGHEST, LARGEST = 75.0, 300.0  # Hz, %
ROOM = STEPS * NEURONS // 5  # a neuron fires at most in every fifth step

QUESTION = "Which of the two answers faster, the spiking neurons or the model of their rate?"


def sine_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A thousand noisy neurons under a current that goes up and down, and a rate model beside them.

    What is drawn is `snnlab.neurons.sine_response`. The current swings by 0.03 nA around 0.16 nA, and all
    cycles are laid over one another.

    Parameters
    ----------
    question : str
        What readers should ask themselves.
    engine : {"browser", "kernel"}
        Where the kernel runs: in the page or in Python.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`.
    **values
        Start values: ``frequency`` (2 to 100 Hz), ``sigma`` (noise, 0.5 to 8 mV), ``tau`` (of the rate model,
        0 to 40 ms), ``seed``.

    Returns
    -------
    Panel
        ``panel.result`` has ``phase`` (degrees of the cycle), ``population``, ``model`` and ``slow`` (Hz; the
        last is the stationary rate of the current at each moment); ``f`` (Hz) and ``gain`` (%), the answer of
        the rate model to each frequency; ``size`` and ``size_model`` (the swing of both rates as a share of
        that of `slow`, %), ``error`` (the swing of their difference, %), ``rate`` (mean of the population,
        Hz).

    Examples
    --------
    >>> panel = sine_panel(frequency=50, tau=20)
    >>> panel.result.size > 2 * panel.result.size_model
    True
    """
    return Panel(
        "sine",
        title="Spikes, and a model without them",
        question=question,
        controls=[
            Control("frequency", "F", "Frequency of the current", SLOWEST, FASTEST, 2.0, 1.0, "Hz", colour=3),
            Control("sigma", "σ", "Noise", 0.5, 8.0, 4.0, 0.5, "mV", colour=4),
            Control("tau", "τ", "Time constant of the model", 0.0, 40.0, 20.0, 1.0, "ms", colour=2),
        ],
        readouts=[
            ReadOut("error", 0, "%"),
            ReadOut("size", 0, "%"),
            ReadOut("size_model", 0, "%"),
            ReadOut("rate", 0, "Hz"),
        ],
        views=[
            Kernels(
                "phase",
                (("population", "spikes", 1), ("model", "rate model", 2), ("slow", "if slow", 5)),
                Axis(0.0, 360.0, "phase of the current (°)"),
                Axis(0.0, HIGHEST, "rate (Hz)"),
                title="The rate of the spiking neurons and of the rate model over one cycle of the current",
            ),
            Kernels(
                "f",
                (("gain", "rate model", 2),),
                Axis(0.0, FASTEST, "frequency F (Hz)"),
                Axis(0.0, LARGEST, "swing (% of slow)"),
                handles=(Handle("Swing of the spiking neurons", "frequency", "size"),),
                title="The swing of the rate against the frequency: the model a curve, the neurons a point",
            ),
        ],
        sentence=(
            "{frequency} Hz, noise {sigma} mV, τ = {tau} ms: the neurons swing by {size} % of a slow answer, "
            "the rate model by {size_model} %; they differ by {error} %"
        ),
        headline="error",
        detail="between the two; the neurons swing by {size} % of a slow answer, the model by {size_model} %",
        kernel=run_sine,
        arrays={
            "seen": recorded(),
            "i": Array((STEPS,), work=True),
            "v": Array((NEURONS,), work=True),
            "free": Array((NEURONS,), "int32", work=True),
            "late": Array((NEURONS,), "int32", work=True),
            "higher": Array((NEURONS,), work=True),
            "times": Array((ROOM,), work=True),
            "units": Array((ROOM,), "int32", work=True),
            "around": Array((AROUND,), work=True),
            "target": Array((STEPS,), work=True),
            "followed": Array((STEPS,), work=True),
            "steps_in": Array((PHASES,), "int32", work=True),
        },
        constants={
            "neuron": LIF(),
            "mean": MEAN,
            "amplitude": AMPLITUDE,
            "rest": REST,
            "duration": DURATION,
            "fastest": FASTEST,
            "dt": DT,
        },
        presets={
            "fast": {"frequency": 50.0},
            "a quicker model": {"frequency": 50.0, "tau": 2.0},
            "hardly any noise": {"frequency": 20.0, "sigma": 1.0},
            "no delay at all": {"frequency": 50.0, "tau": 0.0},
        },
        python=(
            "import numpy as np\n"
            "from snnlab.neurons import sine_response\n\n"
            "# np.uint64(…) is the seed of this picture; np.random.default_rng() draws another one\n"
            "chance = np.uint64({seed})\n"
            f"seen = sine_response({{frequency}}, {MEAN}, {AMPLITUDE}, {{sigma}}, {{tau}}, rng=chance)\n"
            'print(f"{{seen.error:.0f}} % between the two, {{seen.size:.0f}} and {{seen.size_model:.0f}} %")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
