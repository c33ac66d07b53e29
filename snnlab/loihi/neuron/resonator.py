r"""A programmable neuron: the resonator of Loihi 2, a point that turns around rest, in whole numbers.

What a neuron of Loihi 2 does in a step is a short program. The best known one that is no leaky integrator
rings: its state is a point of the plane, the current $u$ and the voltage $v$ for its axes, which each step
turns and draws nearer to rest,

$$ u \leftarrow \mathrm{r}(c\,u / 2^b) - \mathrm{r}(s\,v / 2^b) + 2^e a_u, \qquad
v \leftarrow \mathrm{r}(c\,v / 2^b) + \mathrm{r}(s\,u / 2^b) + 2^e a_v $$

with $c = 2^b \lambda \cos \omega$ and $s = 2^b \lambda \sin \omega$ cut to whole numbers, where $\omega$ is
the angle of a step and $\lambda$ what a step leaves; $a$ is the input. Lava has three such neurons in
Python, in whole numbers; that they count as the chip does, it does not say. They differ in the rest:

- `AMPLITUDE`, lava's ``RFZero``: where $v$ passes 0 upwards and $u$ is above the threshold, $u$ is sent in a
  graded spike. $\mathrm{r}$ rounds down, $b = 15$, and products and sums have 32 bits and overflow beyond.
- `EACH_TURN`, its ``RF``: where $v$ passes 0 upwards and $u$ is at the threshold or above, a 1 is sent.
  $\mathrm{r}$ rounds towards zero, and $u$ and $v$ stop at $\pm(2^{23} - 1)$.
- `AND_RESET`, its ``RF_IZ``: where $v$ is at the threshold or above, a 1 is sent, $u$ becomes 0, and $v$ one
  less than the threshold. The rest is as before.

Source: E. M. Izhikevich (2001), Neural Networks 14, 883–894; G. Orchard et al. (2021), IEEE Workshop on
Signal Processing Systems, 254–259, on Loihi 2; the integers are those of lava-nc 0.10.0. The same neuron in
real numbers is `snnlab.neurons.simulate_resonate_and_fire`.
"""

import functools
from typing import Annotated, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked, finite_array, fraction, positive, whole
from snnlab.compiling import inlined_kernel, kernel
from snnlab.loihi.fixed_point import REGISTER_LIMIT, saturated, whole_array, wrapped
from snnlab.spikes import Spikes
from snnlab.work_and_memory import afford

__all__ = [
    "AMPLITUDE",
    "AND_RESET",
    "EACH_TURN",
    "Resonator",
    "ResonatorRun",
    "resonator_of_freq",
    "resonator_of_period",
    "simulate_resonators",
]

AMPLITUDE, EACH_TURN, AND_RESET = 0, 1, 2
_RANGE = 1 << 31  # of 32 bits
_BITS = 15


def _factor(name: str, value: Any) -> np.ndarray:
    array = whole_array(name, value, -(1 << _BITS), 1 << _BITS)
    if array.ndim > 1:
        raise ValueError(f"{name} must be a number or have shape (n,), got {array.shape}")
    return array


class Resonator(NamedTuple):
    """The numbers of resonators; all of them are whole.

    Examples
    --------
    >>> Resonator(along=32000, across=6000).bits
    15
    """

    along: Annotated[int | np.ndarray, _factor]
    """The factor c, −2ᵇ to 2ᵇ; or an array, one for each neuron."""
    across: Annotated[int | np.ndarray, _factor]
    """The factor s, likewise."""
    bits: Annotated[int, functools.partial(whole, least=1, most=_BITS)] = _BITS
    """By how many bits a product is shifted back, b, 1 to 15."""
    threshold: Annotated[int, functools.partial(whole, most=REGISTER_LIMIT - 1)] = 1
    """As the state has it, 0 to 2²³ − 1."""
    sends: Annotated[int, functools.partial(whole, most=AND_RESET)] = AMPLITUDE
    """`AMPLITUDE`, `EACH_TURN` or `AND_RESET`."""
    input_exp: Annotated[int, functools.partial(whole, most=7)] = 0
    """An input is multiplied by two to this power, e, 0 to 7."""


