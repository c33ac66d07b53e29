"""Many compartments for a long time: their spikes and where the registers end, nothing in between.

The equations are those of `snnlab.loihi.neuron.compartments`. What differs is the memory: current and voltage
of a block of compartments stay where the processor reaches them at once while a few steps go by, and a row of
flags says who fired.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.compiling import kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import scaled_bias, whole_array
from snnlab.loihi.neuron.compartments import (
    V_MAX,
    Compartment,
    advance_in_place,
    check_compartment,
    drive_of,
    registers,
    row_for,
    step,
)
from snnlab.spikes import Spikes

__all__ = ["SpikingRun", "simulate_spikes"]

BLOCK, CHUNK = 1024, 32  # compartments and steps that are done in one go
FLAGS = 8  # are looked at together


class SpikingRun(NamedTuple):
    """What the compartments fired, and their registers at the end.

    Examples
    --------
    >>> run = simulate_spikes([6400, 0, 0, 0], Compartment(v_th=200))
    >>> print(run.spikes.times, run.u, run.v)
    [2.] [4663] [4663]
    """

    spikes: Spikes
    """A spike in step k has the time k; a step counts as 1 ms."""
    u: np.ndarray
    """Current after the last step, int32 of shape (n,)."""
    v: np.ndarray
    """Voltage after the last step, int32 of shape (n,)."""


def simulate_spikes(
    q: ArrayLike,
    compartment: Compartment = Compartment(),
    convention: Convention = BRIAN2_LOIHI,
    *,
    bias: ArrayLike = 0,
    bias_exp: ArrayLike = 0,
    u_start: ArrayLike = 0,
    v_start: ArrayLike = 0,
) -> SpikingRun:
    """As `simulate_compartments`, without the registers of every step, and several times as fast.

    Parameters
    ----------
    q : array of int of shape (steps,) or (steps, n)
        The input of each step in units of the current. Arrays of int16 and int32 are read as they are.
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
    SpikingRun
        Spikes, and current and voltage after the last step.

    Examples
    --------
    >>> run = simulate_spikes(np.full((100, 3), 500), Compartment(v_th=200, refractory=3))
    >>> print(run.spikes.n_spikes, run.u)
    54 [4986 4986 4986]
    """
    compartment = check_compartment(compartment, convention)
    drive = drive_of(q, convention)
    steps, n = drive.shape
    b = row_for("bias", scaled_bias(bias, bias_exp), n)
    u, v = (
        row_for(name, whole_array(name, start, -V_MAX - 1, V_MAX), n)
        for name, start in (("u_start", u_start), ("v_start", v_start))
    )
    fired = np.zeros((CHUNK, -(-n // FLAGS) * FLAGS), np.uint8)
    groups, wait = fired.view(np.uint64), np.zeros(n, np.int32)
    numbers = registers(compartment, convention)
    units, counts, found, t = [], np.zeros(steps, np.int64), np.empty(2 * CHUNK * max(n, 1), np.int32), 0
    while t < steps:
        t, used = run(drive, u, v, wait, b, fired, groups, found, counts, t, *numbers)
        units.append(found[:used].copy())
    times = np.repeat(np.arange(steps, dtype=float), counts)
    who = np.concatenate(units) if units else np.empty(0, np.int32)
    return SpikingRun(Spikes._sorted(times, who, n, float(steps)), u, v)


@kernel
def _advance(q, u, v, fired, b, keep_u, keep_v, v_th, v_min, drive_limit, edge):
    """One step of a block whose compartments need no rest, without a branch."""
    for k in range(len(u)):
        now_u, now_v = step(u[k], v[k], q[k], b[k], keep_u, keep_v, v_min, drive_limit, edge)
        fires = now_v > v_th
        u[k] = now_u
        v[k] = np.int32(0 if fires else now_v)
        fired[k] = fires


@kernel
def run(
    q, u, v, wait, b, fired, groups, found, counts, t,
    keep_u, keep_v, v_th, rest, v_min, drive_limit, edge,
):  # fmt: skip
    """Steps from `t` on, until `found` may be full; the next step, and how much of `found` is in use."""
    n, used = len(u), 0
    while t < len(q) and used + CHUNK * n <= found.size:
        stop = min(t + CHUNK, len(q))
        for first in range(0, n, BLOCK):
            last = min(first + BLOCK, n)
            u_block, v_block, b_block, wait_block = (
                u[first:last], v[first:last], b[first:last], wait[first:last]
            )  # fmt: skip
            for s in range(t, stop):
                q_block, fired_block = q[s, first:last], fired[s - t, first:last]
                if rest == 0:
                    _advance(
                        q_block, u_block, v_block, fired_block, b_block,
                        keep_u, keep_v, v_th, v_min, drive_limit, edge,
                    )  # fmt: skip
                else:
                    advance_in_place(
                        q_block, u_block, v_block, wait_block, fired_block, b_block,
                        keep_u, keep_v, v_th, rest, v_min, drive_limit, edge,
                    )  # fmt: skip
        for s in range(t, stop):
            before = used
            for group in range(groups.shape[1]):
                if groups[s - t, group]:
                    for k in range(FLAGS * group, FLAGS * group + FLAGS):
                        if fired[s - t, k]:
                            found[used] = k
                            used += 1
            counts[s] = used - before
        t = stop
    return t, used
