r"""A compartment of Loihi: the leaky integrate-and-fire neuron with a synaptic current, in whole numbers.

$$ u \leftarrow \mathrm{sgn}(u) \left\lfloor |u| \, \frac{4096 - \delta_u}{4096} \right\rfloor + q, \qquad
v \leftarrow \mathrm{sgn}(v) \left\lfloor |v| \, \frac{4096 - \delta_v}{4096} \right\rfloor + u + b $$

where $q$ is what the synapses bring in this step and $b = m\,2^e$ the bias. The current $u$ has 24 bits and
overflows to the other end, the voltage $v$ stays at $\pm(2^{23} - 1)$. Where $v > 64\,v_{th}$ the compartment
fires, and $v \leftarrow 0$, where it stays for the following $R - 1$ steps. The current decays on meanwhile.
With a *soft reset* it is $v \leftarrow v - 64\,v_{th}$ instead: what was too much counts for the next spike.

Source: M. Davies et al. (2018), IEEE Micro 38(1), eq. 1; C. Michaelis et al. (2022), Frontiers in
Neuroinformatics 16:1015624, section 2. Where emulators disagree, see `snnlab.loihi.conventions`.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import inlined_kernel, kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention, check_convention
from snnlab.loihi.fixed_point import (
    DECAY_BITS,
    REFRACTORY_MAX,
    REGISTER_LIMIT,
    SHIFT_BITS,
    THRESHOLD_BITS,
    decayed,
    saturated,
    scaled_bias,
    whole_array,
    whole_within,
    wrapped,
)
from snnlab.spikes import Spikes

__all__ = ["Compartment", "CompartmentRun", "check_compartment", "simulate_compartments"]

V_MAX = REGISTER_LIMIT - 1
SOFT = -1  # steps of rest that say: the reset is soft


class Compartment(NamedTuple):
    """The numbers of a compartment; all of them are whole.

    Examples
    --------
    >>> Compartment(v_th=200).v_th
    200
    """

    decay_u: int = 410
    """4096ths of the current that are lost in a step, 0 to 4096."""
    decay_v: int = 205
    """4096ths of the voltage that are lost in a step, 0 to 4096."""
    v_th: int = 100
    """Mantissa of the threshold, 0 to 131071; the threshold is 64 times as much."""
    refractory: int = 1
    """Steps from a spike to the next step in which the voltage moves, 1 to 64."""
    v_min: int = -V_MAX
    """The voltage stays above, −2²³ + 1 to 0."""
    soft_reset: bool = False
    """A spike takes the threshold off the voltage, instead of bringing it to 0; `refractory` is 1 then."""


class CompartmentRun(NamedTuple):
    """What the compartments did.

    Examples
    --------
    >>> run = simulate_compartments([640, 640], Compartment(v_th=30, decay_v=0))
    >>> print(run.u.shape, run.v.dtype, run.spikes.n_spikes)
    (2, 1) int32 0
    """

    u: np.ndarray
    """Current after each step, int32 of shape (steps, n)."""
    v: np.ndarray
    """Voltage after each step, int32 of shape (steps, n)."""
    spikes: Spikes
    """A spike in step k has the time k; a step counts as 1 ms."""


def check_compartment(
    compartment: Compartment = Compartment(), convention: Convention = BRIAN2_LOIHI
) -> Compartment:
    """`compartment`, if its numbers fit into their registers.

    Parameters
    ----------
    compartment
        The numbers of the compartment.
    convention
        How the chip is read; with an offset the largest decay of the current is 4095.

    Returns
    -------
    Compartment
        Its numbers as int.

    Examples
    --------
    >>> check_compartment(Compartment(refractory=65))
    Traceback (most recent call last):
    ValueError: refractory must be from 1 to 64, got 65
    """
    if not isinstance(compartment, Compartment):
        raise TypeError(f"compartment must be a Compartment, got {type(compartment).__name__}")
    convention = check_convention(convention)
    limits = {
        "decay_u": (0, (1 << DECAY_BITS) - convention.decay_offset),
        "decay_v": (0, 1 << DECAY_BITS),
        "v_th": (0, (1 << THRESHOLD_BITS) - 1),
        "refractory": (1, REFRACTORY_MAX),
        "v_min": (-V_MAX, 0),
    }
    if not isinstance(compartment.soft_reset, bool):
        raise TypeError(f"soft_reset must be True or False, got {compartment.soft_reset!r}")
    numbers: dict[str, Any] = {
        name: whole_within(name, getattr(compartment, name), *ends) for name, ends in limits.items()
    }
    checked = compartment._replace(**numbers)
    if checked.refractory > 1 and checked.soft_reset:
        raise ValueError(f"refractory must be 1 with a soft reset, got {checked.refractory}")
    if checked.refractory > 1 and not convention.refractory:
        raise ValueError(
            f"refractory must be 1 in the convention {convention.name}, got {checked.refractory}"
        )
    return checked


def simulate_compartments(
    q: ArrayLike,
    compartment: Compartment = Compartment(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    bias: ArrayLike = 0,
    bias_exp: ArrayLike = 0,
    u_start: ArrayLike = 0,
    v_start: ArrayLike = 0,
) -> CompartmentRun:
    """Compartments under a given synaptic input, step by step.

    Parameters
    ----------
    q : array of int of shape (steps,) or (steps, n)
        The input of each step in units of the current, of 32 bits; `synaptic_input` makes it from spikes.
    compartment
        The numbers that all compartments share.
    convention
        How the chip is read.
    bias, bias_exp : int or array of shape (n,)
        Mantissa, −4096 to 4095, and exponent, 0 to 7, of the bias.
    u_start, v_start : int or array of shape (n,)
        Current and voltage before the first step.

    Returns
    -------
    CompartmentRun
        Current, voltage and spikes.

    Examples
    --------
    >>> run = simulate_compartments([6400, 0, 0, 0], Compartment(v_th=200))
    >>> print(run.u.ravel(), run.v.ravel(), run.spikes.times)
    [6400 5759 5182 4663] [ 6400 11838     0  4663] [2.]

    An input that nengo-loihi has no room for comes out at the other end:

    >>> from snnlab.loihi import NENGO_LOIHI
    >>> print(simulate_compartments([1 << 21], convention=NENGO_LOIHI).u)
    [[-2097152]]
    """
    compartment = check_compartment(compartment, convention)
    drive = drive_of(q, convention)
    steps, n = drive.shape
    shift = row_for("bias", scaled_bias(bias, bias_exp), n)
    u, v = np.empty((steps + 1, n), np.int32), np.empty((steps + 1, n), np.int32)
    for name, start, state in (("u_start", u_start, u), ("v_start", v_start, v)):
        state[0] = row_for(name, whole_array(name, start, -V_MAX - 1, V_MAX), n)
    fired, wait = np.empty((steps, n), np.uint8), np.zeros(n, np.int32)
    run(drive, u, v, fired, wait, shift, *registers(compartment, convention))
    times, units = np.nonzero(fired)
    spikes = Spikes._sorted(times.astype(float), units.astype(np.int32), n, float(steps))
    return CompartmentRun(u[1:], v[1:], spikes)


def drive_of(q: ArrayLike, convention: Convention) -> np.ndarray:
    """The input as it is added, of shape (steps, n): int16 or int32, not copied if it was one of them."""
    drive = q if isinstance(q, np.ndarray) else np.empty(0)
    if drive.dtype not in (np.int16, np.int32):
        drive = whole_array("q", q, -(1 << 31), (1 << 31) - 1).astype(np.int32)
    if drive.ndim not in (1, 2):
        raise ValueError(f"q must have shape (steps,) or (steps, n), got {drive.shape}")
    drive = np.ascontiguousarray(drive if drive.ndim == 2 else drive[:, None])
    if convention.input_limit and drive.dtype == np.int32:  # 16 bits cannot overflow it
        drive = drive.copy()
        _overflow(drive.ravel(), convention.input_limit)
    return drive


def registers(compartment: Compartment, convention: Convention) -> tuple[np.int32, ...]:
    """What the kernels take: 4096ths that are kept, threshold, steps of rest, lowest voltage, overflows.

    A rest of −1 steps is a soft reset: `after_spike` knows it from that.
    """
    numbers = (
        (1 << DECAY_BITS) - compartment.decay_u - convention.decay_offset,
        (1 << DECAY_BITS) - compartment.decay_v,
        compartment.v_th << SHIFT_BITS,
        SOFT if compartment.soft_reset else compartment.refractory - 1,
        compartment.v_min,
        convention.drive_limit,
        convention.wrap_edge,
    )
    return tuple(np.int32(number) for number in numbers)


def row_for(name: str, values: np.ndarray, n: int) -> np.ndarray:
    """One number for each compartment."""
    if values.ndim > 1 or values.size not in (1, n):
        raise ValueError(f"{name} must be a number or have shape ({n},), got {values.shape}")
    return np.broadcast_to(values, n).astype(np.int32)


@kernel
def _overflow(q, limit):
    """Wrap each input, in place."""
    for k in range(q.size):
        q[k] = wrapped(q[k], limit, 0)


@inlined_kernel
def step(u, v, q, b, keep_u, keep_v, v_min, drive_limit, edge):
    """Current and voltage one step later; kept in 32 bits, of which a processor adds eight at a time."""
    u = wrapped(np.int32(decayed(u, keep_u) + q), REGISTER_LIMIT, edge)
    v = saturated(np.int32(decayed(v, keep_v) + wrapped(u + b, drive_limit, 0)), v_min, np.int32(V_MAX))
    return u, v


@inlined_kernel
def after_spike(v, v_th, rest):
    """The voltage after a spike."""
    return np.int32(v - v_th if rest == -1 else 0)


@kernel
def advance_compartments(
    q, u_old, v_old, u, v, fired, wait, b, keep_u, keep_v, v_th, rest, v_min, drive_limit, edge
):
    """One step of all compartments, without a branch."""
    for k in range(len(u)):
        now_u, now_v = step(u_old[k], v_old[k], q[k], b[k], keep_u, keep_v, v_min, drive_limit, edge)
        now_v = np.int32(0 if wait[k] > 0 else now_v)
        fires = now_v > v_th
        u[k] = now_u
        v[k] = np.int32(after_spike(now_v, v_th, rest) if fires else now_v)
        fired[k] = fires
        wait[k] = np.int32(rest if fires else max(np.int32(wait[k] - 1), np.int32(0)))


@kernel
def advance_in_place(q, u, v, wait, fired, b, keep_u, keep_v, v_th, rest, v_min, drive_limit, edge):
    """As `advance_compartments`, the registers in the same arrays before and after.

    Given the same arrays twice, `advance_compartments` would be right and several times as slow: what might
    overlap is done one number at a time.
    """
    for k in range(len(u)):
        now_u, now_v = step(u[k], v[k], q[k], b[k], keep_u, keep_v, v_min, drive_limit, edge)
        now_v = np.int32(0 if wait[k] > 0 else now_v)
        fires = now_v > v_th
        u[k] = now_u
        v[k] = np.int32(after_spike(now_v, v_th, rest) if fires else now_v)
        fired[k] = fires
        wait[k] = np.int32(rest if fires else max(np.int32(wait[k] - 1), np.int32(0)))


@kernel
def run(q, u, v, fired, wait, b, keep_u, keep_v, v_th, rest, v_min, drive_limit, edge):
    """All steps; row 0 of `u` and `v` is the start."""
    for t in range(len(q)):
        advance_compartments(
            q[t],
            u[t],
            v[t],
            u[t + 1],
            v[t + 1],
            fired[t],
            wait,
            b,
            keep_u,
            keep_v,
            v_th,
            rest,
            v_min,
            drive_limit,
            edge,
        )
