r"""A population of noisy LIF neurons that hear one current.

Each neuron $k$ gets the current late by its own delay $D_k$ and has its own threshold. In steps of
$\Delta t$, with $d = e^{-\Delta t/\tau_m}$,

$$ v_k(t + \Delta t) = d\, v_k(t) + (1 - d) \left(v_{rest} + R\, i(t - D_k)\right)
+ \sigma \sqrt{1 - d^2}\, \xi_k(t) $$

where $\xi$ is chance, new for each neuron and step, with mean 0 and variance 1. A neuron that never fires
scatters with the standard deviation $\sigma$. Here $\xi$ is half the sum of four coins that show −1 or 1:
over the time $\tau_m$ so many add up that nobody can tell them from normal random numbers, and one random
number of 128 bits serves 32 neurons.

Source: W. Gerstner and W. M. Kistler (2002), Spiking Neuron Models, sections 1.5.3 and 6.
"""

import math

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import affordable, finite_array, non_negative, positive, whole
from snnlab.compiling import kernel
from snnlab.neurons.models.lif import step
from snnlab.neurons.models.lif_parameters import LIF, check_lif
from snnlab.neurons.refractory import fired_or_held, refractory_steps
from snnlab.random import philox, seed_from, uniform
from snnlab.spikes import Spikes

__all__ = ["simulate_lif_population"]

_START = np.uint64(1 << 62)  # counter of the random numbers that say where each potential starts


def simulate_lif_population(
    i: ArrayLike,
    n: int,
    sigma: float,
    neuron: LIF = LIF(),
    *,
    delay: ArrayLike = 0.0,
    higher: ArrayLike = 0.0,
    dt: float = 0.5,
    rng: np.random.Generator,
) -> Spikes:
    """Simulate noisy LIF neurons under one current.

    Parameters
    ----------
    i : array of shape (steps,)
        Current in nA.
    n : int
        Number of neurons.
    sigma : float
        How far the noise scatters the potential of a neuron that never fires, standard deviation in mV.
    neuron
        The numbers that all have in common.
    delay : float or array of shape (n,)
        How much later than the first a neuron gets the current, ms, in whole steps; until then it gets
        ``i[0]``.
    higher : float or array of shape (n,)
        By how much its threshold is higher, mV.
    dt : float
        Time step, ms.
    rng
        The source of chance, for example ``np.random.default_rng(1)``. One number is drawn from it.

    Returns
    -------
    Spikes
        All potentials start between rest and threshold, at random.

    Examples
    --------
    >>> step = np.repeat([0.12, 0.2], [400, 400])  # nA, 200 ms each
    >>> spikes = simulate_lif_population(step, 500, 4.0, rng=np.random.default_rng(1))
    >>> before, after = spikes.between(100, 200), spikes.between(300, 400)
    >>> bool(after.n_spikes > 2 * before.n_spikes)
    True
    """
    i = finite_array("i", i, (1,), "(steps,)")
    n, sigma, neuron = whole("n", n), non_negative("sigma", sigma), check_lif(neuron)
    if n > 1e7:
        raise ValueError(f"n must be at most 10 million, got {min(n, 1e300):g}")
    dt, seed = positive("dt", dt), seed_from(rng)
    late, above = _one_each("delay", delay, n), _one_each("higher", higher, n)
    if (late < 0).any():
        raise ValueError(f"delay must be zero or positive, got {late.min():g}")
    if (neuron.v_th + above <= neuron.v_reset).any():
        raise ValueError(f"higher must leave every threshold above v_reset, got {above.min():g}")
    room = math.ceil(i.size / (refractory_steps(neuron.t_ref, dt) + 1)) * n
    affordable(room)
    times, units = np.empty(room), np.empty(room, np.int32)
    v, free = np.empty(n), np.empty(n, np.int32)
    steps_late = np.minimum(late / dt + 1e-9, i.size).astype(np.int32)
    count = run(i, v, free, times, units, steps_late, above, sigma, *neuron, dt, seed)
    return Spikes(times[:count], units[:count], n_units=n, duration=i.size * dt)


def _one_each(name: str, values: ArrayLike, n: int) -> np.ndarray:
    array = finite_array(name, values, (0, 1), "() or (n,)")
    if array.shape not in ((), (n,)):
        raise ValueError(f"{name} must be one number or one for each of {n} neurons, got {array.size}")
    return np.ascontiguousarray(np.broadcast_to(array, (n,)))


@kernel
def four_coins(bits, k):
    """Half the sum of the four coins of neuron k, from 128 random bits in two words."""
    word = bits[0] if k & 16 == 0 else bits[1]
    four = (word >> np.uint64(4 * (k & 15))) & np.uint64(15)
    heads = (four & np.uint64(1)) + ((four >> np.uint64(1)) & np.uint64(1))
    heads += ((four >> np.uint64(2)) & np.uint64(1)) + (four >> np.uint64(3))
    return float(heads) - 2.0


@kernel
def run(
    i, v, free, times, units, late, above, sigma, tau_m, r_m, v_rest, v_reset, v_th, t_ref, dt, seed
):  # fmt: skip
    """All neurons through all steps, `late` in steps; returns the number of spikes."""
    decay = math.exp(-dt / tau_m)
    kick = sigma * math.sqrt(1.0 - decay * decay)
    hold = min(refractory_steps(t_ref, dt), i.size)  # `free` has 32 bits
    for k in range(v.size):
        v[k] = v_rest + (v_th - v_rest) * uniform(seed, np.uint64(k), _START)
        free[k] = 0
    count = 0
    bits = philox(seed, np.uint64(0), np.uint64(0))
    for t in range(i.size):
        for k in range(v.size):
            if k & 31 == 0:
                bits = philox(seed, np.uint64(k >> 5), np.uint64(t))
            moved = step(v[k], i[max(t - late[k], 0)], decay, v_rest, r_m) + kick * four_coins(bits, k)
            crosses = moved > v_th + above[k]
            now, free[k], fired = fired_or_held(t, v[k], moved, crosses, free[k], v_reset, hold)
            v[k] = now
            if fired:
                times[count] = (t + 1) * dt
                units[count] = k
                count += 1
    return count
