"""A small layer of competing neurons that learns quickly: its digits, its numbers, and how it begins."""

from typing import NamedTuple

import numpy as np

from snnlab.checks import positive, whole
from snnlab.compiling import kernel
from snnlab.data import load_digits
from snnlab.learning.competition.clustering import _room
from snnlab.learning.competition.winner_take_all import ClusterNet, Layer, Shown, check_cluster_net, normalise
from snnlab.random import uniform

__all__ = ["SMALL", "small_digits"]

SMALL = ClusterNet(
    tau_m=50.0, t_ref=3.0, tau_post_2=20.0, theta_plus=0.1, eta_post=0.05, total=11.0, show=100.0, pause=40.0,
    rate=255.0, least=0,
)  # fmt: skip
"""Numbers that suit images of 64 pixels and a quick learner."""


def small_digits(n: int) -> np.ndarray:
    """The first digits of 8 x 8 pixels that show a 0, 1, 2 or 3.

    Parameters
    ----------
    n : int
        How many.

    Returns
    -------
    array of shape (n, 64)
        Brightness of the pixels, from 0 to 1, in sixteenths.

    Examples
    --------
    >>> small_digits(5).shape
    (5, 64)
    """
    digits = load_digits()
    few = digits.x_train[digits.y_train < 4][: whole("n", n)]
    return few.reshape(len(few), few[0].size if len(few) else 64) / digits.white


class Work(NamedTuple):
    """What a layer works in."""

    w: np.ndarray  # (inputs, neurons)
    rows: np.ndarray  # one number a neuron in each of ten
    x: np.ndarray  # traces of the inputs
    ends: np.ndarray  # where the spikes of each step of an image end
    lit: np.ndarray  # three rows: which pixel fires, and on the way which one in which step
    counts: np.ndarray  # spikes of each neuron


def work(n: int, inputs: int, steps: int) -> Work:
    """Room for so many neurons and inputs, and for images of so many steps."""
    spikes = np.empty((3, inputs * steps), np.int32)  # a pixel fires once in a step at most
    ends, counts = np.empty(steps + 1, np.int32), np.empty(n, np.int32)
    return Work(np.empty((inputs, n)), np.zeros((10, n)), np.empty(inputs), ends, spikes, counts)


def check_layer(net: ClusterNet, n: int, pixels: np.ndarray, dt: float) -> tuple[ClusterNet, Work]:
    """The numbers of a layer of `n` neurons that sees rows of `pixels`, and room for it."""
    net, n, dt = check_cluster_net(net), whole("n", n, 1), positive("dt", dt)
    if net.total > pixels.shape[1] / 2:
        raise ValueError(f"total must be at most half of the inputs ({pixels.shape[1]}), got {net.total:g}")
    shown, _, _ = _room(pixels, net, dt)
    return net, work(n, pixels.shape[1], shown.start.size - 1)


@kernel
def begin(work, net, seed):
    """Weights by chance, a layer at rest, and room for the spikes of an image."""
    w, rows, x, ends, lit = work.w, work.rows, work.x, work.ends, work.lit
    for j in range(w.shape[0]):
        x[j] = 0.0
        for k in range(w.shape[1]):
            w[j, k] = 0.01 + uniform(seed, np.uint64(0), np.uint64(j * w.shape[1] + k))
    normalise(w, net.total)
    for k in range(w.shape[1]):
        rows[0, k], rows[4, k], rows[7, k] = net.v_rest, net.theta_start, net.partner_rest
    layer = Layer(
        rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], rows[8], rows[9], x
    )  # fmt: skip
    return layer, Shown(lit[0], ends, lit[1], lit[2])


@kernel
def taking_part(each):
    """How many neurons have at least a quarter of an even share of the spikes."""
    total, n = 0.0, 0
    for k in range(each.size):
        total += each[k]
    for k in range(each.size):
        n += each[k] > 0.0 and 4.0 * each.size * each[k] >= total
    return n
