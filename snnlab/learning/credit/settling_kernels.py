r"""A network that settles, as kernels for one sample: what equilibrium propagation and contrastive Hebbian
learning compare.

The equations are those of `feedback_settling`, whose functions are the readable twins; the arrays are those
of `padded_layers`. Here a network makes as many sweeps as it is told, whether it has come to rest or not.

The gradient of the settled network solves a linear system there. Here it settles as well: in letters of
`feedback_settling`, row after row of the system is

$$ \lambda^l = f'(u^l) \odot \left( W^l \lambda^{l-1} + \gamma (W^{l+1})^\top \lambda^{l+1} \right), \qquad
\lambda^L = W^L \lambda^{L-1} + h^L - t, \qquad \lambda^0 = 0, $$

which is the settling itself, linearised where it rests, with the error as what is heard.
"""

import math

from snnlab.compiling import kernel
from snnlab.learning.credit.padded_layers import steepness, weighted, weighted_back

__all__ = ["add_contrast", "add_settled_gradient", "settle_sample"]


@kernel
def settle_layer(w, h, layer, target, beta, gamma):
    """What one layer says to what it hears; an infinite beta clamps the output."""
    last = w.shape[0]
    for k in range(h.shape[1]):
        if layer == last and math.isinf(beta):
            h[layer, k] = target[k]
        elif layer == last:
            h[layer, k] = (weighted(w[layer - 1], h[layer - 1], k) + beta * target[k]) / (1.0 + beta)
        else:
            came = gamma * weighted_back(w[layer], h[layer + 1], k)
            h[layer, k] = math.tanh(weighted(w[layer - 1], h[layer - 1], k) + came)


@kernel
def settle_sample(w, h, target, beta, gamma, sweeps):
    """So many sweeps from where the activities are: all odd layers, then all even ones."""
    for _ in range(sweeps):
        for first in range(1, 3):
            for layer in range(first, w.shape[0] + 1, 2):
                settle_layer(w, h, layer, target, beta, gamma)


@kernel
def add_contrast(told, one, other, gamma, factor):
    """Add to the update what two states differ by, each layer by its power of gamma."""
    layers = told.shape[0]
    for layer in range(layers):
        scale = factor * gamma ** (layer + 1.0 - layers)
        for post in range(told.shape[1]):
            for pre in range(told.shape[2]):
                free = one[layer + 1, post] * one[layer, pre]
                held = other[layer + 1, post] * other[layer, pre]
                told[layer, post, pre] += scale * (free - held)


@kernel
def add_settled_gradient(gradient, w, h, target, pulls, gamma, sweeps, factor):
    """Add the gradient of a network that has settled at `h`; λ, in `pulls`, makes so many sweeps."""
    last = w.shape[0]
    pulls[:, :] = 0.0
    for _ in range(sweeps):
        for layer in range(1, last + 1):
            for k in range(h.shape[1]):
                came = weighted(w[layer - 1], pulls[layer - 1], k)
                if layer == last:
                    pulls[layer, k] = came + h[layer, k] - target[k]
                else:
                    came += gamma * weighted_back(w[layer], pulls[layer + 1], k)
                    pulls[layer, k] = steepness(h[layer, k], False) * came
    for layer in range(last):
        scale = factor * gamma ** (layer + 1.0 - last)
        for post in range(h.shape[1]):
            for pre in range(h.shape[1]):
                rise = pulls[layer + 1, post] * h[layer, pre] + h[layer + 1, post] * pulls[layer, pre]
                gradient[layer, post, pre] += scale * rise