class ResonatorRun(NamedTuple):
    """What the resonators did.

    Examples
    --------
    >>> run = simulate_resonators([0, 100, 0, 0], Resonator(along=0, across=1 << 15))
    >>> print(run.u.ravel(), run.v.ravel())
    [   0  100    0 -100] [  0   0 100   0]
    """

    u: np.ndarray
    """After each step, int32 of shape (steps, n)."""
    v: np.ndarray
    """After each step, of the same shape."""
    sent: np.ndarray
    """The payload of the graded spike of each step, of the same shape; 0: none."""
    spikes: Spikes
    """A spike in step k has the time k; a step counts as 1 ms."""


def resonator_of_freq(freq: ArrayLike, tau: ArrayLike, dt: float = 1.0, *, threshold: int = 1) -> Resonator:
    """The numbers that lava's ``RFZero`` makes of frequencies and time constants.

    Parameters
    ----------
    freq : float or array of shape (n,)
        How often a point turns in a second, Hz.
    tau : float or array of shape (n,)
        Time constants with which it draws nearer to rest, ms.
    dt : float
        What a step stands for, ms.
    threshold : int
        A spike is sent if `u` is above.

    Returns
    -------
    Resonator
        It sends its amplitude.

    Examples
    --------
    >>> resonator_of_freq(40.0, 50.0).along
    31110
    """
    f = finite_array("freq", freq, (0, 1), "() or (n,)", "Hz")
    decay = finite_array("tau", tau, (0, 1), "() or (n,)", "ms") / 1000
    if not (decay > 0).all():
        raise ValueError(f"tau must be positive, got {1000 * decay.min():g}")
    if f.ndim and decay.ndim and f.shape != decay.shape:
        raise ValueError(f"tau must be a number or have shape {f.shape}, got {decay.shape}")
    seconds = positive("dt", dt) / 1000
    left, angle = np.exp(seconds * (-1 / decay)), seconds * f * np.pi * 2
    along, across = ((left * side(angle) * 2**_BITS).astype(np.int64) for side in (np.cos, np.sin))
    if not along.ndim:
        along, across = int(along), int(across)
    return Resonator(along, across, threshold=threshold)


def resonator_of_period(
    period: float,
    loss: float,
    *,
    bits: int = 12,
    threshold: int = 1,
    input_exp: int = 0,
    sends: int = EACH_TURN,
) -> Resonator:
    """The numbers that lava's ``RF`` and ``RF_IZ`` make of a period.

    Parameters
    ----------
    period : float
        Steps in which the point turns once.
    loss : float
        What a step takes from it, 0 to 1; lava's ``alpha``.
    bits : int
        By how many bits a product is shifted back, 1 to 15; lava's ``decay_bits``.
    threshold : int
        In units of the input, 0 or more.
    input_exp : int
        An input is multiplied by two to this power, 0 to 7, and so is the threshold; lava's ``state_exp``.
    sends : int
        `EACH_TURN` or `AND_RESET`.

    Returns
    -------
    Resonator
        With a whole threshold in units of its state.

    Examples
    --------
    >>> resonator_of_period(10, 0.07)
    Resonator(along=3081, across=2239, bits=12, threshold=1, sends=1, input_exp=0)
    """
    angle, left = np.pi * 2 * 1 / positive("period", period), 1 - fraction("loss", loss)
    b, e = whole("bits", bits, 1, _BITS), whole("input_exp", input_exp, most=7)
    along, across = (int(left * side(angle) * (1 << b)) for side in (np.cos, np.sin))
    v_th = whole("threshold", threshold, most=(REGISTER_LIMIT - 1) >> e) << e
    return Resonator(along, across, b, v_th, whole("sends", sends, EACH_TURN, AND_RESET), e)


