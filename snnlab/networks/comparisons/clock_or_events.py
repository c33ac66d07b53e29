r"""One neuron computed twice: at every tick of a clock, and at its input spikes only.

The neuron has rest 0, threshold 1 and reset to 0, without units. An input spike of weight $w$ makes the
potential jump; between two of them it decays. Who knows when the next one comes, after $\Delta$, jumps there:

$$ v \leftarrow v\, e^{-\Delta / \tau} + w $$

This is exact: the potential can cross the threshold at an input spike only. A clock takes the same step with
$\Delta = dt$ and all weights that have come since the last tick, at most ticks none. It pays for time, events
pay for spikes: of $n$ inputs of rate $r$ there are as many in a time as ticks if $n\, r\, dt = 1$. An update
by events needs an exponential, or a table of it, where a clock multiplies by one number.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import affordable, non_negative, positive
from snnlab.compiling import kernel
from snnlab.random import seed_from, uniform_pair
from snnlab.records import blank, read

__all__ = ["ClockOrEvents", "clock_or_events"]

INPUTS, INHIBITORY, WEIGHT = 100, 0.2, 0.15  # the weight in thresholds
DURATION, SHOWN, GRID = 2000.0, 200.0, 0.1  # ms; GRID is the step of what is shown
TICKS, SLOWEST = 50, 5.0  # clocks for the first curve, the slowest in ms
RATES, FASTEST = 41, 20.0  # rates for the second, the largest in Hz


class ClockOrEvents(NamedTuple):
    """What both found, and what it cost them.

    Examples
    --------
    >>> seen = clock_or_events(rng=np.uint64(1))
    >>> seen.updates, seen.ticks  # for two seconds of one neuron
    (1010, 2000)
    """

    v: np.ndarray
    """Potential by events, in thresholds, every 0.1 ms of the first 200 ms."""
    v_clock: np.ndarray
    """The same by the clock, which changes at its ticks only."""
    times: Annotated[np.ndarray, "n"]
    """Spike times by events, ms: those of the input spikes that made it fire."""
    clock_times: Annotated[np.ndarray, "n_clock"]
    """Spike times by the clock, ms: the ends of its ticks."""
    clocks: np.ndarray
    """Ticks of other clocks, ms."""
    counts: np.ndarray
    """How many spikes the neuron fires with each of them."""
    rates: np.ndarray
    """Other rates of each input, Hz."""
    by_events: np.ndarray
    """Updates by events that are expected with each of them."""
    by_clock: np.ndarray
    """Updates by the clock, which are the same with all of them."""
    n: int
    """Spikes by events."""
    n_clock: int
    """Spikes by the clock."""
    percent: float
    """How many per cent of the spikes by events the clock has in the same tick; NaN if there are none."""
    updates: int
    """Updates by events: one an input spike."""
    ticks: int
    """Updates by the clock: one a tick."""


def clock_or_events(
    rate: float = 5.0, dt: float = 1.0, tau: float = 20.0, *, rng: np.random.Generator | np.uint64
) -> ClockOrEvents:
    """Two seconds of a neuron with 100 Poisson inputs, of which every fifth inhibits.

    Parameters
    ----------
    rate : float
        Of each input, Hz.
    dt : float
        Tick of the clock, ms.
    tau : float
        Membrane time constant, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> quiet, busy = (clock_or_events(rate, rng=np.uint64(1)) for rate in (1.0, 20.0))
    >>> quiet.updates < quiet.ticks, busy.updates < busy.ticks
    (True, False)
    """
    rate, dt, tau = non_negative("rate", rate), positive("dt", dt), positive("tau", tau)
    if dt > DURATION:
        raise ValueError(f"dt must be at most the duration ({DURATION:g} ms), got {dt:g}")
    affordable(DURATION / dt)
    seen, inputs = recorded(rate), room_for(rate)
    run_clock_or_events(seen, *inputs, rate, dt, tau, seed_from(rng))
    return read(seen)


def room(rate: float) -> int:
    """Input spikes for which there is room: 8 standard deviations more than are expected."""
    expected = affordable(INPUTS * rate * DURATION / 1000.0)
    return int(expected + 8.0 * math.sqrt(expected) + 8.0)


def room_for(rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Where the times and the weights of the input spikes go."""
    return np.zeros(room(rate)), np.zeros(room(rate))


