r"""Graded spikes of Loihi 2: a spike carries a whole number, its payload, and a synapse multiplies by it.

A payload $p_j$ of 24 bits, as in lava, arrives a step later as

$$ a_i(t) = \Big\lfloor 2^e \sum_j w_{ij}\, p_j(t - 1) \Big\rfloor $$

with mantissas $w$ and their exponent $e$ as before; the sum is not multiplied by 64, and overflows before it
is shifted. Some neurons that send such spikes have no memory. A *graded vector* sends what it gets where that
is large, $s = a\,[\,|a| > \theta]$, a *rectified* one $s = a\,[a > \theta]$, and a *product* neuron, which
has two inputs, sends $\lfloor a b / 2^e \rfloor$ where its magnitude is above $\theta$.

A *sigma-delta* neuron sends changes. It adds up what it gets, $\sigma \leftarrow \sigma + a$, has an
activation $y = \sigma + 2^{f + e} b$, or 0 where that is negative, and sends the change since the last step,
with what it did not say before, where that is large enough:

$$ d = y - y_{before} + r, \qquad s = d\,[\,|d| \ge 2^{f + e}\,\theta], \qquad r \leftarrow d - s, \qquad
\text{sent: } \lfloor s / 2^e \rfloor $$

With *accumulated* error what it asks is how large the sum of all $d$ since its last spike is. An *encoder*,
lava's ``Delta``, has $y = 2^{f + e} a$. All registers have 32 bits and overflow beyond them. The magnitude of
$-2^{31}$ does, too: it counts as below every threshold.

Source: S. B. Shrestha et al. (2023), Efficient video and audio processing with Loihi 2, arXiv:2310.03251, on
graded spikes and sigma-delta neurons; the integers are those of lava-nc 0.10.0, its processes ``Dense``,
``GradedVec``, ``GradedReluVec``, ``ProdNeuron``, ``SigmaDelta`` and ``Delta``.
"""

import functools
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import checked, finite_array, true_or_false, whole
from snnlab.compiling import inlined_kernel, kernel
from snnlab.loihi.conventions import LAVA
from snnlab.loihi.fixed_point import whole_array, wrapped
from snnlab.loihi.neuron.synapses import Synapse, sign_mode_of, stored_weights
from snnlab.work_and_memory import afford

__all__ = [
    "SigmaDelta",
    "SigmaDeltaRun",
    "encode_changes",
    "graded_input",
    "graded_product",
    "graded_vector",
    "simulate_sigma_delta",
]

PAYLOAD_LIMIT = 1 << 23
_RANGE = 1 << 31  # of 32 bits


class SigmaDelta(NamedTuple):
    """The numbers of sigma-delta neurons; all of them are whole.

    Examples
    --------
    >>> SigmaDelta(threshold=5).rectified
    True
    """

    threshold: Annotated[int, functools.partial(whole, least=0, most=PAYLOAD_LIMIT)] = 1
    """A change is sent from here on, θ."""
    bias: Annotated[int, functools.partial(whole, least=-(1 << 15), most=(1 << 15) - 1)] = 0
    """Is added to the sum, b, of 16 bits."""
    rectified: bool = True
    """An activation below 0 is 0."""
    accumulated: bool = False
    """What was not sent counts in each step anew."""
    spike_exp: Annotated[int, functools.partial(whole, least=0, most=7)] = 0
    """Threshold and bias, and what an encoder gets, are multiplied by two to this power, f."""
    state_exp: Annotated[int, functools.partial(whole, least=0, most=7)] = 0
    """And by two to this one, e, by which a payload is divided before it leaves. Above 0 each spike of
    `simulate_sigma_delta` loses what the division cuts, and the loss adds up; after 0.10.0 lava got a second
    model without it (its pull request 875)."""


class SigmaDeltaRun(NamedTuple):
    """What sigma-delta neurons did.

    Examples
    --------
    >>> run = simulate_sigma_delta([3, 1, 0, 4], SigmaDelta(threshold=4))
    >>> print(run.activation.ravel(), run.sent.ravel())
    [3 4 4 8] [0 4 0 4]
    """

    activation: np.ndarray
    """In each step, int32 of shape (steps, n)."""
    residue: np.ndarray
    """What has not been sent yet, of the same shape."""
    sent: np.ndarray
    """The payload of each step, of the same shape; 0: no spike."""


