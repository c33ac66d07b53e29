"""A small network with a batch, drawn from a seed, on which every theory of credit is tried."""

import numpy as np

from snnlab.learning.credit.rate_network import activities, initial_network

__all__ = ["drawn", "order", "taught"]


def drawn(seed=1, *, sizes=(4, 6, 5, 3), samples=20, scale=0.8, linear=False, off=1.0):
    """A network, inputs, and targets that its outputs miss by about `off`."""
    rng = np.random.default_rng(seed)
    network = initial_network(sizes, scale=scale, linear=linear, rng=rng)
    x = rng.normal(size=(samples, sizes[0]))
    return network, x, activities(network, x)[-1] + off * rng.normal(size=(samples, sizes[-1]))


def taught(seed, *, sizes=(10, 20, 5), samples=100, linear=False, scale=1.0):
    """A network that has not learnt, inputs, and as targets what a linear map makes of them."""
    network, x, _ = drawn(seed, sizes=sizes, samples=samples, scale=scale, linear=linear)
    teacher = initial_network((sizes[0], sizes[-1]), rng=np.random.default_rng([seed, 1]))
    return network, x, activities(teacher, x)[-1]


def order(steps, errors):
    """The slope of error over step, both as logarithms: 1 for O(step), 2 for O(step²)."""
    return np.diff(np.log(errors)) / np.diff(np.log(steps))
