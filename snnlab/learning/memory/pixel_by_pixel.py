r"""Images told pixel by pixel, row after row, and asked for at the end: sequential digits.

Nobody sees an image at once. Each pixel stands for some milliseconds, and inputs say how the grey value $g_k$
differs from that of the pixel before it: of $M$ levels, input $m$ of the first half fires once when $g$ rises
to the level $\ell_m$ or past it, input $m$ of the second half when it falls below,

$$ g_{k-1} < \ell_m \le g_k \qquad\text{or}\qquad g_k < \ell_m \le g_{k-1}, \qquad
\ell_m = \frac{m - 1/2}{M} g_{white} $$

with $g_0$ black. A pixel like the one before it is silence. After the last one a cue, the last input, fires
in each step for a while, in which the readout is asked for the class, by its mean. What the first rows have
shown must be held until then.

Source: G. Bellec, D. Salaj, A. Subramoney, R. Legenstein and W. Maass (2018), Long short-term memory and
learning-to-learn in networks of spiking neurons, NeurIPS 31, and the authors' code: 784 pixels for 1 ms each,
40 levels and a cue of 56 ms. The 64 pixels of a small digit last as long as those together when each stands
for 12 ms.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import (
    AtLeastOne,
    Positive,
    affordable,
    checked,
    exact_steps,
    finite_array,
    positive,
    whole,
)
from snnlab.foreign_arrays import as_array
from snnlab.learning.gradients.adam import Adam
from snnlab.learning.gradients.losses import AskedClasses
from snnlab.learning.gradients.recurrent_gradient import recurrent_gradient
from snnlab.learning.gradients.recurrent_network import RecurrentNetwork, check_recurrent
from snnlab.learning.gradients.recurrent_training import RecurrentTraining, falling_rate, train_recurrent
from snnlab.learning.samples import Samples, samples_from_raster
from snnlab.random import generator

__all__ = ["PixelInputs", "learn_pixels", "pixel_accuracy", "pixel_samples"]

_FALLS, _TO = 3, 0.3  # a training has so many parts, in each of which the rate is so much of that before


class PixelInputs(NamedTuple):
    """The inputs that tell an image.

    Examples
    --------
    >>> print(PixelInputs().n_inputs, PixelInputs(levels=4).grey)
    17 [ 2.  6. 10. 14.]
    """

    levels: AtLeastOne = 8
    """M, how many levels of grey there are, with two inputs each."""
    white: Positive = 16.0
    """The brightest grey value, from 0 for black."""
    pixel: Positive = 12.0
    """For how long a pixel stands, ms."""
    cue: Positive = 60.0
    """For how long the class is asked for, ms."""

    @property
    def grey(self) -> np.ndarray:
        """The levels, of which none is the value of black."""
        return (np.arange(self.levels) + 0.5) * self.white / self.levels

    @property
    def n_inputs(self) -> int:
        """How many inputs there are, the cue with them."""
        return 2 * self.levels + 1


def pixel_samples(
    images: ArrayLike, labels: ArrayLike, inputs: PixelInputs = PixelInputs(), dt: float = 6.0
) -> tuple[Samples, AskedClasses]:
    """The spikes of all inputs, and what is asked of a readout: the class, by its mean during the cue.

    Parameters
    ----------
    images : array of shape (n, rows, columns)
        Grey values, from 0 for black to `inputs.white`.
    labels : array of int, shape (n,)
        What they show.
    inputs
        Who tells them.
    dt : float
        Time step, ms. A pixel is a whole number of them, and so is the cue.

    Returns
    -------
    samples : Samples
        The spikes, with the labels.
    loss : AskedClasses
        The labels at the last step, with a window of the cue.

    Examples
    --------
    >>> samples, loss = pixel_samples([[[0, 16], [16, 0]]], [3], PixelInputs(levels=1), dt=12.0)
    >>> print(samples.raster(0).astype(int), loss.window)
    [[0 0 0]
     [1 0 0]
     [0 0 0]
     [0 1 0]
     [0 0 1]
     [0 0 1]
     [0 0 1]
     [0 0 1]
     [0 0 1]] 5
    """
    inputs = checked("inputs", inputs, PixelInputs)
    x = _checked_images(images, inputs)
    wait, asked = (exact_steps(name, getattr(inputs, name), dt) for name in ("pixel", "cue"))
    grey = x.reshape(len(x), -1)
    told = grey.shape[1] * wait
    affordable(float(len(x)) * (told + asked) * inputs.n_inputs)
    above = np.concatenate([np.zeros((len(x), 1)), grey], axis=1)[:, :, None] >= inputs.grey
    raster = np.zeros((len(x), told + asked, inputs.n_inputs), bool)
    raster[:, :told:wait, : inputs.levels] = above[:, 1:] & ~above[:, :-1]
    raster[:, :told:wait, inputs.levels : -1] = above[:, :-1] & ~above[:, 1:]
    raster[:, told:, -1] = True
    samples = samples_from_raster(raster, labels)
    classes = np.full((len(x), told + asked), -1)
    classes[:, -1] = samples.labels
    return samples, AskedClasses(classes, asked)


def learn_pixels(
    network: RecurrentNetwork,
    images: ArrayLike,
    labels: ArrayLike,
    epochs: int,
    *,
    batch: int = 32,
    rate: float = 0.01,
    inputs: PixelInputs = PixelInputs(),
    rng: np.random.Generator,
    progress: bool = True,
) -> RecurrentTraining:
    """Train on images, in an order that changes from epoch to epoch.

    The rate falls to 0.3 of itself after a third of the training, and once more after two. The last images of
    an epoch, too few for a batch, are left out.

    Parameters
    ----------
    network
        Where to start; it has the inputs of `inputs`.
    images, labels
        As for `pixel_samples`.
    epochs : int
        How often each image is shown.
    batch : int
        Images a step.
    rate : float
        Of Adam, at first.
    inputs
        Who tells the images.
    rng : numpy.random.Generator
        Where the order comes from.
    progress : bool
        Whether a line tells how far it is.

    Examples
    --------
    >>> from snnlab.data import load_digits
    >>> from snnlab.learning.memory.lsnn import lsnn
    >>> rng, digits = np.random.default_rng(1), load_digits()
    >>> network = lsnn(17, 10, 700.0, 1.8, n=4, dt=12.0, rng=rng)
    >>> x, y = digits.x_train[:64], digits.y_train[:64]
    >>> print(learn_pixels(network, x, y, 2, rng=rng, progress=False).loss.size)
    4
    """
    rng = generator(rng)
    network, inputs = check_recurrent(network), checked("inputs", inputs, PixelInputs)
    x, y = _checked_images(images, inputs), as_array("labels", labels)
    epochs, batch = whole("epochs", epochs, 1), whole("batch", batch, 1)
    if batch > len(x):
        raise ValueError(f"batch must be at most {len(x)}, the number of images, got {batch}")
    if y.shape != (len(x),):
        raise ValueError(f"labels must be {len(x)}, one for each image, got shape {y.shape}")
    steps = epochs * (len(x) // batch)

    def batches() -> Iterator[tuple[Samples, AskedClasses]]:
        while True:
            order = rng.permutation(len(x))
            for first in range(0, len(x) - batch + 1, batch):
                some = order[first : first + batch]
                yield pixel_samples(x[some], y[some], inputs, network.dt)

    falling = falling_rate(positive("rate", rate), _TO, -(-steps // _FALLS))
    return train_recurrent(
        network, batches(), steps, adam=Adam(rate=rate), schedule=falling, progress=progress
    )


def pixel_accuracy(
    network: RecurrentNetwork, images: ArrayLike, labels: ArrayLike, *, inputs: PixelInputs = PixelInputs()
) -> float:
    """The fraction of images of which the network says what they show.

    Examples
    --------
    >>> from snnlab.data import load_digits
    >>> from snnlab.learning.memory.lsnn import lsnn
    >>> digits, network = load_digits(), lsnn(17, 10, 700.0, 1.8, n=4, dt=12.0, rng=np.random.default_rng(1))
    >>> print(pixel_accuracy(network, digits.x_test[:50], digits.y_test[:50]) < 0.5)
    True
    """
    network = check_recurrent(network)
    samples, loss = pixel_samples(images, labels, inputs, network.dt)
    return recurrent_gradient(network, samples, loss).accuracy


def _checked_images(images: ArrayLike, inputs: PixelInputs) -> np.ndarray:
    """Grey values from black to white."""
    x = finite_array("images", images, (3,), "(n, rows, columns)")
    if (wrong := x[(x < 0) | (x > inputs.white)]).size:
        raise ValueError(f"images must be from 0 to {inputs.white:g}, got {wrong[0]:g}")
    return x