def graded_input(payloads: ArrayLike, w: ArrayLike, synapse: Synapse | None = None) -> np.ndarray:
    """What graded spikes bring through weights, as lava's ``Dense`` does.

    Parameters
    ----------
    payloads : array of int of shape (steps, n_pre)
        The payload of each spike, −2²³ to 2²³; 0: no spike.
    w : array of shape (n_post, n_pre)
        Weights, as in `stored_weights`.
    synapse
        How they are stored; if left out, in 8 bits and the sign mode that wastes none of them.

    Returns
    -------
    array of int32 of shape (steps, n_post)
        One step later than the spikes.

    Examples
    --------
    >>> print(graded_input([[5, 0], [0, -2], [0, 0]], [[10, 3]]).ravel())
    [ 0 50 -6]
    """
    p = whole_array("payloads", payloads, -PAYLOAD_LIMIT, PAYLOAD_LIMIT)
    weights = finite_array("w", w, (2,), "(n_post, n_pre)")
    if p.ndim != 2 or p.shape[1] != weights.shape[1]:
        raise ValueError(f"payloads must have shape (steps, {weights.shape[1]}), got {p.shape}")
    how = Synapse(sign_mode=sign_mode_of(weights)) if synapse is None else synapse
    m = stored_weights(weights, how, LAVA)
    exponent = whole("exponent", how.exponent, -8, 7)
    afford("payloads", numbers=2.0 * len(p) * len(m), steps=float(len(p)) * m.size, ns=1.0)
    a = np.zeros((len(p), len(m)), np.int32)
    run_dense(np.ascontiguousarray(p), np.ascontiguousarray(m), a, exponent)
    return a


def graded_vector(a: ArrayLike, threshold: int = 1, *, rectified: bool = False) -> np.ndarray:
    """The payloads that neurons without memory send: what they get, where it is above the threshold.

    Parameters
    ----------
    a : array of int
        What they get, of 32 bits.
    threshold : int
        0 to 2²³.
    rectified : bool
        Nothing negative is sent.

    Returns
    -------
    array of int32 of the shape of `a`

    Examples
    --------
    >>> print(graded_vector([-9, 3, 4], 3), graded_vector([-9, 3, 4], 3, rectified=True))
    [-9  0  4] [0 0 4]
    """
    x = whole_array("a", a, -_RANGE, _RANGE - 1).astype(np.int32)
    least = whole("threshold", threshold, most=PAYLOAD_LIMIT)
    sends = (x if true_or_false("rectified", rectified) else np.abs(x)) > least
    return np.asarray(x * sends, np.int32)


def graded_product(a: ArrayLike, b: ArrayLike, threshold: int = 1, exponent: int = 0) -> np.ndarray:
    """The payloads of neurons that multiply what comes in at two places.

    Parameters
    ----------
    a, b : array of int of one shape
        What they get, of 32 bits; so has the product, which overflows beyond them.
    threshold : int
        0 to 2²³; a product is sent where its magnitude is above.
    exponent : int
        The product is divided by two to this power and rounded down, 0 to 24.

    Returns
    -------
    array of int32 of the shape of `a`

    Examples
    --------
    >>> print(graded_product([-9, 3, 65536], [5, 1, 65535], 1, 3))
    [   -6     0 -8192]
    """
    x, y = (whole_array(name, values, -_RANGE, _RANGE - 1) for name, values in (("a", a), ("b", b)))
    if x.shape != y.shape:
        raise ValueError(f"b must have shape {x.shape}, got {y.shape}")
    e, least = whole("exponent", exponent, most=24), whole("threshold", threshold, most=PAYLOAD_LIMIT)
    v = (x * y).astype(np.int32) >> e
    return np.asarray(v * (np.abs(v) > least), np.int32)


