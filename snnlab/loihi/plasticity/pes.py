r"""PES on Loihi: an error that the host sends changes the weights of whoever has just fired.

The prescribed error sensitivity teaches a population to give out a function: where the output is too high,
the weights of active neurons go down. Each output has two compartments, one for it and one for its opposite,
and the errors $E_i$ are those of the first half and, with the other sign, of the second:
$E = (-\epsilon, +\epsilon)$. Spikes leave a trace $x$ of 7 bits, which moves every 2 steps,

$$ x \leftarrow \min\big(\mathrm{r}(e^{-2/\tau} x + a\,[\text{a spike in these 2 steps}]),\ 127\big) $$

and weights learn every 4 steps, from the trace and the error of the fourth:

$$ w_{ij} \leftarrow \Delta\ \mathrm{r}\!\left(
\frac{2^7 w_{ij} + \lfloor M\, x_j\, E_i\, 2^{7 + e - 2} \rfloor}{2^7 \Delta}\right), \qquad
|w_{ij}| \le 256 - \Delta $$

with the mantissa $w$ and the step $\Delta$ of the weights, and $M\,2^e$ the learning rate. Two factors of
7 bits and a mantissa of 3 are 2 bits more than the accumulator has, hence the 2 (see `term_shift`).
$\mathrm{r}$ rounds the magnitude down, or up as often as its fraction says. A step delivers its spikes first,
through the weights as they were, and learns then.

Source: D. MacNeil and C. Eliasmith (2011), PLoS ONE 6(9):e22885, on the rule; its integers are those of
nengo-loihi 1.1.0, whose emulator is reproduced here.
"""

import functools
import math
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, checked, finite_array, positive, whole
from snnlab.compiling import inlined_kernel, kernel
from snnlab.loihi.conventions import NENGO_LOIHI
from snnlab.loihi.fixed_point import (
    MIXED,
    SHIFT_BITS,
    WEIGHT_EXP_MAX,
    weight_limits,
    whole_array,
    wrapped,
)
from snnlab.loihi.neuron.synapses import Synapse, stored_weights
from snnlab.loihi.neuron.traces import TRACE_MAX
from snnlab.loihi.random_numbers import NengoGenerator, numbers_for_pes
from snnlab.work_and_memory import afford

__all__ = ["PES", "PESRun", "learn_pes", "pes_errors"]

TRACE_EPOCH, LEARNING_EPOCH = 2, 4  # steps
FRACTION_BITS = 7  # of a weight while it learns
TOO_LONG = 2  # bits of the product beyond the accumulator's 15
ERROR_MAX = 127


def _magnitude(name: str, value: object) -> float:
    number = as_real(name, value)
    if not 0 <= number < 128:
        raise ValueError(f"{name} must be from 0 to below 128, got {number:g}")
    return number


class PES(NamedTuple):
    """How weights learn from errors.

    Examples
    --------
    >>> PES(tau=5).exponent
    -7
    """

    tau: Annotated[float, positive] = 10.0
    """Steps in which the trace fades; the builder of nengo-loihi rounds them to whole ones."""
    magnitude: Annotated[float, _magnitude] = 16.0
    """What a spike adds to the trace, 0 to below 128; the chip stores 128ths, and what is beyond is cut. The
    builder of nengo-loihi puts the learning rate into it."""
    mantissa: Annotated[int, functools.partial(whole, least=1, most=7)] = 1
    """Of the learning rate, 1 to 7; always 1 from the builder of nengo-loihi."""
    exponent: Annotated[int, functools.partial(whole, least=-7, most=9)] = -7
    """Of the learning rate, −7 to 9; always −7 from the builder of nengo-loihi."""


class PESRun(NamedTuple):
    """What came of the errors.

    Examples
    --------
    >>> run = learn_pes(np.ones((8, 1), int), np.full((8, 1), -127), 0, rng=np.random.default_rng(1))
    >>> print(run.w[:, :, 0].tolist(), run.x.ravel())
    [[6, -8], [18, -20]] [16 29 39 48]
    """

    w: np.ndarray
    """Mantissas after each learning epoch of 4 steps, int32 of shape (epochs, n_post, n_pre)."""
    x: np.ndarray
    """Traces after each second step, int32 of shape (steps // 2, n_pre)."""
    q: np.ndarray
    """What the spikes bring to the compartments in each step, int32 of shape (steps, n_post); it overflows
    beyond −2²¹ and 2²¹ − 1."""


