r"""A tone that comes from one side, and the row of neurons that says from which: `delay_line`, at once.

The fibres of both ears fire in step with a tone of period $T$, each spike off by a jitter. Where the axons
make up for the interaural delay $\delta$, the spikes of both ears arrive together and a neuron fires. A tone
looks the same a period later, so this happens at every neuron whose delay is

$$ d_k = \delta + m\, T, \qquad m = 0, \pm 1, \pm 2, \ldots $$

Only one of them is where the sound is; the others are *ghosts*, and for a tone high enough the row has some.

Source: L. A. Jeffress (1948), Journal of Comparative and Physiological Psychology 41, 35–39; for the ghosts,
T. Takahashi and M. Konishi (1986), Journal of Neuroscience 6, 3413–3422.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import as_real, non_negative, positive
from snnlab.coding.trains import insert
from snnlab.compiling import kernel
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.neurons.models.lif_synaptic_exact import run as run_neuron
from snnlab.random import normal, seed_from, uniform
from snnlab.records import blank, read

__all__ = ["HeardSound", "heard_sound"]

FIBRES, FIRES, WEIGHT, TAU_S = 10, 0.7, 0.07, 0.1
"""Fibres from each ear, how likely one fires in a cycle, what its spike adds (nA), and for how long (ms)."""
QUICK = LIF(tau_m=0.3, t_ref=1.0)
"""A neuron of the row: it forgets within a fraction of a millisecond."""
WIDEST, NEURONS = 0.6, 25  # ms, of the row
LOWEST, HIGHEST, LONGEST = 250.0, 1200.0, 100.0  # Hz; ms
FARTHEST, LOOSEST, SHOWN = 0.5, 0.4, 20.0  # ms: interaural delay, jitter, what is drawn
ROOM = int(FIBRES * LONGEST * HIGHEST / 1000.0) + FIBRES


class HeardSound(NamedTuple):
    """Both ears under a tone, and how often each neuron of the row fires.

    Examples
    --------
    >>> seen = heard_sound(0.3, rng=np.random.default_rng(1))
    >>> print(f"{seen.told:.0f} µs, in truth 300")
    300 µs, in truth 300
    """

    times: Annotated[np.ndarray, "n"]
    """Spikes of the fibres in the first 20 ms, ms."""
    units: Annotated[np.ndarray, "n"]
    """Which fibre: 0 to 9 are of the left ear, 10 to 19 of the right."""
    row: np.ndarray
    """The delay of each neuron, −600 to 600 µs."""
    fired: np.ndarray
    """Its spikes."""
    n: int
    """Spikes of the fibres that are drawn."""
    most: int
    """Spikes of the busiest neuron."""
    busy: int
    """Neurons that fire at least half as much."""
    told: float
    """Their mean delay, µs; NaN if no neuron fires."""
    off: float
    """How far that is from the truth, µs; NaN if no neuron fires."""


def heard_sound(
    delay: float,
    frequency: float = 500.0,
    jitter: float = 0.1,
    duration: float = 100.0,
    *,
    rng: np.random.Generator | np.uint64,
) -> HeardSound:
    """Let a row of coincidence detectors find a tone.

    Parameters
    ----------
    delay : float
        By how much later the right ear hears it, −0.5 to 0.5 ms.
    frequency : float
        Of the tone, 250 to 1200 Hz.
    jitter : float
        How far a spike is from its place in the cycle, standard deviation, 0 to 0.4 ms.
    duration : float
        How long the tone lasts, at most 100 ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    A period of 1 ms: the sound at 400 µs has a ghost at −600 µs, and their mean is neither.

    >>> low, high = (heard_sound(0.4, f, rng=np.random.default_rng(1)) for f in (500.0, 1000.0))
    >>> print(f"off by {low.off:.0f} and by {high.off:.0f} µs")
    off by 25 and by 376 µs
    """
    delay, jitter = as_real("delay", delay), non_negative("jitter", jitter)
    frequency, duration = positive("frequency", frequency), positive("duration", duration)
    if abs(delay) > FARTHEST:
        raise ValueError(f"delay must be −0.5 to 0.5 ms, got {delay:g}")
    if not LOWEST <= frequency <= HIGHEST:
        raise ValueError(f"frequency must be 250 to 1200 Hz, got {frequency:g}")
    if jitter > LOOSEST:
        raise ValueError(f"jitter must be at most 0.4 ms, got {jitter:g}")
    if duration > LONGEST:
        raise ValueError(f"duration must be at most 100 ms, got {duration:g}")
    seen = recorded()
    seed = seed_from(rng)
    run_sound(seen, *buffers().values(), QUICK, 1000.0 * delay, frequency, 1000.0 * jitter, duration, seed)
    return read(seen)


def recorded() -> HeardSound:
    """A blank record."""
    room = 2 * FIBRES * (int(SHOWN * HIGHEST / 1000.0) + 1)
    return blank(HeardSound, times=room, units=np.zeros(room, np.int32), row=NEURONS, fired=NEURONS)


def buffers() -> dict[str, np.ndarray]:
    """What the kernel works in, by name and in its order."""
    return {
        **{name: np.zeros(ROOM) for name in ("left", "right")},
        **{name: np.zeros(2 * ROOM) for name in ("at", "weights")},
        "apart": np.zeros(2 * ROOM, np.int32),
        **{name: np.zeros(1) for name in ("outside", "spikes")},
    }


@kernel
def _listen(seen, ear, which, first, period, cycles, jitter, seed):
    """The spikes of an ear's fibres, in order; returns their number. Some are put into the picture."""
    n = 0
    for c in range(cycles):
        for k in range(FIBRES):
            stream, count = which * FIBRES + k, c
            if uniform(seed, stream, count) < FIRES:
                time = max(first + period * c + jitter * normal(seed, stream + 2 * FIBRES, count), 0.0)
                insert(ear, n, time)
                n += 1
                if time < SHOWN and int(seen.n[0]) < seen.times.size:
                    seen.times[int(seen.n[0])] = time
                    seen.units[int(seen.n[0])] = stream
                    seen.n[0] += 1.0
    return n


