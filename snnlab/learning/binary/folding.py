r"""Batch norm and sign folded into one whole number.

The sum $z$ of a neuron of one bit is a whole number if its inputs are. Batch norm and sign ask whether

$$ \gamma\, \frac{z - \mu}{s} + \beta \ge 0 $$

For $\gamma > 0$ that is a threshold, and as $z$ is whole the threshold may be as well:

$$ z \ge \theta = \Big\lceil \mu - \frac{\beta s}{\gamma} \Big\rceil $$

For $\gamma < 0$ the neuron fires below its threshold. Turn all its weights round, and with $-z$ it fires
above one again. Where $n$ inputs are signs, $z = n - 2d$ with $d$ the number of inputs that differ from their
weights, and the neuron asks only whether $d \le (n - \theta)/2$.

In floating point a rounded $\mu - \beta s / \gamma$ may fall on the other side of a whole number than the
rounded left side changes its sign. So the threshold is not computed but looked for: the least whole number at
which the neuron as it is says yes. Rounding keeps the order of numbers, so there is one.

Source: Y. Umuroglu, N. J. Fraser, G. Gambardella and others (2017), FINN, doi:10.1145/3020078.3021744.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import whole
from snnlab.compiling import kernel
from snnlab.learning.binary.binary_network import (
    BatchNorm,
    BinaryNetwork,
    check_binary_network,
    check_inputs,
    check_norm,
    normalised,
    signs,
)
from snnlab.learning.binary.packed import PackedSigns, pack_signs, packed_product

__all__ = ["Folded", "FoldedNetwork", "FoldedRun", "fold_network", "fold_norm", "run_folded"]

MOST = 2**52  # a whole number up to which every one has its own float


class Folded(NamedTuple):
    """What is left of the batch norm of a layer.

    Examples
    --------
    >>> Folded(np.array([3]), np.array([False])).threshold
    array([3])
    """

    threshold: np.ndarray
    """θ of each neuron, int64: it fires if its sum, turned round or not, is at least that."""
    turned: np.ndarray
    """Whether all weights of the neuron have to be turned round, bool."""


class FoldedNetwork(NamedTuple):
    """A network of one bit as a chip would hold it: bits and whole numbers up to the scores.

    Examples
    --------
    >>> from snnlab.learning import initial_binary
    >>> folded = fold_network(initial_binary(64, 100, 10, rng=np.random.default_rng(1)), most=16)
    >>> folded.w_in.dtype, folded.threshold.shape, folded.w_out.words.shape
    (dtype('int8'), (100,), (10, 2))
    """

    w_in: np.ndarray
    """Signs of the first weights, int8, shape (hidden, inputs), turned round where it has to be."""
    threshold: np.ndarray
    """θ of each hidden neuron, int64."""
    w_out: PackedSigns
    """Signs of the other weights, a row for each output."""
    norm_out: BatchNorm
    """The batch norm of the outputs, which no sign follows."""
    most: int
    """The largest size of an input for which the thresholds hold."""


class FoldedRun(NamedTuple):
    """What a folded network makes of its inputs.

    Examples
    --------
    >>> FoldedRun(pack_signs([[1, -1]]), np.zeros((1, 3)), np.zeros((1, 3))).hidden.n
    2
    """

    hidden: PackedSigns
    """The hidden activations, a row for each sample."""
    out_sums: np.ndarray
    """u, int64, shape (samples, outputs)."""
    scores: np.ndarray
    """y, shape (samples, outputs)."""


def fold_norm(norm: BatchNorm, most: int) -> Folded:
    """The whole-number thresholds of a layer.

    Parameters
    ----------
    norm
        Its batch norm.
    most : int
        The largest size that a sum can have. A neuron that never fires gets a threshold above it.

    Examples
    --------
    >>> norm = BatchNorm(np.array([2.0, -2.0]), np.array([1.0, 1.0]), np.array([4.0, 4.0]), np.full(2, 3.0))
    >>> fold_norm(norm, 64)  # 4 - 1.5 = 2.5 or more; 4 + 1.5 = 5.5 or less, so -5 or more turned round
    Folded(threshold=array([ 3, -5]), turned=array([False,  True]))
    """
    norm, most = check_norm("norm", norm, np.asarray(norm.gamma).size), whole("most", most, 1, 2**62)
    if most >= MOST:
        raise ValueError(f"most must be below {MOST}, got {most}")
    threshold, turned = np.empty(norm.gamma.size, np.int64), norm.gamma < 0
    for k, numbers in enumerate(zip(*norm, strict=True)):
        threshold[k] = least_sum(*numbers, most)
    return Folded(threshold, turned)


def fold_network(network: BinaryNetwork, most: int) -> FoldedNetwork:
    """A trained network in bits and whole numbers.

    Parameters
    ----------
    network
        The network; its weights are used by their sign.
    most : int
        The largest size of an input: 1 for signs, 255 for pixels of a byte.

    Examples
    --------
    >>> from snnlab.learning import initial_binary, run_binary
    >>> rng = np.random.default_rng(1)
    >>> network, x = initial_binary(64, 100, 10, rng=rng), rng.integers(0, 17, (5, 64))
    >>> folded = fold_network(network, most=16)
    >>> bool((run_folded(folded, x).scores == run_binary(network, x).scores).all())
    True
    """
    network, most = check_binary_network(network), whole("most", most, 1, 2**62)
    folded = fold_norm(network.norm_in, most * network.w_in.shape[1])
    w_in = signs(network.w_in) * np.where(folded.turned, -1, 1)[:, None]
    return FoldedNetwork(
        w_in.astype(np.int8), folded.threshold, pack_signs(network.w_out), network.norm_out, most
    )


def run_folded(network: FoldedNetwork, x: ArrayLike) -> FoldedRun:
    """What a folded network makes of whole numbers: no float before the scores.

    Parameters
    ----------
    network
        From `fold_network`.
    x : array of int, shape (samples, inputs)
        What it is shown.

    Examples
    --------
    >>> norm = BatchNorm(np.ones(1), np.zeros(1), np.zeros(1), np.ones(1))
    >>> folded = fold_network(BinaryNetwork(np.array([[0.3, -0.1]]), np.array([[0.5]]), norm, norm), most=1)
    >>> print(run_folded(folded, [[1, -1], [-1, 1]]).out_sums.ravel())
    [ 1 -1]
    """
    if not isinstance(network, FoldedNetwork):
        raise TypeError(f"network must be a FoldedNetwork, got {type(network).__name__}")
    x = check_inputs("x", x, network.w_in)
    if (x != np.rint(x)).any():
        raise ValueError(f"x must be whole numbers, got {x[x != np.rint(x)][0]:g}")
    if np.abs(x).max(initial=0) > network.most:
        raise ValueError(f"x must be at most {network.most} in size, got {x.flat[np.abs(x).argmax()]:g}")
    sums = x.astype(np.int64) @ network.w_in.T.astype(np.int64)
    hidden = pack_signs(sums - network.threshold)
    out_sums = packed_product(hidden, network.w_out)
    norm = network.norm_out
    return FoldedRun(hidden, out_sums, normalised(out_sums, norm))


@kernel
def step(z, gamma, beta, mean, sd):
    """Batch norm of a sum."""
    return gamma * ((z - mean) / sd) + beta


@kernel
def least_sum(gamma, beta, mean, sd, most):
    """The least sum at which a neuron fires, of -most to most; with γ < 0 of its sum turned round.

    It halves the stretch in which that sum lies, with the neuron's own answer.
    """
    way = -1.0 if gamma < 0.0 else 1.0
    silent, fires = -most - 1, most + 1
    while fires - silent > 1:
        middle = (silent + fires) // 2
        if step(way * middle, gamma, beta, mean, sd) >= 0.0:
            fires = middle
        else:
            silent = middle
    return fires