def simulate_resonators(a_u: ArrayLike, resonator: Resonator, a_v: ArrayLike = 0) -> ResonatorRun:
    """Resonators under a given input, step by step, from rest.

    Parameters
    ----------
    a_u : array of int of shape (steps,) or (steps, n)
        What each step adds to `u`, −2²³ to 2²³; `graded_input` makes it from graded spikes.
    resonator
        Their numbers.
    a_v : int or array of int of the shape of `a_u`
        What each step adds to `v`.

    Returns
    -------
    ResonatorRun
        State, payloads and spikes.

    Examples
    --------
    A kick is answered once a period of 25 steps, each time more weakly:

    >>> kick = np.zeros(100, int)
    >>> kick[0] = 1000
    >>> run = simulate_resonators(kick, resonator_of_freq(40.0, 50.0))
    >>> print(run.spikes.times, run.sent[run.sent > 0])
    [26. 51. 76.] [574 352 218]
    """
    inputs: list[np.ndarray] = []
    for name, values in (("a_u", a_u), ("a_v", a_v)):
        array = whole_array(name, values, -REGISTER_LIMIT, REGISTER_LIMIT)
        if inputs and array.shape not in ((), np.shape(a_u)):
            raise ValueError(f"a_v must be a number or have shape {np.shape(a_u)}, got {array.shape}")
        if not inputs and array.ndim not in (1, 2):
            raise ValueError(f"a_u must have shape (steps,) or (steps, n), got {array.shape}")
        inputs.append(np.broadcast_to(array, np.shape(a_u)))
    x, y = (np.ascontiguousarray(a if a.ndim == 2 else a[:, None]) for a in inputs)
    steps, n = x.shape
    along, across, *numbers = _of_each(resonator, n)
    afford("a_u", numbers=2.0 * x.size)
    u, v, sent = (np.empty((steps, n), np.int32) for _ in range(3))
    run(x, y, u, v, sent, along, across, *numbers)
    times, units = np.nonzero(sent)
    spikes = Spikes._sorted(times.astype(float), units.astype(np.int32), n, float(steps))
    return ResonatorRun(u, v, sent, spikes)


def _of_each(resonator: Resonator, n: int) -> Resonator:
    """The numbers of resonators, both factors as arrays."""
    given = checked("resonator", resonator, Resonator)
    most, factors = 1 << given.bits, {}
    for name in ("along", "across"):
        array = whole_array(name, getattr(given, name), -most, most)
        if array.shape not in ((), (n,)):
            raise ValueError(f"{name} must be a number or have shape ({n},), got {array.shape}")
        factors[name] = np.broadcast_to(array, n).copy()
    return given._replace(along=factors["along"], across=factors["across"])


@inlined_kernel
def share(x, factor, bits, sends):
    """What a factor in 2ᵇths leaves of a register: rounded down from 32 bits, or towards zero."""
    if sends == AMPLITUDE:
        return np.int64(wrapped(np.int64(x) * factor, _RANGE, 0)) >> bits
    size = (abs(np.int64(x)) * abs(factor)) >> bits
    return -size if (x < 0) != (factor < 0) else size


@inlined_kernel
def held(x, sends):
    """A sum as its register keeps it."""
    if sends == AMPLITUDE:
        return wrapped(x, _RANGE, 0)
    return saturated(x, -REGISTER_LIMIT + 1, REGISTER_LIMIT - 1)


@inlined_kernel
def step(u, v, a_u, a_v, along, across, bits, sends):
    """The point one step later."""
    now_u = share(u, along, bits, sends) - share(v, across, bits, sends) + a_u
    now_v = share(v, along, bits, sends) + share(u, across, bits, sends) + a_v
    return held(now_u, sends), held(now_v, sends)


@inlined_kernel
def payload(u, v, v_before, threshold, sends):
    """What is sent; 0: nothing."""
    if sends == AND_RESET:
        return np.int32(v >= threshold)
    if v < 0 or v_before >= 0:
        return np.int32(0)
    if sends == AMPLITUDE:
        return np.int32(u if u > threshold else 0)
    return np.int32(u >= threshold)


@kernel
def run(a_u, a_v, u, v, sent, along, across, bits, threshold, sends, input_exp):
    """All steps of all resonators."""
    for k in range(u.shape[1]):
        now_u, now_v = np.int32(0), np.int32(0)
        for t in range(len(u)):
            before = now_v
            now_u, now_v = step(
                now_u, now_v, a_u[t, k] << input_exp, a_v[t, k] << input_exp,
                along[k], across[k], bits, sends,
            )  # fmt: skip
            sent[t, k] = payload(now_u, now_v, before, threshold, sends)
            if sends == AND_RESET and sent[t, k]:
                now_u, now_v = np.int32(0), np.int32(threshold - 1)
            u[t, k], v[t, k] = now_u, now_v
