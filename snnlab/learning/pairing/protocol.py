r"""The pairing protocol: the same pair of spikes, again and again.

A presynaptic spike and, $\Delta t$ later, a postsynaptic one, repeated $n$ times at a frequency $f$. It is
how the window was measured: 60 pairs at 1 Hz. At higher frequencies the spikes of one pair meet those of the
next.

Source: G.-q. Bi and M.-m. Poo (1998), Journal of Neuroscience 18, 10464–10472; the frequencies: P. J.
Sjöström, G. G. Turrigiano and S. B. Nelson (2001), Neuron 32, 1149–1164.
"""

import numpy as np

from snnlab.checks import as_real, positive, whole
from snnlab.compiling import kernel
from snnlab.spikes import Spikes

__all__ = ["pairing_protocol"]


def pairing_protocol(delta_t: float, frequency: float = 1.0, n: int = 60) -> tuple[Spikes, Spikes]:
    """The spikes of both neurons in a pairing protocol.

    Parameters
    ----------
    delta_t : float
        t_post − t_pre of each pair, ms; negative where the postsynaptic spike comes first.
    frequency : float
        Pairs for each second, Hz.
    n : int
        Number of pairs, at least 1.

    Returns
    -------
    pre, post : Spikes
        The first pair starts at time 0.

    Examples
    --------
    >>> pre, post = pairing_protocol(-10.0, frequency=2.0, n=3)
    >>> print(pre.times, post.times)
    [  10.  510. 1010.] [   0.  500. 1000.]
    """
    delta_t, frequency, n = as_real("delta_t", delta_t), positive("frequency", frequency), whole("n", n, 1)
    pre, post = np.empty(n), np.empty(n)
    fill_pairings(pre, post, delta_t, frequency)
    duration = max(pre[-1], post[-1]) + 1000.0 / frequency
    return Spikes(pre, duration=duration), Spikes(post, duration=duration)


@kernel
def fill_pairings(pre, post, delta_t, frequency):
    """The times of both neurons, the earlier from 0 on."""
    for k in range(pre.size):
        start = k * 1000.0 / frequency
        pre[k] = start + max(0.0, -delta_t)
        post[k] = start + max(0.0, delta_t)
