"""The panel of the sine: a population of spiking neurons and its rate model follow one current."""

import math
from typing import TYPE_CHECKING

from snnlab.compiling import kernel
from snnlab.neurons.lif import LIF
from snnlab.neurons.lif_population import run as _run_population
from snnlab.neurons.rate_model import run as _run_model
from snnlab.neurons.siegert import siegert_at
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.panel import Panel
from snnlab_widgets.views import Axis, Handle, Kernels

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal

__all__ = ["sine_panel"]

DT, REST, DURATION = 0.5, 150.0, 600.0  # ms: step; until all have settled; what is measured
STEPS = round((REST + DURATION) / DT)
NEURONS, MEAN, AMPLITUDE = 1000, 0.16, 0.03  # nA
PHASES, POINTS = 20, 61  # bins of a cycle; frequencies at which the model's answer is drawn
SLOWEST, FASTEST = 2.0, 100.0  # Hz
HIGHEST, LARGEST = 75.0, 300.0  # Hz, %
CELL = LIF()
ROOM = STEPS * NEURONS // 5

QUESTION = "Which of the two answers faster, the spiking neurons or the model of their rate?"


@kernel
def sine_figure(
    i, v, free, late, higher, all_times, all_units, stationary, target, rate, steps_of,
    phase, population, model, slow, f, gain, out,
    frequency, sigma, tau,
    mean, amplitude, rest, duration, fastest, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed,
):  # fmt: skip
    """Both answers around one cycle, and how much of a slow answer is left in each."""
    n, phases, begin = v.size, phase.size, int(rest / dt)
    cycles = math.floor(duration * frequency / 1000.0 + 1e-9)
    stop = begin + int(cycles * 1000.0 / (frequency * dt) + 0.5)
    for k in range(stationary.size):
        mirror = (stationary.size // 2 - k) % stationary.size  # where the sine has the same value
        if mirror < k:
            stationary[k] = stationary[mirror]
        else:
            stationary[k] = siegert_at(
                mean + amplitude * math.sin(2.0 * math.pi * k / stationary.size), sigma,
                tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt,
            )  # fmt: skip
    for t in range(stop):
        turns = frequency * ((t + 0.5) * dt - rest) / 1000.0
        turns -= math.floor(turns)
        i[t] = mean + amplitude * math.sin(2.0 * math.pi * turns)
        place = turns * stationary.size
        left = min(int(place), stationary.size - 1)
        right = (left + 1) % stationary.size
        target[t] = stationary[left] + (place - left) * (stationary[right] - stationary[left])
    count = _run_population(
        i[:stop], v, free, all_times, all_units, late, higher, sigma,
        tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed,
    )  # fmt: skip
    _run_model(target[:stop], rate[:stop], target[0], tau, dt)

    for t in range(begin, stop):
        turns = frequency * ((t + 0.5) * dt - rest) / 1000.0
        b = min(int((turns - math.floor(turns)) * phases), phases - 1)
        steps_of[b] += 1
        model[b] += rate[t]
        slow[b] += target[t]
    for s in range(count):
        t = int(all_times[s] / dt - 0.5)
        if begin <= t < stop:
            turns = frequency * ((t + 0.5) * dt - rest) / 1000.0
            b = min(int((turns - math.floor(turns)) * phases), phases - 1)
            population[b] += 1000.0 / (n * dt)
    for b in range(phases):
        phase[b] = 360.0 * (b + 0.5) / phases
        if steps_of[b] > 0:
            population[b] /= steps_of[b]
            model[b] /= steps_of[b]
            slow[b] /= steps_of[b]
    of_population = _wave(population)
    of_model = _wave(model)
    whole = _wave(slow)
    whole = math.hypot(whole[0], whole[1])
    for k in range(f.size):
        f[k] = k * fastest / (f.size - 1)
        gain[k] = 100.0 / math.hypot(1.0, 0.002 * math.pi * f[k] * tau)
    out[0] = 100.0 * math.hypot(of_population[0] - of_model[0], of_population[1] - of_model[1]) / whole
    out[1] = 100.0 * math.hypot(of_population[0], of_population[1]) / whole
    out[2] = 100.0 * math.hypot(of_model[0], of_model[1]) / whole
    out[3] = of_population[2]


@kernel
def _wave(values):
    """The sine and the cosine in one cycle, and the mean."""
    sine, cosine, mean = 0.0, 0.0, 0.0
    for b in range(values.size):
        angle = 2.0 * math.pi * (b + 0.5) / values.size
        sine += 2.0 * values[b] * math.sin(angle) / values.size
        cosine += 2.0 * values[b] * math.cos(angle) / values.size
        mean += values[b] / values.size
    return sine, cosine, mean


def sine_panel(
    *, question: str = QUESTION, engine: str = "browser", goal: "Goal | None" = None, **values: float
) -> Panel:
    """A thousand noisy neurons under a current that goes up and down, and a rate model beside them.

    The neurons are those of `snnlab.neurons.simulate_lif_population`; the rate model is that of
    `snnlab.neurons.simulate_rate_model` on top of `snnlab.neurons.siegert_rate`. The current swings by
    0.03 nA around 0.16 nA. All cycles are laid over one another.

    Parameters
    ----------
    question : str
        What the reader should ask himself.
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

    Raises
    ------
    ValueError
        If a start value is outside of its range, or no control has that name.

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
        kernel=sine_figure,
        arrays={
            "i": Array((STEPS,), work=True),
            "v": Array((NEURONS,), work=True),
            "free": Array((NEURONS,), "int32", work=True),
            "late": Array((NEURONS,), "int32", work=True),
            "higher": Array((NEURONS,), work=True),
            "all_times": Array((ROOM,), work=True),
            "all_units": Array((ROOM,), "int32", work=True),
            "stationary": Array((24,), work=True),
            "target": Array((STEPS,), work=True),
            "rate": Array((STEPS,), work=True),
            "steps_of": Array((PHASES,), "int32", work=True),
            "phase": Array((PHASES,)),
            "population": Array((PHASES,)),
            "model": Array((PHASES,)),
            "slow": Array((PHASES,)),
            "f": Array((POINTS,)),
            "gain": Array((POINTS,)),
        },
        constants={
            "mean": MEAN,
            "amplitude": AMPLITUDE,
            "rest": REST,
            "duration": DURATION,
            "fastest": FASTEST,
            **CELL._asdict(),
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
            "from snnlab.neurons import sine_response\n"
            "from snnlab_widgets import sine_panel\n\n"
            "seen = sine_panel(frequency={frequency}, sigma={sigma}, tau={tau}, seed={seed}).result\n"
            'print(f"{{seen.error:.0f}} % between the two")\n'
            "# longer and in finer steps than the picture; its spikes are others with the same law\n"
            "found = sine_response(\n"
            f"    [{{frequency}}], {MEAN}, {AMPLITUDE}, {{sigma}}, {{tau}}, n=1000, dt={DT},\n"
            "    rng=np.random.default_rng({seed}),\n"
            ")\n"
            'print(f"{{found.error[0]:.0%}}")'
        ),
        seed=1,
        values=values,
        engine=engine,
        goal=goal,
    )
