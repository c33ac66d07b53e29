r"""How the work of a converted network grows with its input, and with weights that know nothing.

$N$ synaptic operations against $S$ input spikes, an image on average, and how much of their variance a
straight line explains,

$$ R^2 = 1 - \frac{\sum (N - \hat N)^2}{\sum (N - \bar N)^2} $$

An input spike goes through one synapse for each hidden neuron, whatever it does there. So that part of $N$ is
a straight line by how it is counted; only the hidden spikes could bend it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array
from snnlab.learning.conversion.counting_weights import CountingWeights
from snnlab.learning.conversion.early_answers import early_answers
from snnlab.random import generator, seed_from

__all__ = ["OperationsByRate", "operations_by_rate", "shuffled"]


class OperationsByRate(NamedTuple):
    """What was counted at each rate.

    Examples
    --------
    >>> seen = OperationsByRate(np.array([1.0, 2.0, 3.0]), np.array([4.0, 7.0, 8.0]), np.zeros(3))
    >>> print(f"{seen.r_squared:.2f}")
    0.92
    """

    inputs: np.ndarray
    """Input spikes of an image."""
    operations: np.ndarray
    """Synaptic operations of an image."""
    of_hidden: np.ndarray
    """Those of them that hidden spikes take."""

    @property
    def r_squared(self) -> float:
        """How much of the variance of all operations a straight line explains."""
        return straightness(self.inputs, self.operations)

    @property
    def r_squared_of_hidden(self) -> float:
        """The same for those of the hidden spikes alone."""
        return straightness(self.inputs, self.of_hidden)


def straightness(x: np.ndarray, y: np.ndarray) -> float:
    """How much of the variance of `y` a straight line in `x` explains; NaN if one of them does not vary."""
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1] ** 2)


def operations_by_rate(
    network: CountingWeights,
    x: ArrayLike,
    rates: ArrayLike,
    *,
    steps: int = 50,
    rng: np.random.Generator | np.uint64,
) -> OperationsByRate:
    """Count synaptic operations at several rates of the pixels.

    Parameters
    ----------
    network
        What `counting_weights` or `shuffled` made.
    x : array of shape (images, inputs)
        Brightness, between 0 and 1.
    rates : array of shape (n,)
        Of a white pixel, above 0 and at most 1000 Hz.
    steps : int
        For how long each image is seen, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Examples
    --------
    >>> network = CountingWeights(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))
    >>> operations_by_rate(network, np.ones((1, 2)), [500, 1000], rng=np.uint64(1)).inputs
    array([ 49., 100.])
    """
    rates, seed = finite_array("rates", rates, (1,), "(n,)"), seed_from(rng)
    labels = np.zeros(len(np.asarray(x)), int)  # nobody asks what is right
    runs = [early_answers(network, x, labels, rate, steps=steps, rng=seed) for rate in rates.tolist()]
    inputs = np.array([run.inputs for run in runs])
    operations = np.array([run.final_operations for run in runs])
    return OperationsByRate(inputs, operations, operations - inputs * network.w_in.shape[1])


def shuffled(network: CountingWeights, rng: np.random.Generator) -> CountingWeights:
    """The same weights in another order, layer by layer: a network that knows nothing.

    Parameters
    ----------
    network
        What is shuffled; it stays as it is.
    rng
        The source of chance.

    Examples
    --------
    >>> network = CountingWeights(np.eye(2), np.zeros(2), np.eye(2), np.zeros(2))
    >>> print(shuffled(network, np.random.default_rng(1)).w_in.sum())
    2.0
    """
    rng = generator(rng)
    return CountingWeights(*(rng.permuted(w.ravel()).reshape(w.shape) for w in network))
