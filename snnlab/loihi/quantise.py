r"""From a network in floats to one in whole numbers: a scale for each layer, and what is lost.

A current-based neuron with what a step leaves of current and potential, $\alpha$ and $\beta$, and threshold
$\theta$ becomes a compartment whose registers count in units of $\theta / (64\, v_{th})$:

$$ m_{ij} = \mathrm{round}\!\left(w_{ij}\, \frac{v_{th}}{\theta\, 2^e}\right), \qquad
\delta_u = \mathrm{round}(4096\,(1 - \alpha)) - o, \qquad \delta_v = \mathrm{round}(4096\,(1 - \beta)) $$

with $o$ the decay offset of the convention and $m$ a multiple of the step of its bits. The larger the
exponent $e$, the finer the registers count, and the sooner they overflow: $e$ is the largest with which they
hold so many thresholds (`headroom`). The factor of the weights is the one with the smallest root-mean-square
error: with few bits it pays to cut the largest weights.

**The networks of `snnlab.learning`** map exactly. Their potential is held at 0 in the step after a spike,
so the refractory period is 2. A spike moves a current in their next step and the potential in the one after,
where the chip does both at once: with a delay of 2 steps less the arrival of the convention, every spike
falls into the same step, and with a delay of 0 it falls 2 steps earlier, a layer.

Source: E. Hunsberger et al., nengo-loihi 1.1.0, `builder/discretize.py`, for the idea of a scale a layer; the
mapping is derived here.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab._checks import finite_array, fraction, positive
from snnlab.learning.surrogate_network import CurrentLIF, Weights, check_current_lif, check_weights
from snnlab.loihi.compartments import V_MAX, Compartment, check_compartment
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed import (
    BIAS_BITS,
    BIAS_EXP_BITS,
    DECAY_BITS,
    SHIFT_BITS,
    THRESHOLD_BITS,
    WEIGHT_EXP_MAX,
    WEIGHT_EXP_MIN,
    weight_limits,
)
from snnlab.loihi.network import Layer, check_layers
from snnlab.loihi.synapses import Synapse, _ends, effective_weights, sign_mode_of, stored_weights

__all__ = ["LayerError", "Quantised", "quantise", "quantise_layer", "quantise_weights"]

_WAYS = np.linspace(
    0.8, 4.0, 161
)  # factors of the weights that are tried, in units of the largest that cuts none


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


class Quantised(NamedTuple):
    """A network in whole numbers, and what it lost.

    Examples
    --------
    >>> print(quantise([[[0.5, -0.25]]], 0.8, 0.9))
    layer  weights  bits  exponent  units of 1  rms error  largest  cut  lost
        0        2     8         2      124864      0.1 %    0.1 %    0     0
    """

    layers: tuple[Layer, ...]
    """From the first to the last."""
    errors: tuple[LayerError, ...]
    """One for each layer."""

    def __str__(self) -> str:
        lines = ["layer  weights  bits  exponent  units of 1  rms error  largest  cut  lost"]
        for k, e in enumerate(self.errors):
            lines.append(
                f"{k:5d}  {e.n_weights:7d}  {e.bits:4d}  {e.exponent:8d}  {e.scale:10.0f}  "
                f"{100 * e.rms_error:7.1f} %  {100 * e.largest_error:5.1f} %  {e.clipped:3d}  {e.lost:4d}"
            )
        return "\n".join(lines)


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
        How many thresholds (of a readout: how many times 1) the registers hold, 2 at least.
    refractory, delay : int
        Steps, as in `Compartment` and `Layer`.
    convention
        How the chip is read.

    Returns
    -------
    layer : Layer
    error : LayerError

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule, or a number has no room in its register; the sentence names it.

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
    if headroom < 2:
        raise ValueError(f"headroom must be at least 2, got {headroom:g}")
    mode = sign_mode_of(weights)
    step = weight_limits(bits, mode)[0]
    low, high = _ends(Synapse(bits, 0, mode), convention)
    largest = np.abs(weights).max()
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


def quantise(
    matrices: Sequence[ArrayLike],
    alpha: float,
    beta: float,
    threshold: float = 1.0,
    biases: Sequence[ArrayLike] | None = None,
    *,
    readout: bool = False,
    bits: int = 8,
    headroom: float = 64.0,
    refractory: int = 1,
    delay: int = 0,
    convention: Convention = BRIAN2_LOIHI,
) -> Quantised:
    """A feed-forward float network in whole numbers, layer by layer.

    Parameters
    ----------
    matrices : sequence of arrays of shape (n_post, n_pre)
        Weights, from the first layer to the last.
    alpha, beta, threshold
        As in `quantise_layer`, the same for all layers.
    biases : sequence, optional
        One for each layer, a number or an array of shape (n_post,).
    readout : bool
        Whether the last layer has no threshold.
    bits, headroom, refractory, delay, convention
        As in `quantise_layer`.

    Returns
    -------
    Quantised
        Print it for a table of the errors.

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule; the sentence names it.

    Examples
    --------
    >>> net = quantise([np.full((3, 2), 0.4), np.full((1, 3), 0.7)], 0.8, 0.9, bits=4)
    >>> [layer.w.shape for layer in net.layers]
    [(3, 2), (1, 3)]
    """
    given = [finite_array("matrices", w, (2,), "(n_post, n_pre)") for w in matrices]
    if not given:
        raise ValueError("matrices must be at least one, got none")
    if biases is not None and len(biases) != len(given):
        raise ValueError(f"biases must be one for each of {len(given)} layers, got {len(biases)}")
    made = [
        quantise_layer(
            w,
            alpha,
            beta,
            None if readout and k == len(given) - 1 else threshold,
            0.0 if biases is None else biases[k],
            bits=bits,
            headroom=headroom,
            refractory=refractory,
            delay=delay,
            convention=convention,
        )
        for k, w in enumerate(given)
    ]
    layers = check_layers([layer for layer, _ in made], convention)
    return Quantised(layers, tuple(error for _, error in made))


def quantise_weights(
    weights: Weights,
    neuron: CurrentLIF = CurrentLIF(),
    *,
    bits: int = 8,
    headroom: float = 64.0,
    delay: int | None = None,
    convention: Convention = BRIAN2_LOIHI,
) -> Quantised:
    """What surrogate gradients have learnt, in whole numbers.

    Parameters
    ----------
    weights
        Of a feed-forward network of `snnlab.learning`.
    neuron
        The numbers of its neurons.
    bits, headroom, convention
        As in `quantise_layer`.
    delay : int, optional
        Steps; if left out, 2 less the arrival of the convention, with which every spike falls into the same
        step as in floats. With 0 all happens earlier, and no synapse has to store a delay.

    Returns
    -------
    Quantised
        Two layers; the second is the readout and has no threshold.

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule, or the network is recurrent.

    Examples
    --------
    >>> from snnlab.learning import initial_weights
    >>> net = quantise_weights(initial_weights(100, 4, 2, rng=np.random.default_rng(1)))
    >>> print(net.layers[0].compartment.refractory, net.layers[0].delay)
    2 2
    """
    weights, neuron = check_weights(weights), check_current_lif(neuron)
    if weights.w_rec is not None:
        raise ValueError("weights must be those of a feed-forward network, got some among the hidden neurons")
    return quantise(
        [weights.w_in, weights.w_out],
        neuron.alpha,
        neuron.beta,
        readout=True,
        bits=bits,
        headroom=headroom,
        refractory=2,
        delay=2 - convention.arrival if delay is None else delay,
        convention=convention,
    )


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
