"""What the panels of clustering share: small digits, and nine competing neurons that learn quickly."""

import numpy as np

from snnlab.compiling import kernel
from snnlab.data import load_digits
from snnlab.learning.winner_take_all import ClusterNet, Layer, normalise
from snnlab.random import uniform

__all__ = ["CLASSES", "PIXELS", "SHOW", "SMALL", "N", "begin", "images_of", "small_net", "taking_part"]

N, PIXELS, CLASSES = 9, 64, 4  # neurons, pixels, and digits from 0 to 3
SMALL = ClusterNet(
    tau_m=50.0, t_ref=3.0, tau_post_2=20.0, theta_plus=0.1, eta_post=0.05, total=11.0, show=100.0, pause=40.0,
    rate=255.0, least=0,
)  # fmt: skip
SHOW, PAUSE = 100, 40  # steps of 1 ms
ROOM = PIXELS * SHOW  # of the spikes of an image: one in each step at most


def images_of(n: int) -> np.ndarray:
    """The first small digits that show 0 to 3: the brightness of their 64 pixels, from 0 to 16."""
    digits = load_digits()
    few = digits.x_train[digits.y_train < CLASSES][:n]
    return few.reshape(n, PIXELS).astype(np.int32)


@kernel
def small_net(theta_plus, g_in, rate):
    """`SMALL` with three of its numbers replaced."""
    return ClusterNet(
        SMALL.tau_m, SMALL.v_rest, SMALL.v_th, SMALL.t_ref, SMALL.e_ex, SMALL.e_in, SMALL.tau_ex,
        SMALL.tau_in, SMALL.theta_start, theta_plus, SMALL.tau_theta, SMALL.partner_tau_m, SMALL.partner_rest,
        SMALL.partner_reset, SMALL.partner_th, SMALL.partner_t_ref, SMALL.g_partner, g_in, SMALL.eta_pre,
        SMALL.eta_post, SMALL.tau_pre, SMALL.tau_post, SMALL.tau_post_2, SMALL.total, SMALL.show, SMALL.pause,
        rate, SMALL.least,
    )  # fmt: skip


@kernel
def taking_part(each):
    """How many neurons have at least a quarter of an even share of the spikes."""
    total, n = 0.0, 0
    for k in range(each.size):
        total += each[k]
    for k in range(each.size):
        n += each[k] > 0.0 and 4.0 * each.size * each[k] >= total
    return n


@kernel
def begin(w, rows, x, net, seed):
    """Weights by chance and a layer at rest."""
    for j in range(w.shape[0]):
        for k in range(w.shape[1]):
            w[j, k] = 0.01 + uniform(seed, np.uint64(0), np.uint64(j * w.shape[1] + k))
    normalise(w, net.total)
    for k in range(w.shape[1]):
        rows[0, k], rows[4, k], rows[7, k] = net.v_rest, net.theta_start, net.partner_rest
    return Layer(rows[0], rows[1], rows[2], rows[3], rows[4], rows[5], rows[6], rows[7], rows[8], rows[9], x)
