r"""How small must a jump be to be taken for noise? A LIF neuron against Siegert's formula.

The neuron has rest and reset 0, threshold 1, a time constant of 20 ms and is held for 2 ms after a spike. It
hears Poisson spikes of the rate $\rho$, each a jump of the size $w$, a share $q$ of them downwards. The
potential of one that never fires would have

$$ \mu = \tau\, \rho\, w\, (1 - 2q), \qquad \sigma^2 = \tfrac12\, \tau\, \rho\, w^2 $$

The formula knows these two numbers and nothing else (`snnlab.neurons.populations.siegert_inputs`). It is
compared with the neuron itself, which is computed from jump to jump without a time step and so has no bias of
one. With the mean at the threshold the formula is too high; part of that is what stands above the threshold
and is lost at the reset. With the mean far below, and small jumps, it is too low.
For the same $\mu$, smaller jumps come more often: at $w \to 0$ and $q = 0$ only the mean is left.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import fraction, non_negative, positive
from snnlab.compiling import kernel
from snnlab.networks.comparisons.event_layer import step
from snnlab.neurons.models.lif import rate_at
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.neurons.populations.siegert_inputs import moments
from snnlab.neurons.populations.siegert_inputs import step as siegert_step
from snnlab.random import seed_from, uniform_pair
from snnlab.records import blank, read

__all__ = ["DiffusionLimit", "diffusion_limit", "fire_by_jumps"]

NEURON = LIF(tau_m=20.0, r_m=1.0, v_rest=0.0, v_reset=0.0, v_th=1.0, t_ref=2.0)
SHOWN, GRID = 200.0, 0.2  # ms that are drawn, and the step of what is drawn
WATCHED, EACH = 40_000.0, 10_000.0  # ms of the neuron that is asked for, and of each other one
SMALLEST, LARGEST, JUMPS = 0.05, 1.2, 24  # thresholds
STRONGEST, DRIVES = 2.0, 41  # thresholds
MOST_DOWN = 0.4
TIMES = 100  # at most one every 2 ms


class DiffusionLimit(NamedTuple):
    """What the neuron fires, and what the formula says.

    Examples
    --------
    >>> small, large = (diffusion_limit(jump, rng=np.uint64(1)) for jump in (0.05, 0.8))
    >>> abs(small.percent) < 5 < abs(large.percent)
    True
    """

    v: np.ndarray
    """Potential every 0.2 ms of the first 200 ms, in thresholds."""
    times: Annotated[np.ndarray, "n_shown"]
    """Spike times of those 200 ms."""
    jumps: np.ndarray
    """Other sizes of a jump, with the same mean and share."""
    fired: np.ndarray
    """The rate that each of them brings about in 10 s, Hz."""
    told: np.ndarray
    """What the formula says of each, Hz."""
    drives: np.ndarray
    """Other means of the free potential, with the same jump and share."""
    told_by_drive: np.ndarray
    """What the formula says of each, Hz."""
    without_noise: np.ndarray
    """The rate that the mean alone would bring about, Hz."""
    rate: float
    """The rate of the neuron in 40 s, Hz."""
    formula: float
    """What the formula says, Hz."""
    percent: float
    """By how much the formula is too high, in per cent of the rate; NaN for a neuron that is silent."""
    sigma: float
    """Scatter of the free potential, thresholds."""
    heard: float
    """Input spikes in a millisecond."""
    n_shown: int
    """Spikes in the first 200 ms."""


def diffusion_limit(
    jump: float = 0.1, drive: float = 1.0, share: float = 0.0, *, rng: np.random.Generator | np.uint64
) -> DiffusionLimit:
    """Let a neuron fire under jumps, and ask the formula.

    Parameters
    ----------
    jump : float
        Size of a jump, in thresholds, from 0.01 on.
    drive : float
        Mean of the potential if it never fired, in thresholds, at most 10.
    share : float
        Share of the jumps that go down, 0 to 0.4.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    A jump of the threshold only reaches it, and the next one fires; the formula does not know that:

    >>> seen = diffusion_limit(1.0, rng=np.uint64(1))
    >>> print(f"{seen.heard * 1000:.0f} Hz heard, {seen.rate:.0f} Hz fired, {seen.formula:.0f} Hz told")
    50 Hz heard, 24 Hz fired, 40 Hz told
    """
    jump, drive, share = positive("jump", jump), non_negative("drive", drive), fraction("share", share)
    if jump < 0.01:
        raise ValueError(f"jump must be at least 0.01, got {jump:g}")
    if drive > 10:
        raise ValueError(f"drive must be at most 10, got {drive:g}")
    if share > MOST_DOWN:
        raise ValueError(f"share must be at most {MOST_DOWN}, got {share:g}")
    seen = recorded()
    run_diffusion_limit(seen, jump, drive, share, seed_from(rng))
    return read(seen)


def recorded() -> DiffusionLimit:
    """A blank record."""
    by_jump = dict.fromkeys(("jumps", "fired", "told"), JUMPS)
    by_drive = dict.fromkeys(("drives", "told_by_drive", "without_noise"), DRIVES)
    return blank(DiffusionLimit, v=round(SHOWN / GRID), times=TIMES, **by_jump, **by_drive)


@kernel
def fire_by_jumps(jump, rate, share, duration, seed, stream, v, times):
    """From jump to jump; returns how often it fires. What is shown goes into `v` and `times`."""
    now, last, free, n, k, shown = 0.0, 0.0, 0.0, 0, 0, 0
    counter = np.uint64(0)
    while rate > 0.0:
        gap, which = uniform_pair(seed, stream, counter)
        counter += np.uint64(1)
        at = last - math.log(1.0 - gap) / rate
        while k < v.size and (k + 1) * GRID < at:
            v[k] = now * math.exp(-((k + 1) * GRID - last) / NEURON.tau_m)
            k += 1
        if at >= duration:
            break
        decay = math.exp(-(at - last) / NEURON.tau_m)
        now, fires = step(now, -jump if which < share else jump, decay, at < free, NEURON.v_th)
        last = at
        if fires:
            free = at + NEURON.t_ref
            n += 1
            if at < SHOWN and shown < times.size:
                times[shown] = at
                shown += 1
    return n, shown


@kernel
def told_rate(jump, drive, share):
    """What the formula says, Hz."""
    _, sigma = moments(drive, jump, share, NEURON.tau_m)
    return siegert_step(drive, sigma, NEURON)


@kernel
def run_diffusion_limit(seen, jump, drive, share, seed):
    """The neuron that was asked for, other jumps, and other means."""
    rate, sigma = moments(drive, jump, share, NEURON.tau_m)
    seen.v[:] = 0.0
    n, shown = fire_by_jumps(jump, rate, share, WATCHED, seed, np.uint64(0), seen.v, seen.times)
    seen.rate[0], seen.formula[0] = 1000.0 * n / WATCHED, told_rate(jump, drive, share)
    seen.percent[0] = 100.0 * (seen.formula[0] / seen.rate[0] - 1.0) if n > 0 else math.nan
    seen.sigma[0], seen.heard[0], seen.n_shown[0] = sigma, rate, shown
    for k in range(seen.jumps.size):
        other = SMALLEST * (k + 1)
        rate, _ = moments(drive, other, share, NEURON.tau_m)
        n, _ = fire_by_jumps(other, rate, share, EACH, seed, np.uint64(1 + k), seen.v[:0], seen.times[:0])
        seen.jumps[k], seen.fired[k] = other, 1000.0 * n / EACH
        seen.told[k] = told_rate(other, drive, share)
    tau_m, _, v_rest, v_reset, v_th, t_ref = NEURON
    for k in range(seen.drives.size):
        seen.drives[k] = STRONGEST * k / (seen.drives.size - 1)
        seen.told_by_drive[k] = told_rate(jump, seen.drives[k], share)
        seen.without_noise[k] = rate_at(seen.drives[k], tau_m, 1.0, v_rest, v_reset, v_th, t_ref)
