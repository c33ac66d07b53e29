r"""The window of spike-timing-dependent plasticity that falls out of a likelihood.

A neuron that climbs on the log-likelihood of what it is made to fire changes a synapse by

$$ \Delta w \propto \sum_t \left(y_t - \sigma(u_t)\right) a_{t - t_{pre}}, \qquad
u_t = \gamma + w\, a_{t - t_{pre}} + \sum_{t_{post}} h_{t - t_{post}} $$

with the synaptic kernel $a$ and the filter $h$ through which it hears its own spikes, both from the next bin
on. What does one postsynaptic spike at $t_{post} = t_{pre} + \Delta t$ add to that?

$$ W(\Delta t) = a_{\Delta t} - \sum_{t > t_{post}}
\left[\sigma(u_t^{\text{with}}) - \sigma(u_t^{\text{without}})\right] a_{t - t_{pre}} $$

if nothing else fires. The first term is there only if the presynaptic spike came first: without history
the causal half is the synaptic kernel. The second is what the spike changes about later expectations, and
only through $h$. So for a spike that comes too early, $\Delta t \le 0$, it is all there is: nothing without
history; *above* 0 if a spike makes the neuron refractory, since then silence is less of a surprise; below 0
only while a spike makes the neuron more excitable, by a depolarising after-potential. The classical
depression of spikes that come too early is not in refractoriness.

Nor is any of it in a neuron that is free. If the spikes after $t_{post}$ are drawn by the neuron's own coins,
every surprise is 0 on average, whatever came before: the early half vanishes, and the late half is the kernel
itself. What is left of early spikes is due to a teacher who does not know what the neuron expects.

Source: J.-P. Pfister, T. Toyoizumi, D. Barber and W. Gerstner (2006), Neural Computation 18, 1318–1348, for
the window of a likelihood; H. Jang, O. Simeone, B. Gardner and A. Grüning (2019), IEEE Signal Processing
Magazine 36 (6), 64–77.
"""

from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import as_real, finite_array, whole
from snnlab.compiling import inlined_kernel, kernel
from snnlab.probability.glm_simulation import drawn
from snnlab.probability.links import LOGISTIC, pull
from snnlab.random import seed_from, uniform

__all__ = ["LikelihoodWindow", "Others", "likelihood_window"]

Others = Literal["silent", "background", "model"]


class LikelihoodWindow(NamedTuple):
    """What a postsynaptic spike adds to the gradient, for each Δt.

    Examples
    --------
    >>> seen = likelihood_window([1.0, 0.5], lags=2)
    >>> print(seen.dt, seen.change)
    [-2 -1  0  1  2] [0.  0.  0.  1.  0.5]
    """

    dt: np.ndarray
    """Δt = t_post − t_pre, bins, shape (2 · lags + 1,)."""
    change: np.ndarray
    """W, nats per unit of the weight, shape as `dt`."""
    error: np.ndarray
    """Its standard error over pairings, 0 where nothing is drawn, shape as `dt`."""


def likelihood_window(
    synapse: ArrayLike,
    own_filter: ArrayLike = (),
    bias: float = -2.0,
    weight: float = 0.0,
    lags: int = 20,
    others: Others = "silent",
    pairings: int = 1000,
    *,
    rng: np.random.Generator | None = None,
) -> LikelihoodWindow:
    """The gradient of the log-likelihood with a postsynaptic spike, less that without it.

    Parameters
    ----------
    synapse : array of shape (lags of the synapse,)
        a: how a presynaptic spike is heard in the next bin, the one after it, …
    own_filter : array of shape (lags of the neuron,)
        h: what a postsynaptic spike adds to the potential of the next bin, the one after it, …
    bias : float
        γ; −2 lets 12 % of the bins hold a spike.
    weight : float
        w, of the synapse.
    lags : int
        The longest Δt, bins.
    others
        What else the neuron fires: nothing; coins that fall with the probability σ(γ) and know of nothing, as
        a teacher's might; or its own coins.
    pairings : int
        How many are averaged, 2 at least. Not used where nothing else fires.
    rng
        Where the seed comes from; one number is drawn from it. Not used where nothing else fires.

    Examples
    --------
    A spike that comes before its cause, in a neuron that is held silent after each spike:

    >>> early = likelihood_window(np.exp(-np.arange(20) / 5), own_filter=[-9.0] * 5).change[:20]
    >>> print(f"{early.min():.2f} to {early.max():.2f}: none is depressed")
    0.00 to 0.36: none is depressed
    """
    a = finite_array("synapse", synapse, (1,), "(lags,)")
    own = finite_array("own_filter", own_filter, (1,), "(lags,)")
    bias, weight = as_real("bias", bias), as_real("weight", weight)
    lags = whole("lags", lags, least=1)
    if others not in get_args(Others):
        raise ValueError(f"others must be one of {', '.join(get_args(Others))}, got {others!r}")
    dt = np.arange(-lags, lags + 1)
    if others == "silent":
        n, seed = 1, np.uint64(0)
    else:
        if rng is None:
            raise TypeError(f"rng must be a numpy.random.Generator where others are {others!r}, got None")
        n, seed = whole("pairings", pairings, least=2), seed_from(rng)
    bins = 2 * lags + 1 + a.size
    change = np.empty((n, dt.size))
    run(a, own, bias, weight, lags, get_args(Others).index(others), seed, np.empty(bins), change)
    error = change.std(axis=0, ddof=1) / np.sqrt(n) if n > 1 else np.zeros(dt.size)
    return LikelihoodWindow(dt, change.mean(axis=0), error)


@inlined_kernel
def gradient(a, own, bias, weight, pre, post, fires, others, seed, pairing, u):
    """The gradient of a trial with a presynaptic spike in bin `pre`; in `post` the neuron `fires`, 0 or 1.

    `others` is 0 if nothing else fires, 1 for a teacher's coins and 2 for those of the neuron.
    """
    for t in range(u.size):
        late = t - pre - 1
        u[t] = bias + (weight * a[late] if 0 <= late < a.size else 0.0)
    total = 0.0
    for t in range(u.size):
        y = 0.0
        if t == post:
            y = fires
        elif others > 0:
            y = drawn(bias if others == 1 else u[t], LOGISTIC, uniform(seed, pairing, np.uint64(t)))
        late = t - pre - 1
        if 0 <= late < a.size:
            total += pull(u[t], y, LOGISTIC)[1] * a[late]
        if y > 0.0:
            for lag in range(min(own.size, u.size - 1 - t)):
                u[t + 1 + lag] += own[lag]
    return total


@kernel
def run(a, own, bias, weight, lags, others, seed, u, change):
    """Every pairing at every Δt, with the same coins with and without; the presynaptic bin is `lags`."""
    for pairing in range(change.shape[0]):
        for k in range(change.shape[1]):
            stream = np.uint64(pairing)
            put = gradient(a, own, bias, weight, lags, k, 1.0, others, seed, stream, u)
            left = gradient(a, own, bias, weight, lags, k, 0.0, others, seed, stream, u)
            change[pairing, k] = put - left
