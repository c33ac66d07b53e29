r"""Brunel's network: sparse, random, of excitatory and inhibitory LIF neurons that are all alike.

It is his model A. Every neuron gets the spikes of $C_E$ excitatory neurons and of $C_I = C_E/4$ inhibitory
ones, drawn at random, and of $C_E$ Poisson trains from outside. A spike makes the potential jump, by $J$
where it excites and by $-gJ$ where it inhibits. The rate $\nu_{ext}$ of a train is counted in units of that
which would take the mean potential to the threshold $\theta$:

$$ \eta = \frac{\nu_{ext}}{\nu_{thr}}, \qquad \nu_{thr} = \frac{\theta}{J\, C_E\, \tau} $$

*Mean field*: so many small jumps are as good as white noise around a mean, and all neurons fire at one rate
$\nu$, which has to bring about itself:

$$ \nu = f(\mu, \sigma), \qquad
\mu = J\, C_E\, \tau \left[\nu_{ext} + \left(1 - \tfrac{g}{4}\right) \nu\right], \qquad
\sigma^2 = \tfrac12\, J^2\, C_E\, \tau \left[\nu_{ext} + \left(1 + \tfrac{g^2}{4}\right) \nu\right] $$

with Siegert's formula $f$ of `siegert_rate`. (In the article $\sigma$ is larger by $\sqrt 2$.) It says at
which rate the network could go on for ever, and not whether it does: some of these states give way to
oscillations.

Source: N. Brunel (2000), Journal of Computational Neuroscience 8, 183–208.
"""

import math

import numpy as np
from numpy.typing import DTypeLike

from snnlab.checks import non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.networks.cells.population import Population
from snnlab.networks.cells.synapses import DeltaJumps
from snnlab.networks.network import Network
from snnlab.networks.wiring.degrees import fixed_indegree
from snnlab.neurons.models.lif_parameters import LIF
from snnlab.neurons.populations.siegert import siegert_at
from snnlab.random import generator

__all__ = ["NEURON", "brunel", "brunel_rate", "check_brunel", "mean_field_rate"]

NEURON = LIF(tau_m=20.0, r_m=20.0, v_rest=0.0, v_reset=10.0, v_th=20.0, t_ref=2.0)


def brunel(
    g: float = 5.0,
    eta: float = 2.0,
    *,
    n_exc: int = 10_000,
    w: float = 0.1,
    delay: float = 1.5,
    dt: float = 0.1,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Network:
    """Brunel's model A.

    Parameters
    ----------
    g : float
        How many times stronger an inhibitory synapse is than an excitatory one; from 4 on inhibition wins.
    eta : float
        Rate of the input from outside, 1 where it alone takes the mean potential to the threshold.
    n_exc : int
        Excitatory neurons, a multiple of 40; a quarter as many are inhibitory. Of both kinds a tenth sends
        to each neuron. With his 10,000 there are 15.6 million synapses: about 2 GB until they are sorted.
    w : float
        Jump of an excitatory synapse, mV.
    delay : float
        Of all synapses, ms.
    dt : float
        Time step, ms.
    rng
        The source of chance: of who is joined to whom, of the input, and of the potentials at the start,
        which lie anywhere between rest and threshold.
    dtype
        As for `Network`.

    Returns
    -------
    Network
        Its populations are called exc and inh.

    Examples
    --------
    >>> net = brunel(g=5.0, eta=2.0, n_exc=400, rng=np.random.default_rng(1))
    >>> run = net.run(500)
    >>> print(f"{run['exc'].rate[1000:].mean():.0f} Hz, in mean field {brunel_rate(n_exc=400):.0f} Hz")
    93 Hz, in mean field 93 Hz
    """
    g, eta, n_exc, w = check_brunel(g, eta, n_exc, w)
    n_inh, rng = n_exc // 4, generator(rng)
    exc, inh = (
        Population(n, NEURON, DeltaJumps(), v_start=rng.uniform(NEURON.v_rest, NEURON.v_th, n))
        for n in (n_exc, n_inh)
    )
    net = Network(dt=dt, rng=rng, dtype=dtype, exc=exc, inh=inh)
    for post in ("exc", "inh"):
        net.connect("exc", post, fixed_indegree(n_exc // 10), w=w, delay=delay)
        net.connect("inh", post, fixed_indegree(n_inh // 10), w=-g * w, delay=delay)
        net.drive(post, 1000.0 * eta * NEURON.v_th / (w * NEURON.tau_m), w)
    return net


def brunel_rate(g: float = 5.0, eta: float = 2.0, *, n_exc: int = 10_000, w: float = 0.1) -> float:
    """The rate of Brunel's model A in mean field, Hz.

    Parameters
    ----------
    g, eta, n_exc, w
        As for `brunel`.

    Returns
    -------
    float
        Where excitation wins, two rates can bring about themselves; then it is the lower one.

    Examples
    --------
    >>> print(f"{brunel_rate(g=5.0, eta=2.0):.2f} Hz")
    37.95 Hz
    """
    g, eta, n_exc, w = check_brunel(g, eta, n_exc, w)
    return mean_field_rate(g, eta, n_exc // 10, w, NEURON)


@kernel
def brought_about(rate, outside, g, c_exc, w, neuron):
    """The rate of neurons that hear others of this `rate`, Hz, and as many spikes from `outside`."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref = neuron
    tau = tau_m / 1000.0
    mean = w * c_exc * tau * (outside + (1.0 - g / 4.0) * rate)
    variance = 0.5 * w * w * c_exc * tau * (outside + (1.0 + g * g / 4.0) * rate)
    return siegert_at(mean / r_m, math.sqrt(variance), tau_m, r_m, v_rest, v_reset, v_th, t_ref, 0.0)


@kernel
def mean_field_rate(g, eta, c_exc, w, neuron):
    """The lowest rate that brings about itself, of neurons with `c_exc` excitatory inputs."""
    outside = eta * neuron.v_th / (w * c_exc * neuron.tau_m / 1000.0)
    low, high = 0.0, 0.01
    while brought_about(high, outside, g, c_exc, w, neuron) > high:
        low, high = high, 1.05 * high  # no neuron fires faster than its refractory time allows
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = brought_about(middle, outside, g, c_exc, w, neuron) > middle
        low, high = (middle, high) if above else (low, middle)
    return 0.5 * (low + high)


def check_brunel(g: float, eta: float, n_exc: int, w: float) -> tuple[float, float, int, float]:
    """The numbers, if a network can be made of them."""
    n_exc = whole("n_exc", n_exc, 40)
    if n_exc % 40:
        raise ValueError(f"n_exc must be a multiple of 40, got {n_exc}")
    return non_negative("g", g), non_negative("eta", eta), n_exc, positive("w", w)
