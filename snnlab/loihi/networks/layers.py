r"""Layers of compartments, one after the other, as the chip holds them.

The spikes of a layer go through the weights of the next one, and nothing comes back:

$$ q^l_i(t) = 64 \cdot 2^{e_l} \sum_j w^l_{ij}\, s^{l-1}_j(t - d_l - a), \qquad
s^l_i(t) = [v^l_i(t) > 64\, v^l_{th}] $$

with current and voltage as in `snnlab.loihi.neuron.compartments`, and $a$ the arrival of the convention.

Source: M. Davies et al. (2018), IEEE Micro 38(1).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention
from snnlab.loihi.fixed_point import DELAY_MAX, scaled_bias
from snnlab.loihi.neuron.compartments import (
    Compartment,
    CompartmentRun,
    check_compartment,
    row_for,
    simulate_compartments,
)
from snnlab.loihi.neuron.synapses import Synapse, effective_weights, stored_weights, synaptic_input

__all__ = ["Layer", "check_layers", "run_layers"]


class Layer(NamedTuple):
    """A layer of compartments and the weights that lead to it; all numbers are whole.

    Examples
    --------
    >>> layer = Layer(np.array([[100, -100]]), Synapse(), Compartment(v_th=200))
    >>> layer.w.shape, layer.delay
    ((1, 2), 0)
    """

    w: np.ndarray
    """Mantissas of the weights, shape (n_post, n_pre)."""
    synapse: Synapse = Synapse()
    """How they are stored."""
    compartment: Compartment = Compartment()
    """The numbers that all compartments of the layer share."""
    bias: ArrayLike = 0
    """Mantissa of the bias, a number or shape (n_post,)."""
    bias_exp: ArrayLike = 0
    """Its exponent, a number or shape (n_post,)."""
    delay: int = 0
    """Steps that a spike is under way, 0 to 62."""


def check_layers(layers: Sequence[Layer], convention: Convention = BRIAN2_LOIHI) -> tuple[Layer, ...]:
    """`layers`, if their numbers fit into the registers and their shapes to one another.

    Parameters
    ----------
    layers
        From the first to the last.
    convention
        How the chip is read.

    Returns
    -------
    tuple of Layer
        With weights as they are stored, int64.

    Examples
    --------
    >>> check_layers([Layer(np.ones((3, 2))), Layer(np.ones((1, 4)))])
    Traceback (most recent call last):
    ValueError: w of layer 1 must have shape (n_post, 3), got (1, 4)
    """
    if (
        not isinstance(layers, Sequence)
        or isinstance(layers, Layer)
        or not all(isinstance(layer, Layer) for layer in layers)
    ):
        raise TypeError(f"layers must be a sequence of Layer, got {type(layers).__name__}")
    if not len(layers):
        raise ValueError("layers must be at least one, got none")
    checked: list[Layer] = []
    for k, layer in enumerate(layers):
        w = np.asarray(stored_weights(layer.w, layer.synapse, convention))
        n_pre = len(checked[-1].w) if checked else "n_pre"
        if w.ndim != 2 or 0 in w.shape or (checked and w.shape[1] != n_pre):
            raise ValueError(f"w of layer {k} must have shape (n_post, {n_pre}), got {w.shape}")
        if whole("delay", layer.delay) > DELAY_MAX:
            raise ValueError(f"delay must be at most {DELAY_MAX}, got {layer.delay}")
        effective_weights(w, layer.synapse, convention)
        compartment = check_compartment(layer.compartment, convention)
        row_for("bias", scaled_bias(layer.bias, layer.bias_exp), len(w))
        checked.append(layer._replace(w=w, compartment=compartment))
    return tuple(checked)


def run_layers(
    layers: Sequence[Layer], spikes: ArrayLike, convention: Convention = BRIAN2_LOIHI
) -> tuple[CompartmentRun, ...]:
    """Every register of every layer under one pattern of spikes, step by step.

    Parameters
    ----------
    layers
        From the first to the last.
    spikes : array of 0 and 1 of shape (steps, n_pre)
        What the first layer gets, as `Samples.raster` gives it.
    convention
        How the chip is read.

    Returns
    -------
    tuple of CompartmentRun
        One for each layer.

    Examples
    --------
    >>> layers = [Layer(np.array([[100]]), compartment=Compartment(v_th=90)), Layer(np.array([[50]]))]
    >>> for run in run_layers(layers, [[1], [0], [0]]):
    ...     print(run.v.ravel(), run.spikes.times)
    [   0 5759    0] [0. 2.]
    [3200 5918    0] [2.]
    """
    runs: list[CompartmentRun] = []
    raster: ArrayLike = spikes
    for layer in check_layers(layers, convention):
        q = synaptic_input(raster, layer.w, layer.synapse, convention, delay=layer.delay)
        run = simulate_compartments(
            q, layer.compartment, convention, bias=layer.bias, bias_exp=layer.bias_exp
        )
        runs.append(run)
        fired = np.zeros(run.v.shape, np.uint8)
        fired[run.spikes.times.astype(np.int64), run.spikes.units] = 1
        raster = fired
    return tuple(runs)
