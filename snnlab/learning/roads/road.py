r"""What all roads share: the digits, the size, how a number is chosen, and what is counted.

Each road gets the 4000 handwritten digits of `snnlab.data.load_mnist_5k`, 100 hidden neurons, and three tries
at one number; all others are fixed, most as in its chapter. A try learns from the first 3500 digits and is
asked for the other 500. The best of them learns from all 4000, and only then is asked for the 1000 of the
test. What a machine brings, as the time constant of its synapses, is not tried. STDP goes through the digits
once, the others 8 to 32 times. A weight is a bit where the network is binary, and 32 bits elsewhere.

The rectified network, the two conversions and the constrained one share a trainer's optimiser, its epochs and
its batches (`EPOCHS`, `BATCH`), and the first and the last try the same rates of learning. A conversion takes
the rectified network as its tries left it, and tries the steps.

Counted are, for an image on average:

- *operations at synapses*: a weight is read and added, or multiplied by an activation and added. What is 0
  takes none, on any road: a pixel that is black, a neuron that does not fire, a rectified one below 0;
- *updates*: a neuron in a step of the clock;
- *multiplications* and *additions* in both of them. A division or an exponential counts as a multiplication.

Their energy is what the arithmetic alone would take,

$$ E = n_\times E_\times + n_+ E_+ + n_w E_w $$

with $E_\times$ and $E_+$ of floating point numbers and $E_w$ of an addition of whole ones, as
`snnlab.networks.comparisons.break_even` has them, reported for 45 nm and 32 bits. No weight is brought from
anywhere, and to make the input spikes of an image costs nothing.
"""

import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

import numpy as np

from snnlab.data import load_mnist_5k
from snnlab.networks.comparisons.break_even import ADD, ADD_WHOLE, MULTIPLY

__all__ = ["HIDDEN", "DigitSplit", "Road", "RoadRun", "arithmetic_energy", "digit_split", "timed"]

HIDDEN, OUTPUTS = 100, 10
EPOCHS, BATCH = 20, 50  # of the rectified network and of the constrained one
RATES = (2e-3, 5e-3, 1e-2)  # of learning, that both try
KEPT = 500  # digits of those to learn from that a try is asked for

Learnt = TypeVar("Learnt")


class DigitSplit(NamedTuple):
    """Digits to learn from and digits to be asked for.

    Examples
    --------
    >>> len(digit_split(validating=True).x), len(digit_split().x)
    (3500, 4000)
    """

    x: np.ndarray
    """Brightness from 0 to 1 of what is learnt, shape (images, pixels)."""
    y: np.ndarray
    """Which digits these are."""
    x_asked: np.ndarray
    """What is asked for, as `x`."""
    y_asked: np.ndarray
    """Which digits these are."""


class RoadRun(NamedTuple):
    """What came of a road. All but accuracy, weights and seconds are of one image, on average.

    Examples
    --------
    >>> RoadRun(0.9, weights=7840, synaptic=7840.0, multiplications=7840.0, additions=7840.0).spikes
    0.0
    """

    accuracy: float
    """Fraction of what was asked for that is named rightly."""
    weights: int
    """Weights that were learnt, without what is added to a neuron or a threshold."""
    steps: float = 1.0
    """Steps of the clock."""
    inputs: float = 0.0
    """Input spikes that are to be expected; 0 where pixels are shown as they are."""
    spikes: float = 0.0
    """Spikes of neurons."""
    synaptic: float = 0.0
    """Operations at synapses."""
    products: float = 0.0
    """Those of them that multiply a weight by an activation; the others add it."""
    updates: float = 0.0
    """Updates of neurons."""
    multiplications: float = 0.0
    """At synapses and in neurons."""
    additions: float = 0.0
    """At synapses and in neurons."""
    whole: float = 0.0
    """Those of them that add whole numbers."""
    seconds: float = 0.0
    """Time of the processor that learning took, s. No two measurements are alike."""


class Road(NamedTuple):
    """One way, with the number that is tried.

    Examples
    --------
    >>> road = Road("epochs", (8, 16), 16, lambda split, epochs, seed: RoadRun(0.9, 7840), "It has no time.")
    >>> road.run(digit_split(), road.chosen, 0).accuracy
    0.9
    """

    number: str
    """What is tried."""
    tries: tuple[float, ...]
    """Its values."""
    chosen: float
    """The one with the best accuracy on the 500 digits that were kept back; the first of equals."""
    run: Callable[[DigitSplit, float, int], RoadRun]
    """Goes the road: with digits, the number that is tried, and a seed."""
    cannot: str
    """What it cannot do, in a sentence."""
    on_chip: bool = True
    """Whether its neurons, if they spike, are of a kind that Loihi has."""


def digit_split(*, validating: bool = False) -> DigitSplit:
    """The digits for all roads.

    Parameters
    ----------
    validating : bool
        Whether something is still to be chosen: then nothing of the test is there.

    Examples
    --------
    >>> digit_split().x_asked.shape
    (1000, 784)
    """
    mnist = load_mnist_5k()
    x, x_test = (images.reshape(len(images), -1) / mnist.white for images in (mnist.x_train, mnist.x_test))
    if validating:
        return DigitSplit(x[:-KEPT], mnist.y_train[:-KEPT], x[-KEPT:], mnist.y_train[-KEPT:])
    return DigitSplit(x, mnist.y_train, x_test, mnist.y_test)


def arithmetic_energy(run: RoadRun) -> float:
    """Energy of the arithmetic for an image, J, with reported figures.

    Parameters
    ----------
    run
        What was counted.

    Examples
    --------
    >>> print(f"{1e6 * arithmetic_energy(RoadRun(0.9, 7840, multiplications=1e6)):.1f} µJ")
    3.7 µJ
    """
    added = ADD * (run.additions - run.whole) + ADD_WHOLE * run.whole
    return 1e-12 * (MULTIPLY * run.multiplications + added)


def lit(x: np.ndarray) -> float:
    """How many pixels of an image are not black, on average."""
    return float(np.count_nonzero(x) / len(x))


def timed(learn: Callable[[], Learnt]) -> tuple[Learnt, float]:
    """What was learnt, and the time of the processor that this took, s."""
    start = time.process_time()
    learnt = learn()
    return learnt, time.process_time() - start
