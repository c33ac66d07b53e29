r"""A network of one bit: its weights, its batch norms and what it makes of an input.

One hidden layer. A *latent* weight $w$ is a real number from -1 to 1, of which the network uses only the
sign:

$$ z = x \cdot \operatorname{sgn}(w), \qquad a = \gamma\, \frac{z - \mu}{s} + \beta, \qquad
h = \operatorname{sgn}(a), \qquad u = h \cdot \operatorname{sgn}(w'), \qquad
y = \gamma'\, \frac{u - \mu'}{s'} + \beta' $$

with $\operatorname{sgn}(0) = +1$. The step from $z$ to $a$ is batch norm: $\mu$ is the mean of $z$ over the
training set and $s = \sqrt{\sigma^2 + \epsilon}$ with its variance; $\gamma$ and $\beta$ are learnt. The
class with the largest $y$ is named.

Either kind of number may be left real, for comparison: weights as they are, and for the activation the ramp
$h = \max(-1, \min(1, a))$.

Source: M. Courbariaux, I. Hubara, D. Soudry, R. El-Yaniv and Y. Bengio (2016), Binarized neural networks,
arXiv:1602.02830; with real activations M. Courbariaux, Y. Bengio and J.-P. David (2015),
BinaryConnect, NeurIPS 28.
"""

import itertools
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import NonNegative, checked, finite_array, whole
from snnlab.random import generator

__all__ = [
    "BatchNorm",
    "Binarisation",
    "BinaryNetwork",
    "BinaryRun",
    "check_binarisation",
    "check_binary_network",
    "initial_binary",
    "run_binary",
    "signs",
]


class Binarisation(NamedTuple):
    """What of a network has one bit, and what passes the bit on the way back.

    Examples
    --------
    >>> Binarisation(activations=False)  # BinaryConnect
    Binarisation(weights=True, activations=False, stochastic=False, window=1.0)
    """

    weights: bool = True
    """Whether weights are used by their sign; if not they are used as they are."""
    activations: bool = True
    """Whether hidden activations are signs; if not they are a ramp from -1 to 1."""
    stochastic: bool = False
    """Whether a weight is +1 by chance while it learns, with probability (w + 1)/2, once a step."""
    window: NonNegative = 1.0
    """c, half the width of the window in which errors pass a sign; with 0 hidden neurons learn nothing."""


class BatchNorm(NamedTuple):
    """The numbers of batch norm, each an array with one entry a neuron.

    Examples
    --------
    >>> BatchNorm(np.ones(3), np.zeros(3), np.zeros(3), np.ones(3)).gamma.size
    3
    """

    gamma: np.ndarray
    """γ, by which a normalised sum is multiplied."""
    beta: np.ndarray
    """β, which is added."""
    mean: np.ndarray
    """μ, the mean of the sum over the training set."""
    sd: np.ndarray
    """s, the root of its variance and ε."""


class BinaryNetwork(NamedTuple):
    """Latent weights ``w[post, pre]`` and the batch norm of each layer.

    Examples
    --------
    >>> network = initial_binary(64, 256, 10, rng=np.random.default_rng(1))
    >>> network.w_in.shape, network.norm_out.beta.shape
    ((256, 64), (10,))
    """

    w_in: np.ndarray
    """From inputs to hidden neurons, shape (hidden, inputs)."""
    w_out: np.ndarray
    """From hidden neurons to outputs, shape (outputs, hidden)."""
    norm_in: BatchNorm
    """Of the hidden neurons."""
    norm_out: BatchNorm
    """Of the outputs."""


class BinaryRun(NamedTuple):
    """What a network makes of its inputs.

    Examples
    --------
    >>> BinaryRun(*(np.zeros((2, 3)) for _ in range(4))).scores.shape
    (2, 3)
    """

    sums: np.ndarray
    """z, shape (samples, hidden)."""
    hidden: np.ndarray
    """h, shape (samples, hidden)."""
    out_sums: np.ndarray
    """u, shape (samples, outputs)."""
    scores: np.ndarray
    """y, shape (samples, outputs)."""


def signs(x: ArrayLike) -> np.ndarray:
    """+1 where a number is 0 or more, −1 where it is below.

    Parameters
    ----------
    x : array of any shape
        The numbers.

    Examples
    --------
    >>> signs([-0.2, 0.0, 3.0])
    array([-1.,  1.,  1.])
    """
    return np.where(np.asarray(x) >= 0, 1.0, -1.0)


