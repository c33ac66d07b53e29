r"""From a network in floats to one in whole numbers, layer by layer.

The networks of `snnlab.learning` map exactly, but for what weights and decays lose. Their potential is
held at 0 in the step after a spike, so the refractory period is 2. A spike moves the current in their next
step and the potential in the one after, where the chip does both at once: with a delay of 2 steps, less the
arrival of the convention, every spike falls into the same step, and with a delay of 0 it falls so many steps
earlier, a layer. The score of a readout is its largest potential in either; the chip leaves out the last one
of the trial.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.learning.gradients.surrogate_network import CurrentLIF, Weights, check_current_lif, check_weights
from snnlab.loihi.conventions import BRIAN2_LOIHI, Convention, check_convention
from snnlab.loihi.networks.layers import Layer, check_layers
from snnlab.loihi.networks.quantised_layer import LayerError, quantise_layer

__all__ = ["Quantised", "quantise", "quantise_weights"]


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
    split: bool = False,
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
    bits, headroom, refractory, delay, convention, split
        As in `quantise_layer`.

    Returns
    -------
    Quantised
        Print it for a table of the errors.

    Examples
    --------
    >>> net = quantise([np.full((3, 2), 0.4), np.full((1, 3), 0.7)], 0.8, 0.9, bits=4)
    >>> [layer.w.shape for layer in net.layers]
    [(3, 2), (1, 3)]
    """
    if not isinstance(matrices, Sequence | np.ndarray):
        raise TypeError(f"matrices must be a sequence of arrays, got {type(matrices).__name__}")
    if not isinstance(biases, Sequence | np.ndarray | None):
        raise TypeError(f"biases must be a sequence, one for each layer, got {type(biases).__name__}")
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
            split=split,
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
    split: bool = False,
) -> Quantised:
    """What surrogate gradients have learnt, in whole numbers.

    Parameters
    ----------
    weights
        Of a feed-forward network of `snnlab.learning`.
    neuron
        The numbers of its neurons.
    bits, headroom, convention, split
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
    ValueError
        If the network is recurrent.

    Examples
    --------
    >>> from snnlab.learning import initial_weights
    >>> net = quantise_weights(initial_weights(100, 4, 2, rng=np.random.default_rng(1)))
    >>> print(net.layers[0].compartment.refractory, net.layers[0].delay)
    2 2
    """
    weights, neuron = check_weights(weights), check_current_lif(neuron)
    convention = check_convention(convention)
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
        split=split,
    )