def recorded(rate: float) -> ClockOrEvents:
    """A blank record for inputs of at most this rate: no spike without an input spike."""
    lines = dict.fromkeys(("v", "v_clock"), round(SHOWN / GRID))
    spikes = dict.fromkeys(("times", "clock_times"), room(rate))
    curves = dict.fromkeys(("clocks", "counts"), TICKS) | dict.fromkeys(
        ("rates", "by_events", "by_clock"), RATES
    )
    return blank(ClockOrEvents, **lines, **spikes, **curves)


@kernel
def draw_inputs(at, w, rate, seed):
    """The input spikes in order, of all inputs together; returns how many there are."""
    n, t, counter, zero = 0, 0.0, np.uint64(0), np.uint64(0)
    total = INPUTS * rate / 1000.0  # spikes a ms
    while total > 0.0 and n < at.size:
        gap, which = uniform_pair(seed, zero, counter)
        t -= math.log(1.0 - gap) / total
        if t >= DURATION:
            break
        at[n], w[n] = t, -WEIGHT if which < INHIBITORY else WEIGHT
        n += 1
        counter += np.uint64(1)
    return n


@kernel
def jump(v, w, decay):
    """The potential after a decay and an input: what both do, one at a spike, one at a tick."""
    return v * decay + w


@kernel
def from_event_to_event(at, w, n_in, tau, v_shown, times):
    """From input spike to input spike; returns how often it fires."""
    v, last, n, k = 0.0, 0.0, 0, 0
    for j in range(n_in):
        while k < v_shown.size and (k + 1) * GRID < at[j]:
            v_shown[k] = v * math.exp(-((k + 1) * GRID - last) / tau)
            k += 1
        v, last = jump(v, w[j], math.exp(-(at[j] - last) / tau)), at[j]
        if v > 1.0:
            times[n], v, n = last, 0.0, n + 1
    while k < v_shown.size:
        v_shown[k] = v * math.exp(-((k + 1) * GRID - last) / tau)
        k += 1
    return n


@kernel
def from_tick_to_tick(at, w, n_in, tau, dt, v_shown, times, wanted, n_wanted):
    """From tick to tick; returns its spikes, those in a tick with one of `wanted`, and the ticks."""
    v, n, j, k, met, heard = 0.0, 0, 0, 0, 0, 0
    decay, ticks = math.exp(-dt / tau), math.ceil(DURATION / dt - 1e-9)
    for tick in range(1, ticks + 1):
        end = tick * dt
        while k < v_shown.size and (k + 1) * GRID < end - 1e-9:
            v_shown[k] = v
            k += 1
        total = 0.0
        while j < n_in and at[j] < end:
            total += w[j]
            j += 1
        v = jump(v, total, decay)
        fires = v > 1.0
        if fires:
            if n < times.size:
                times[n] = end
            v, n = 0.0, n + 1
        before = heard
        while heard < n_wanted and wanted[heard] < end:
            heard += 1
        met += fires and heard > before
    while k < v_shown.size:
        v_shown[k] = v
        k += 1
    return n, met, ticks


@kernel
def run_clock_or_events(seen, at, w, rate, dt, tau, seed):
    """The input spikes, the neuron by events, by the clock that was asked for, and by others."""
    n_in = draw_inputs(at, w, rate, seed)
    n = from_event_to_event(at, w, n_in, tau, seen.v, seen.times)
    for k in range(seen.clocks.size):
        seen.clocks[k] = SLOWEST * (k + 1) / seen.clocks.size
        seen.counts[k], _, _ = from_tick_to_tick(
            at, w, n_in, tau, seen.clocks[k], seen.v_clock[:0], seen.clock_times[:0], seen.times, n
        )
    n_clock, met, ticks = from_tick_to_tick(
        at, w, n_in, tau, dt, seen.v_clock, seen.clock_times, seen.times, n
    )
    for k in range(seen.rates.size):
        seen.rates[k] = FASTEST * k / (seen.rates.size - 1)
        seen.by_events[k], seen.by_clock[k] = INPUTS * seen.rates[k] * DURATION / 1000.0, ticks
    seen.n[0], seen.n_clock[0] = n, n_clock
    seen.percent[0] = 100.0 * met / n if n > 0 else math.nan
    seen.updates[0], seen.ticks[0] = n_in, ticks