def pes_errors(errors: ArrayLike, scale: float = 1.0) -> np.ndarray:
    """The integers that the host sends for real errors: scaled, rounded (halves to the even one), cut at 127.

    Parameters
    ----------
    errors : array of any shape
        What the output is too high by.
    scale : float
        What an error is multiplied with; in nengo-loihi ``pes_error_scale``, 100 unless it is set.

    Returns
    -------
    array of int64 of the shape of `errors`

    Examples
    --------
    >>> print(pes_errors([0.5, -1.26, 3.0], 100))
    [  50 -126  127]
    """
    values = finite_array("errors", errors, tuple(range(33)), "any")
    scaled = np.clip(values * as_real("scale", scale), -ERROR_MAX, ERROR_MAX)
    return np.asarray(np.rint(scaled)).astype(np.int64)


def learn_pes(
    pre: ArrayLike,
    errors: ArrayLike,
    w: ArrayLike,
    rule: PES = PES(),
    *,
    synapse: Synapse = Synapse(),
    rng: np.random.Generator | NengoGenerator,
) -> PESRun:
    """Weights that learn from errors, in the integers of nengo-loihi.

    Parameters
    ----------
    pre : array of 0 and 1 of shape (steps, n_pre)
        Presynaptic spikes; they arrive one step later.
    errors : array of int of shape (steps, n_outputs)
        What each output is too high by in each step, −127 to 127; every fourth one is heard. `pes_errors`
        makes them.
    w : int or array of shape (2 * n_outputs, n_pre)
        Weights at the start, in units of the mantissa: of the outputs, and of their opposites. For an
        exponent below −1, at 8 bits, nengo-loihi rounds them once more first: give
        ``effective_weights(w, synapse, NENGO_LOIHI) / 2 ** (6 + exponent)``.
    rule
        Trace and learning rate.
    synapse
        How the weights are stored: their signs are mixed, and the exponent is −6 to 7.
    rng
        Where the random numbers of the roundings come from; `NengoGenerator` for those of nengo-loihi.

    Returns
    -------
    PESRun
        Weights, traces, and the input of the compartments, for `simulate_compartments` with `NENGO_LOIHI`.

    Examples
    --------
    An output that is always too low by 50 comes up while its neuron fires:

    >>> run = learn_pes(np.ones((40, 1), int), np.full((40, 1), -50), 0, rng=np.random.default_rng(1))
    >>> print(run.w[[0, 4, 9], 0, 0], run.q[[0, 20, 39], 0])
    [ 2 26 66] [   0 1664 3712]
    """
    raster = np.ascontiguousarray(whole_array("pre", pre, 0, 1), np.uint8)
    sent = np.ascontiguousarray(whole_array("errors", errors, -ERROR_MAX, ERROR_MAX))
    for name, array, axis in (("pre", raster, "n_pre"), ("errors", sent, "n_outputs")):
        if array.ndim != 2:
            raise ValueError(f"{name} must have shape (steps, {axis}), got {array.shape}")
    if len(sent) != len(raster):
        raise ValueError(f"errors must have as many steps as pre, {len(raster)}, got {len(sent)}")
    rule = checked("rule", rule, PES)
    power, grid, most = _stored(synapse)
    steps, n_pre = raster.shape
    shape = 2 * sent.shape[1], n_pre
    start = finite_array("w", w, (0, 2), f"() or {shape}")
    if start.shape not in ((), shape):
        raise ValueError(f"w must be a number or have shape {shape}, got {start.shape}")
    epochs = steps // LEARNING_EPOCH
    afford("pre", numbers=2.0 * epochs * shape[0] * n_pre, steps=float(steps) * shape[0] * n_pre, ns=2.0)
    m = np.broadcast_to(stored_weights(start, synapse, NENGO_LOIHI), shape).astype(np.int32)
    found = PESRun(
        np.empty((epochs, *shape), np.int32),
        np.empty((steps // TRACE_EPOCH, n_pre), np.int32),
        np.empty((steps, shape[0]), np.int32),
    )
    x_random, w_random = numbers_for_pes(rng, steps, n_pre, shape[0])
    kept = float(np.exp(-TRACE_EPOCH / rule.tau))
    magnitude = int(128 * rule.magnitude) / 128
    shift = FRACTION_BITS + rule.exponent - TOO_LONG
    run(
        raster, sent, m, *found, kept, magnitude, rule.mantissa, shift, grid, most, power,
        NENGO_LOIHI.input_limit, x_random, w_random,
    )  # fmt: skip
    return found


def _stored(synapse: Synapse) -> tuple[int, int, int]:
    """By how many bits a mantissa is shifted to act, the step of mantissas, and the largest."""
    if not isinstance(synapse, Synapse):
        raise TypeError(f"synapse must be a Synapse, got {synapse!r}")
    grid, _, most = weight_limits(synapse.bits, synapse.sign_mode)
    if synapse.sign_mode != MIXED:
        raise ValueError(f"sign_mode must be MIXED for PES, got {synapse.sign_mode}")
    exponent = whole("exponent", synapse.exponent, -SHIFT_BITS, WEIGHT_EXP_MAX)
    return SHIFT_BITS + exponent, grid, most


@inlined_kernel
def faded(x, kept, magnitude, fired, r):
    """The trace two steps later; `r` is compared with the fraction."""
    left = kept * x + (magnitude if fired else 0.0)
    below = math.floor(left)
    return min(below + (1 if left - below > r else 0), TRACE_MAX)


@inlined_kernel
def step(w, x, error, mantissa, shift, grid, most, r):
    """The mantissa of a weight after it has learned; `r` is compared with the fraction."""
    product = x * error * mantissa
    product = product << shift if shift >= 0 else product >> -shift
    exact = (128 * w + product) / (128.0 * grid)
    size = abs(exact)
    below = math.floor(size)
    size = min((below + 1 if size - below > r else below) * grid, most)
    return -size if exact < 0.0 else size


@kernel
def bring(q, w, pre, power, q_limit):
    """What the spikes `pre` bring to the compartments, through the weights of now."""
    for i in range(w.shape[0]):
        total = 0
        for j in range(w.shape[1]):
            total += w[i, j] * pre[j]
        q[i] = wrapped(total << power, q_limit, 0)


@kernel
def fade_all(x, fired, kept, magnitude, r):
    """All traces two steps later; who `fired` in these two is forgotten."""
    for j in range(x.size):
        x[j] = faded(x[j], kept, magnitude, fired[j] > 0, r[j])
        fired[j] = 0


@kernel
def learn_all(w, x, errors, mantissa, shift, grid, most, r):
    """All weights four steps later; `r` has the shape (n_pre, n_post)."""
    n_post, n_pre = w.shape
    for i in range(n_post):
        error = errors[i - errors.size] if i >= errors.size else -errors[i]
        for j in range(n_pre):
            w[i, j] = step(w[i, j], x[j], error, mantissa, shift, grid, most, r[j, i])


@kernel
def run(
    pre, errors, w, w_seen, x_seen, q, kept, magnitude, mantissa, shift, grid, most, power, q_limit,
    x_random, w_random,
):  # fmt: skip
    """All steps; `w` holds the mantissas and is changed."""
    n_pre = w.shape[1]
    x, fired, none = np.zeros(n_pre, np.int64), np.zeros(n_pre, np.uint8), np.zeros(n_pre, np.uint8)
    for t in range(len(pre)):
        before = pre[t - 1] if t > 0 else none
        bring(q[t], w, before, power, q_limit)
        for j in range(n_pre):
            fired[j] |= before[j]
        if t % TRACE_EPOCH == TRACE_EPOCH - 1:
            fade_all(x, fired, kept, magnitude, x_random[t // TRACE_EPOCH])
            x_seen[t // TRACE_EPOCH] = x
        if t % LEARNING_EPOCH == LEARNING_EPOCH - 1:
            r = w_random[t // LEARNING_EPOCH]
            learn_all(w, x, errors[t], mantissa, shift, grid, most, r)
            w_seen[t // LEARNING_EPOCH] = w
