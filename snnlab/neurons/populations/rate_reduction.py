r"""Where the rate model fails: a population of spiking neurons and its rate model under one sine.

Both get the current $i(t) = i_0 + a \sin(2 \pi F t)$, and all cycles are laid over one another. The part of a
rate $r$ that goes with the sine is one complex number, how strong and how late. Over whole cycles of length
$T$ it is

$$ G = \frac{2}{T} \int_0^T r(t)\, e^{-j (2 \pi F t - \pi / 2)}\, dt $$

For a slow sine it is $G_0$, that of the stationary rate $f(i(t))$. A rate model with the time constant
$\tau$ has $G_0 / (1 + 2 \pi j F \tau)$. How far that is from the $G$ of $N$ neurons, as a share of $|G_0|$,
is the error of the reduction. Chance alone makes $G$ scatter by $\sqrt{4 r / (N T)}$. For a fast sine $G$
tends to $a R\, r\, e^{-j \pi / 4} / (\sigma \sqrt{2 \pi F \tau_m})$: it falls with the root of the frequency,
and the rate model with the frequency itself.

Source: B. W. Knight (1972), Journal of General Physiology 59, 734–766; N. Brunel, F. S. Chance, N. Fourcaud
and L. F. Abbott (2001), Physical Review Letters 86, 2186–2189.
"""

import math
from typing import NamedTuple

import numpy as np

from snnlab.checks import affordable, as_real, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import LIF, check_lif
from snnlab.neurons.models.rate_model import run as run_model
from snnlab.neurons.populations.lif_population import run as run_population
from snnlab.neurons.populations.siegert import siegert_at
from snnlab.neurons.refractory import refractory_steps
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["SineResponse", "sine_response"]

PHASES, AROUND = 20, 24  # bins of a cycle; currents in a cycle at which the f–I curve is taken
FASTEST, POINTS = 100.0, 61  # Hz; frequencies at which the model's swing is drawn


class SineResponse(NamedTuple):
    """What both make of the sine, over one cycle.

    Examples
    --------
    >>> seen = sine_response(50.0, 0.16, 0.03, 4.0, 20.0, n=200, rng=np.random.default_rng(1))
    >>> print(f"{seen.size_model:.0f} %, in closed form {np.interp(50.0, seen.f, seen.gain):.0f} %")
    16 %, in closed form 16 %
    """

    phase: np.ndarray
    """The middles of 20 bins of the cycle, degrees."""
    population: np.ndarray
    """Rate of the spiking neurons in each, Hz."""
    model: np.ndarray
    """That of the rate model, Hz."""
    slow: np.ndarray
    """The stationary rate of the current at each moment, Hz."""
    f: np.ndarray
    """Frequencies from 0 to 100 Hz."""
    gain: np.ndarray
    """The swing of the rate model at each of them, in closed form, % of that of `slow`."""
    error: float
    """Swing of the difference between population and model, % of that of `slow`."""
    size: float
    """Swing of the population, % of that of `slow`."""
    size_model: float
    """Swing of the rate model, % of that of `slow`."""
    rate: float
    """Mean rate of the population, Hz."""


def sine_response(
    frequency: float,
    mean: float,
    amplitude: float,
    sigma: float,
    tau: float,
    neuron: LIF = LIF(),
    *,
    n: int = 1000,
    rest: float = 150.0,
    duration: float = 600.0,
    dt: float = 0.5,
    rng: np.random.Generator | np.uint64,
) -> SineResponse:
    """Let a population and its rate model follow one sine.

    Parameters
    ----------
    frequency : float
        Of the sine, Hz; at least one cycle in `duration`, and four steps a cycle.
    mean, amplitude : float
        Mean and size of the current, nA.
    sigma : float
        Noise of each neuron, standard deviation of its free potential, mV.
    tau : float
        Time constant of the rate model, ms; 0 for one that is stationary at every moment.
    neuron
        The numbers that all neurons have in common.
    n : int
        Number of neurons.
    rest, duration : float
        How long both are left to settle, and how long they are looked at, in whole cycles, ms.
    dt : float
        Time step, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    With the time constant of the membrane the model follows 50 Hz too weakly:

    >>> seen = sine_response(50.0, 0.16, 0.03, 4.0, 20.0, rng=np.random.default_rng(1))
    >>> seen.size > 3 * seen.size_model
    True
    """
    frequency, sigma = positive("frequency", frequency), non_negative("sigma", sigma)
    neuron, mean, amplitude = check_lif(neuron), as_real("mean", mean), positive("amplitude", amplitude)
    tau, n, dt = non_negative("tau", tau), whole("n", n, 1), positive("dt", dt)
    rest, duration = non_negative("rest", rest), positive("duration", duration)
    if not 1000.0 / duration <= frequency <= 250.0 / dt:
        raise ValueError(
            f"frequency must be from {1000 / duration:g} Hz (a cycle in duration) to {250 / dt:g} Hz "
            f"(four steps a cycle), got {frequency:g}"
        )
    steps = whole_steps(rest + duration, dt) + 1
    room = int(affordable(math.ceil(steps / (refractory_steps(neuron.t_ref, dt) + 1)) * n))
    seen, (i, target, followed) = recorded(), np.empty((3, steps))
    v, higher, times, units = np.empty(n), np.zeros(n), np.empty(room), np.empty(room, np.int32)
    free, late, steps_in = np.empty(n, np.int32), np.zeros(n, np.int32), np.zeros(PHASES, np.int32)
    run_sine(
        seen, i, v, free, late, higher, times, units, np.empty(AROUND), target, followed, steps_in, neuron,
        frequency, sigma, tau, mean, amplitude, rest, duration, FASTEST, dt, seed_from(rng),
    )  # fmt: skip
    return read(seen)


