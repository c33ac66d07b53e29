r"""From a layer in floats to one in whole numbers: its scale, and what is lost.

A current-based neuron with what a step leaves of current and potential, $\alpha$ and $\beta$, and threshold
$\theta$ becomes a compartment whose registers count in units of $\theta / (64\, v_{th})$:

$$ m_{ij} = \mathrm{round}\!\left(w_{ij}\, \frac{v_{th}}{\theta\, 2^e}\right), \qquad
\delta_u = \mathrm{round}(4096\,(1 - \alpha)) - o, \qquad \delta_v = \mathrm{round}(4096\,(1 - \beta)) $$

with $o$ the decay offset of the convention and $m$ a multiple of the step of its bits. The larger the
exponent $e$, the finer the registers count, and the sooner they overflow: $e$ is the largest with which they
hold so many thresholds (`headroom`). The factor of the weights is the one with the smallest root-mean-square
error: with few bits it pays to cut the largest weights.

Source: E. Hunsberger et al., nengo-loihi 1.1.0, `builder/discretize.py`, for the idea of a scale a layer.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, positive
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention, check_convention
from snnlab.loihi.fixed_point import (
    BIAS_BITS,
    BIAS_EXP_BITS,
    DECAY_BITS,
    MIXED,
    SHIFT_BITS,
    SPLIT,
    THRESHOLD_BITS,
    WEIGHT_EXP_MAX,
    WEIGHT_EXP_MIN,
    weight_limits,
)
from snnlab.loihi.networks.layers import Layer, check_layers
from snnlab.loihi.neuron.compartments import V_MAX, Compartment, check_compartment
from snnlab.loihi.neuron.synapses import Synapse, effective_weights, row_ends, sign_mode_of, stored_weights

__all__ = ["LayerError", "quantise_layer"]

_WAYS = np.linspace(0.8, 4.0, 161)  # factors that are tried, in units of the largest that cuts no weight


class LayerError(NamedTuple):
    """What a layer lost.

    Examples
    --------
    >>> _, error = quantise_layer([[0.5, -0.25]], 0.8, 0.9)
    >>> print(f"{error.rms_error:.4f} {error.clipped} {error.decay_v_error:.6f}")
    0.0005 0 -0.000098
    """

    scale: float
    """Units of the registers for 1 of the float network."""
    exponent: int
    """Of the weights."""
    bits: int
    """Of a mantissa."""
    rms_error: float
    """Root-mean-square error of the weights, as a share of their root mean square; NaN if all are 0."""
    largest_error: float
    """Largest error of a weight, as a share of the largest weight; NaN if all are 0."""
    clipped: int
    """Weights that were too large and are cut."""
    lost: int
    """Weights that were not 0 and are now."""
    n_weights: int
    """All of them."""
    decay_u_error: float
    """What a step leaves of the current: on the chip less in floats."""
    decay_v_error: float
    """The same of the potential."""
    bias_error: float
    """Largest error of a bias, in the units of the float network."""


def quantise_layer(
    w: ArrayLike,
    alpha: float,
    beta: float,
    threshold: float | None = 1.0,
    bias: ArrayLike = 0.0,
    *,
    bits: int = 8,
    headroom: float = 64.0,
    refractory: int = 1,
    delay: int = 0,
    convention: Convention = BRIAN2_LOIHI,
    split: bool = False,
) -> tuple[Layer, LayerError]:
    """One layer of a float network in whole numbers.

    Parameters
    ----------
    w : array of shape (n_post, n_pre)
        Weights: what a spike adds to the current.
    alpha, beta : float
        What a step leaves of current and potential, 0 to 1.
    threshold : float or None
        Potential above which a neuron fires; None for a readout that never does.
    bias : float or array of shape (n_post,)
        What is added to the potential in each step.
    bits : int
        Bits of a mantissa, 1 to 8.
    headroom : float
        How many thresholds (of a readout: how many times 1) the registers hold, at least 2, below 131072.
    refractory, delay : int
        Steps, as in `Compartment` and `Layer`.
    convention
        How the chip is read.
    split : bool
        Whether weights of both signs are kept in two groups, one of each sign, so that none of their bits is
        the sign.

    Returns
    -------
    layer : Layer
    error : LayerError
        Its errors of the weights are NaN if all weights are 0.

    Raises
    ------
    ValueError
        If a number has no room in its register.

    Examples
    --------
    >>> layer, _ = quantise_layer([[0.5, -0.25]], 0.8, 0.9)
    >>> print(layer.w, layer.synapse.exponent, layer.compartment.v_th)
    [[ 244 -122]] 2 1951
    """
    weights = finite_array("w", w, (2,), "(n_post, n_pre)")
    if 0 in weights.shape:
        raise ValueError(f"w must have at least one weight, got shape {weights.shape}")
    alpha, beta, headroom = fraction("alpha", alpha), fraction("beta", beta), positive("headroom", headroom)
    unit = 1.0 if threshold is None else positive("threshold", threshold)
    if not 2 <= headroom < 1 << THRESHOLD_BITS:
        raise ValueError(f"headroom must be at least 2 and below {1 << THRESHOLD_BITS}, got {headroom:g}")
    convention = check_convention(convention)
    mode = sign_mode_of(weights)
    if mode == MIXED and split:
        mode = SPLIT
    step = weight_limits(bits, mode)[0]
    low, high = row_ends(Synapse(bits, 0, mode), convention)
    largest = np.abs(weights).max()
    for name, size in (("the largest of w", largest or 1.0), ("threshold", unit)):
        if not 1e-100 <= size <= 1e100:  # so that squares and quotients stay finite
            raise ValueError(f"{name} must be from 1e-100 to 1e+100, got {size:g}")
    ends = max(high, -low) if largest else 1
    factor = _factor(weights, step, low, high) if largest else 1.0
    most = min((1 << THRESHOLD_BITS) - 1, int(V_MAX / (headroom * (1 << SHIFT_BITS))))
    exponent = int(np.floor(np.log2(most / (factor * unit))))
    if exponent < WEIGHT_EXP_MIN:
        raise ValueError(
            f"w must not be so small beside the threshold: its largest, {largest:g}, is below what the "
            f"exponent {WEIGHT_EXP_MIN} leaves of {ends} with a headroom of {headroom:g}"
        )
    exponent = min(exponent, WEIGHT_EXP_MAX)
    v_th = round(factor * unit * 2.0**exponent)
    if v_th < 1:
        raise ValueError(
            f"threshold must be at least {largest / (2 * ends << WEIGHT_EXP_MAX):g} beside a weight of "
            f"{largest:g}, got {unit:g}"
        )
    factor = v_th / (unit * 2.0**exponent)  # exactly what the threshold says
    synapse = Synapse(bits, exponent, mode)
    m = stored_weights(np.clip(np.rint(weights * factor / step) * step, -256, 255), synapse, convention)
    scale = v_th * (1 << SHIFT_BITS) / unit
    b, b_exp = _bias(finite_array("bias", bias, (0, 1), "(n_post,)"), scale)
    compartment = Compartment(
        decay_u=max(0, round((1 << DECAY_BITS) * (1.0 - alpha)) - convention.decay_offset),
        decay_v=round((1 << DECAY_BITS) * (1.0 - beta)),
        v_th=(1 << THRESHOLD_BITS) - 1 if threshold is None else v_th,
        refractory=1 if threshold is None else refractory,
    )
    layer = Layer(m, synapse, check_compartment(compartment, convention), b, b_exp, delay)
    layer = check_layers([layer], convention)[0]
    wrong = effective_weights(m, synapse, convention) / scale - weights
    error = LayerError(
        scale=scale,
        exponent=exponent,
        bits=bits,
        rms_error=float(np.sqrt((wrong**2).mean() / (weights**2).mean())) if largest else np.nan,
        largest_error=float(np.abs(wrong).max() / largest) if largest else np.nan,
        clipped=int(
            np.count_nonzero((weights * factor > high + step / 2) | (weights * factor < low - step / 2))
        ),
        lost=int(np.count_nonzero((m == 0) & (weights != 0))),
        n_weights=weights.size,
        decay_u_error=1.0 - (compartment.decay_u + convention.decay_offset) / (1 << DECAY_BITS) - alpha,
        decay_v_error=1.0 - compartment.decay_v / (1 << DECAY_BITS) - beta,
        bias_error=float(np.abs(np.asarray(b) * 2.0**b_exp / scale - np.asarray(bias, float)).max()),
    )
    return layer, error


def _factor(w: np.ndarray, step: int, low: int, high: int) -> float:
    """Mantissas for a weight of 1, with the smallest error in the mean of squares."""
    positive_end, negative_end = w.max(), -w.min()
    ends = [
        high / positive_end if positive_end > 0 else np.inf,
        -low / negative_end if negative_end > 0 else np.inf,
    ]
    fits = min(ends) if min(ends) > 0 else step / np.abs(w).max()
    best, least = fits, np.inf
    for way in _WAYS:
        factor = fits * way
        wrong = np.clip(np.rint(w * factor / step) * step, low, high) / factor - w
        if (error := float((wrong**2).mean())) < least * (1.0 - 1e-12):
            best, least = factor, error
    return best


def _bias(bias: np.ndarray, scale: float) -> tuple[np.ndarray, int]:
    """Mantissa and exponent of a bias, the smallest exponent with which all have room."""
    top, most = np.abs(bias).max(initial=0.0) * scale, (1 << BIAS_BITS) - 1
    for exponent in range(1 << BIAS_EXP_BITS):
        if np.rint(top / 2**exponent) <= most:
            return np.rint(bias * scale / 2**exponent).astype(np.int64), exponent
    raise ValueError(
        f"bias must be at most {most * 2 ** ((1 << BIAS_EXP_BITS) - 1) / scale:g} at this scale, "
        f"got {np.abs(bias).max():g}; a larger headroom makes the scale smaller"
    )