@kernel
def _arrive(at, left, right, n_left, n_right, late_left, late_right):
    """What comes from both ears, each later by its axon, in order."""
    a = b = 0
    for s in range(n_left + n_right):
        if b == n_right or (a < n_left and left[a] + late_left <= right[b] + late_right):
            at[s] = left[a] + late_left
            a += 1
        else:
            at[s] = right[b] + late_right
            b += 1


@kernel
def run_sound(
    seen, left, right, at, weights, apart, outside, spikes, neuron, delay, frequency, jitter, duration, seed
):
    """Both ears, the row, and what the row says; delay and jitter in µs."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    period, half = 1000.0 / frequency, 0.0005 * delay
    cycles = int(duration / period + 1e-9)
    early = FARTHEST + 0.004 * jitter
    n_left = _listen(seen, left, 0, early - half, period, cycles, 0.001 * jitter, seed)
    n_right = _listen(seen, right, 1, early + half, period, cycles, 0.001 * jitter, seed)
    weights[:] = WEIGHT
    end, n = duration + 2.0 * early + 2.0 * WIDEST, n_left + n_right
    for k in range(NEURONS):
        d = WIDEST * (2.0 * k / (NEURONS - 1.0) - 1.0)
        _arrive(at, left, right, n_left, n_right, WIDEST + 0.5 * d, WIDEST - 0.5 * d)
        seen.row[k] = 1000.0 * d
        seen.fired[k] = run_neuron(
            at[:n], weights, apart, outside, end, spikes,
            tau_m, r_m, v_rest, v_reset, v_th, t_ref, TAU_S, TAU_S,
        )  # fmt: skip
        seen.most[0] = max(seen.most[0], seen.fired[k])
    seen.told[0] = math.nan
    seen.off[0] = math.nan
    if seen.most[0] > 0.0:
        total = 0.0
        for k in range(NEURONS):
            if seen.fired[k] >= 0.5 * seen.most[0]:
                total += seen.row[k]
                seen.busy[0] += 1.0
        seen.told[0] = total / seen.busy[0]
        seen.off[0] = abs(seen.told[0] - delay)