def initial_binary(n_in: int, n_hidden: int, n_out: int, *, rng: np.random.Generator) -> BinaryNetwork:
    """A network that has learnt nothing: latent weights drawn evenly from −1 to 1.

    Parameters
    ----------
    n_in, n_hidden, n_out : int
        How many inputs, hidden neurons and outputs.
    rng : numpy.random.Generator
        Where the weights come from.

    Examples
    --------
    >>> w = initial_binary(64, 256, 10, rng=np.random.default_rng(1)).w_in
    >>> bool(-1 <= w.min() < -0.99 and 0.99 < w.max() <= 1)
    True
    """
    sizes = whole("n_in", n_in, 1), whole("n_hidden", n_hidden, 1), whole("n_out", n_out, 1)
    rng = generator(rng)
    w_in, w_out = (rng.uniform(-1.0, 1.0, (sizes[k + 1], sizes[k])) for k in (0, 1))
    norm_in, norm_out = (
        BatchNorm(np.ones(n), np.zeros(n), np.zeros(n), np.full(n, np.sqrt(before)))
        for before, n in itertools.pairwise(sizes)
    )
    return BinaryNetwork(w_in, w_out, norm_in, norm_out)


def run_binary(network: BinaryNetwork, x: ArrayLike, method: Binarisation = Binarisation()) -> BinaryRun:
    """What a network makes of each sample, in plain floating point.

    Parameters
    ----------
    network
        Its numbers.
    x : array of shape (samples, inputs)
        What it is shown.
    method
        What has one bit; weights that are drawn by chance while they learn are used by their sign here.

    Examples
    --------
    A neuron with the weights + + − counts in favour of what is like them.

    >>> norm = BatchNorm(np.ones(1), np.zeros(1), np.zeros(1), np.ones(1))
    >>> network = BinaryNetwork(np.array([[0.3, 0.9, -0.1]]), np.array([[0.5]]), norm, norm)
    >>> print(run_binary(network, [[1, 1, -1], [-1, -1, 1]]).sums.ravel())
    [ 3. -3.]
    """
    network, method = check_binary_network(network), check_binarisation(method)
    x = check_inputs("x", x, network.w_in)
    w_in, w_out = (signs(w) if method.weights else w for w in (network.w_in, network.w_out))
    sums = x @ w_in.T
    a = normalised(sums, network.norm_in)
    hidden = signs(a) if method.activations else np.clip(a, -1.0, 1.0)
    out_sums = hidden @ w_out.T
    return BinaryRun(sums, hidden, out_sums, normalised(out_sums, network.norm_out))


def check_inputs(name: str, x: ArrayLike, w_in: np.ndarray) -> np.ndarray:
    """`x` as an array with a column for each input of the weights `w_in`."""
    array = finite_array(name, x, (2,), "(samples, inputs)")
    if array.shape[1] != w_in.shape[1]:
        raise ValueError(f"{name} must have {w_in.shape[1]} columns, one an input, got {array.shape[1]}")
    return array


def check_binarisation(method: Binarisation) -> Binarisation:
    """`method` with every number valid."""
    method = checked("method", method, Binarisation)
    if method.stochastic and not method.weights:
        raise ValueError("weights must be True where stochastic is, got False")
    return method


def check_binary_network(network: BinaryNetwork) -> BinaryNetwork:
    """`network` as arrays that fit together."""
    if not isinstance(network, BinaryNetwork):
        raise TypeError(f"network must be a BinaryNetwork, got {type(network).__name__}")
    w_in = finite_array("w_in", network.w_in, (2,), "(hidden, inputs)")
    w_out = finite_array("w_out", network.w_out, (2,), "(outputs, hidden)")
    if w_out.shape[1] != w_in.shape[0]:
        raise ValueError(f"w_out must have {w_in.shape[0]} columns, one a row of w_in, got {w_out.shape[1]}")
    norm_in = check_norm("norm_in", network.norm_in, len(w_in))
    return BinaryNetwork(w_in, w_out, norm_in, check_norm("norm_out", network.norm_out, len(w_out)))


def check_norm(name: str, norm: BatchNorm, n: int) -> BatchNorm:
    """`norm` with a number for each of n neurons."""
    if not isinstance(norm, BatchNorm):
        raise TypeError(f"{name} must be a BatchNorm, got {type(norm).__name__}")
    parts = [finite_array(f"{name}.{field}", x, (1,), "(neurons,)") for field, x in norm._asdict().items()]
    for field, x in zip(BatchNorm._fields, parts, strict=True):
        if x.size != n:
            raise ValueError(f"{name}.{field} must have {n} entries, one a neuron, got {x.size}")
    if (parts[3] <= 0).any():
        raise ValueError(f"{name}.sd must be positive, got {parts[3].min():g}")
    return BatchNorm(*parts)


def normalised(z: np.ndarray, norm: BatchNorm) -> np.ndarray:
    """Batch norm with the numbers of the training set, in the order in which kernels do it."""
    return norm.gamma * ((z - norm.mean) / norm.sd) + norm.beta