def simulate_sigma_delta(a: ArrayLike, neuron: SigmaDelta = SigmaDelta()) -> SigmaDeltaRun:
    """Sigma-delta neurons under a given input, step by step.

    Parameters
    ----------
    a : array of int of shape (steps,) or (steps, n)
        What they get in each step, of 32 bits; `graded_input` makes it from graded spikes.
    neuron
        The numbers that all of them share.

    Returns
    -------
    SigmaDeltaRun
        Activation, residue and payloads.

    Examples
    --------
    Payloads that are added up are the activation up to the residue, where `state_exp` is 0:

    >>> run = simulate_sigma_delta([7, -2, 0, 0, 9, -30], SigmaDelta(threshold=3))
    >>> print(run.activation.ravel(), run.sent.ravel().cumsum())
    [ 7  5  5  5 14  0] [ 7  7  7  7 14  0]
    """
    return _ran(a, neuron, 1)


def encode_changes(values: ArrayLike, neuron: SigmaDelta = SigmaDelta()) -> SigmaDeltaRun:
    """Numbers as graded spikes that tell their changes, as lava's ``Delta`` does.

    Parameters
    ----------
    values : array of int of shape (steps,) or (steps, n)
        What is encoded, of 32 bits when it is multiplied by the two exponents.
    neuron
        Threshold, exponents, and whether errors are accumulated; the bias is 0, and nothing is rectified.

    Returns
    -------
    SigmaDeltaRun
        Values, residues and payloads.

    Examples
    --------
    >>> run = encode_changes([2, 4, 6, 6, 5], SigmaDelta(threshold=3, rectified=False))
    >>> print(run.sent.ravel())
    [0 4 0 0 0]
    """
    given = checked("neuron", neuron, SigmaDelta)
    if given.bias or given.rectified:
        raise ValueError(f"neuron must have the bias 0 and rectified=False, got {neuron}")
    return _ran(values, given, 0)


def _ran(a: ArrayLike, neuron: SigmaDelta, adds_up: int) -> SigmaDeltaRun:
    given = checked("neuron", neuron, SigmaDelta)
    x = whole_array("values" if not adds_up else "a", a, -_RANGE, _RANGE - 1)
    if x.ndim not in (1, 2):
        raise ValueError(
            f"{'a' if adds_up else 'values'} must have shape (steps,) or (steps, n), got {x.shape}"
        )
    afford("a" if adds_up else "values", numbers=2.0 * x.size)
    x = np.ascontiguousarray(x if x.ndim == 2 else x[:, None])
    power = given.spike_exp + given.state_exp
    if not adds_up:
        x = (x << power).astype(np.int32).astype(np.int64)
    activation, residue, sent = (np.zeros(x.shape, np.int32) for _ in range(3))
    run(
        x, activation, residue, sent, given.threshold << power, given.bias << power, given.rectified,
        given.accumulated, adds_up, given.state_exp,
    )  # fmt: skip
    return SigmaDeltaRun(activation, residue, sent)


@kernel
def run_dense(payloads, w, a, exponent):
    """The input of each step; row 0 stays as it is."""
    for t in range(1, len(payloads)):
        for i in range(len(w)):
            total = 0
            for j in range(w.shape[1]):
                total += w[i, j] * payloads[t - 1, j]
            held = np.int64(wrapped(total, _RANGE, 0))
            a[t, i] = wrapped(held << exponent if exponent >= 0 else held >> -exponent, _RANGE, 0)


@inlined_kernel
def step(y, before, residue, error, threshold, accumulated):
    """What is sent of a change, the residue, and the accumulated error, one step later."""
    change = np.int64(wrapped(y - before + residue, _RANGE, 0))
    asked = np.int64(wrapped(error + change, _RANGE, 0)) if accumulated else change
    sends = abs(asked) >= threshold and change != 0 and asked != -_RANGE
    forgets = not accumulated or (sends and change != -_RANGE)
    return (change if sends else 0), (0 if sends else change), (0 if forgets else asked)


@kernel
def run(a, activation, residue, sent, threshold, bias, rectified, accumulated, adds_up, state_exp):
    """All steps of all neurons."""
    for k in range(a.shape[1]):
        sigma, before, left, error = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
        for t in range(len(a)):
            sigma = np.int64(wrapped(adds_up * sigma + a[t, k], _RANGE, 0))
            y = np.int64(wrapped(sigma + bias, _RANGE, 0))
            if rectified:
                y = max(y, np.int64(0))
            s, left, error = step(y, before, left, error, threshold, accumulated)
            before = y
            activation[t, k], residue[t, k], sent[t, k] = y, left, s >> state_exp
