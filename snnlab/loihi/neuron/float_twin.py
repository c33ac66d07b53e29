r"""The compartment in real numbers: the same two equations, and nothing is rounded, wrapped or stopped.

$$ u \leftarrow (1 - a_u)\, u + q, \qquad v \leftarrow (1 - a_v)\, v + u + b $$

Where $v > v_{th}$ the compartment fires, and $v \leftarrow 0$ for this and the following $R - 1$ steps.
Beside a compartment of `snnlab.loihi.neuron.compartments` it shows what whole numbers cost.

Source: M. Davies et al. (2018), IEEE Micro 38(1), eq. 1, in steps. The floating-point neurons of lava-nc call
$R - 1$ the refractory period.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, non_negative, whole
from snnlab.compiling import inlined_kernel, kernel
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import DECAY_BITS, SHIFT_BITS
from snnlab.loihi.neuron.compartments import Compartment, check_compartment
from snnlab.spikes import Spikes

__all__ = ["FloatCompartment", "FloatRun", "float_twin", "simulate_float_compartments"]


class FloatCompartment(NamedTuple):
    """The numbers of a compartment in real numbers.

    Examples
    --------
    >>> FloatCompartment(decay_u=0.2).decay_u
    0.2
    """

    decay_u: float = 0.1
    """Fraction of the current that is lost in a step, 0 to 1."""
    decay_v: float = 0.05
    """Fraction of the voltage that is lost in a step, 0 to 1."""
    v_th: float = 6400.0
    """Threshold, in units of the voltage."""
    refractory: int = 1
    """Steps from a spike to the next step in which the voltage moves."""


class FloatRun(NamedTuple):
    """What the compartments did.

    Examples
    --------
    >>> run = simulate_float_compartments([640, 640])
    >>> print(run.u.shape, run.v.dtype, run.spikes.n_spikes)
    (2, 1) float64 0
    """

    u: np.ndarray
    """Current after each step, shape (steps, n)."""
    v: np.ndarray
    """Voltage after each step, shape (steps, n)."""
    spikes: Spikes
    """A spike in step k has the time k; a step counts as 1 ms."""


def float_twin(
    compartment: Compartment = Compartment(), convention: Convention = BRIAN2_LOIHI
) -> FloatCompartment:
    """The same compartment without whole numbers.

    Parameters
    ----------
    compartment
        The numbers of the compartment on the chip.
    convention
        How the chip is read.

    Returns
    -------
    FloatCompartment
        Decays as fractions, the threshold in units of the voltage. It has no lowest voltage.

    Examples
    --------
    >>> float_twin(Compartment(decay_u=1024, decay_v=2048, v_th=100))
    FloatCompartment(decay_u=0.25, decay_v=0.5, v_th=6400.0, refractory=1)
    """
    numbers = check_compartment(compartment, convention)
    if numbers.soft_reset:
        raise ValueError("soft_reset must be False for a twin in real numbers, got True")
    whole_of = 1 << DECAY_BITS
    return FloatCompartment(
        (numbers.decay_u + convention.decay_offset) / whole_of,
        numbers.decay_v / whole_of,
        float(numbers.v_th << SHIFT_BITS),
        numbers.refractory,
    )


def simulate_float_compartments(
    q: ArrayLike,
    compartment: FloatCompartment = FloatCompartment(),
    *,
    bias: ArrayLike = 0.0,
    u_start: ArrayLike = 0.0,
    v_start: ArrayLike = 0.0,
) -> FloatRun:
    """Compartments in real numbers under a given synaptic input, step by step.

    Parameters
    ----------
    q : array of shape (steps,) or (steps, n)
        The input of each step in units of the current.
    compartment
        The numbers that all compartments share.
    bias : float or array of shape (n,)
        Is added to the voltage in each step.
    u_start, v_start : float or array of shape (n,)
        Current and voltage before the first step.

    Returns
    -------
    FloatRun
        Current, voltage and spikes.

    Examples
    --------
    >>> run = simulate_float_compartments([6400, 0, 0, 0], FloatCompartment(0.1, 0.05, 12800.0))
    >>> print(run.u.ravel(), run.v.ravel(), run.spikes.times)
    [6400.  5760.  5184.  4665.6] [ 6400.  11840.      0.   4665.6] [2.]
    """
    if not isinstance(compartment, FloatCompartment):
        raise TypeError(f"compartment must be a FloatCompartment, got {type(compartment).__name__}")
    lost_u, lost_v = (fraction(name, getattr(compartment, name)) for name in ("decay_u", "decay_v"))
    v_th, rest = non_negative("v_th", compartment.v_th), whole("refractory", compartment.refractory, 1) - 1
    drive = finite_array("q", q, (1, 2), "(steps,) or (steps, n)")
    drive = drive if drive.ndim == 2 else drive[:, None]
    steps, n = drive.shape
    rest = min(rest, steps)  # no rest is longer than the run
    u, v = np.empty((steps + 1, n)), np.empty((steps + 1, n))
    u[0], v[0] = _row("u_start", u_start, n), _row("v_start", v_start, n)
    fired, wait = np.empty((steps, n), np.uint8), np.zeros(n, np.int64)
    b = np.array(_row("bias", bias, n))
    run(np.ascontiguousarray(drive), u, v, fired, wait, b, 1.0 - lost_u, 1.0 - lost_v, v_th, rest)
    times, units = np.nonzero(fired)
    spikes = Spikes._sorted(times.astype(float), units.astype(np.int32), n, float(steps))
    return FloatRun(u[1:], v[1:], spikes)


def _row(name: str, values: ArrayLike, n: int) -> np.ndarray:
    """One number for each compartment."""
    array = finite_array(name, values, (0, 1), f"({n},)")
    if array.size not in (1, n):
        raise ValueError(f"{name} must be a number or have shape ({n},), got {array.shape}")
    return np.broadcast_to(array, n)


@inlined_kernel
def step(u, v, q, b, keep_u, keep_v):
    """Current and voltage one step later."""
    u = keep_u * u + q
    return u, keep_v * v + u + b


@kernel
def run(q, u, v, fired, wait, b, keep_u, keep_v, v_th, rest):
    """All steps; row 0 of `u` and `v` is the start."""
    for t in range(len(q)):
        for k in range(q.shape[1]):
            now_u, now_v = step(u[t, k], v[t, k], q[t, k], b[k], keep_u, keep_v)
            if wait[k] > 0:
                now_v = 0.0
                wait[k] -= 1
            fires = now_v > v_th
            if fires:
                now_v = 0.0
                wait[k] = rest
            u[t + 1, k], v[t + 1, k], fired[t, k] = now_u, now_v, fires