def recorded() -> SineResponse:
    """A blank record."""
    cycle = dict.fromkeys(("phase", "population", "model", "slow"), PHASES)
    return blank(SineResponse, **cycle, f=POINTS, gain=POINTS)


@kernel
def _turn(t, frequency, rest, dt):
    """Where in its cycle the sine is in the middle of step `t`, 0 to 1."""
    turns = frequency * ((t + 0.5) * dt - rest) / 1000.0
    return turns - math.floor(turns)


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


@kernel
def _swings(seen):
    """The swings, of what the bins hold."""
    sine, cosine, mean = _wave(seen.population)
    sine_model, cosine_model, _ = _wave(seen.model)
    sine_slow, cosine_slow, _ = _wave(seen.slow)
    share = 100.0 / math.hypot(sine_slow, cosine_slow)
    seen.error[0] = share * math.hypot(sine - sine_model, cosine - cosine_model)
    seen.size[0] = share * math.hypot(sine, cosine)
    seen.size_model[0] = share * math.hypot(sine_model, cosine_model)
    seen.rate[0] = mean


@kernel
def run_sine(
    seen, i, v, free, late, higher, times, units, around, target, followed, steps_in, neuron,
    frequency, sigma, tau, mean, amplitude, rest, duration, fastest, dt, seed,
):  # fmt: skip
    """The sine, both answers, and their rates in the bins of a cycle."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    phases, begin = seen.phase.size, int(rest / dt)
    cycles = math.floor(duration * frequency / 1000.0 + 1e-9)
    stop = begin + int(cycles * 1000.0 / (frequency * dt) + 0.5)
    for k in range(around.size):
        there = mean + amplitude * math.sin(2.0 * math.pi * k / around.size)
        around[k] = siegert_at(there, sigma, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt)
    for t in range(stop):
        turn = _turn(t, frequency, rest, dt)
        i[t] = mean + amplitude * math.sin(2.0 * math.pi * turn)
        left = min(int(turn * around.size), around.size - 1)
        rise = around[(left + 1) % around.size] - around[left]
        target[t] = around[left] + (turn * around.size - left) * rise
    count = run_population(
        i[:stop], v, free, times, units, late, higher, sigma,
        tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed,
    )  # fmt: skip
    run_model(target[:stop], followed[:stop], target[0], tau, dt)
    for t in range(begin, stop):
        b = min(int(_turn(t, frequency, rest, dt) * phases), phases - 1)
        steps_in[b] += 1
        seen.model[b] += followed[t]
        seen.slow[b] += target[t]
    for s in range(count):
        t = int(times[s] / dt - 0.5)
        if begin <= t < stop:
            b = min(int(_turn(t, frequency, rest, dt) * phases), phases - 1)
            seen.population[b] += 1000.0 / (v.size * dt)
    for b in range(phases):
        seen.phase[b] = 360.0 * (b + 0.5) / phases
        steps = max(steps_in[b], 1)
        seen.population[b] /= steps
        seen.model[b] /= steps
        seen.slow[b] /= steps
    for k in range(seen.f.size):
        seen.f[k] = k * fastest / (seen.f.size - 1)
        seen.gain[k] = 100.0 / math.hypot(1.0, 0.002 * math.pi * seen.f[k] * tau)
    _swings(seen)
