"""One noisy neuron, repeated under a constant current and under one and the same fluctuating current.

The noise inside the neuron is new in every repetition; the fluctuating current is *frozen*. Under it the
spikes of all repetitions stand in columns, under the constant current they drift apart, at a like rate.

Source: Z. F. Mainen and T. J. Sejnowski (1995), Science 268, 1503–1506.
"""

from typing import Annotated, NamedTuple

import numpy as np

from snnlab.checks import affordable, as_real, non_negative, positive, whole
from snnlab.coding.statistics.reliability import mean_cosine
from snnlab.compiling import kernel
from snnlab.neurons.inputs.fluctuation import fill_fluctuation
from snnlab.neurons.models.escape import EscapeLIF, State, check_escape_lif, run
from snnlab.neurons.refractory import refractory_steps
from snnlab.neurons.time_grid import whole_steps
from snnlab.random import seed_from
from snnlab.records import blank, read

__all__ = ["FrozenNoise", "frozen_noise"]

_FROZEN = 1_000_000  # stream of the frozen noise; the repetitions have the streams below


class FrozenNoise(NamedTuple):
    """The repetitions of both currents.

    Examples
    --------
    >>> seen = frozen_noise(0.2, 0.15, EscapeLIF(delta=0.5), rng=np.random.default_rng(1))
    >>> seen.reliable > 2 * seen.constant
    True
    """

    i: np.ndarray
    """The fluctuating current, nA, one value a step."""
    steady: Annotated[np.ndarray, "n_steady"]
    """Spike times under the constant current, ms."""
    steady_units: Annotated[np.ndarray, "n_steady"]
    """Their repetitions, from 0."""
    times: Annotated[np.ndarray, "n"]
    """Spike times under the fluctuating current, ms."""
    units: Annotated[np.ndarray, "n"]
    """Their repetitions, from 0."""
    n_steady: int
    """Spikes under the constant current."""
    n: int
    """Spikes under the fluctuating current."""
    constant: float
    """Reliability under the constant current, as in `pairwise_reliability`."""
    reliable: float
    """The same under the fluctuating current."""
    rate_steady: float
    """Rate under the constant current, Hz."""
    rate: float
    """Rate under the fluctuating current, Hz."""


def frozen_noise(
    mean: float,
    spread: float,
    neuron: EscapeLIF = EscapeLIF(),
    trials: int = 25,
    duration: float = 800.0,
    tau: float = 3.0,
    sigma: float = 2.0,
    dt: float = 0.4,
    *,
    rng: np.random.Generator | np.uint64,
) -> FrozenNoise:
    """Repeat both experiments.

    Parameters
    ----------
    mean, spread : float
        The mean of both currents, and the standard deviation of the fluctuating one, nA.
    neuron
        The numbers of the neuron and of its noise.
    trials : int
        How often each is repeated, twice at least.
    duration, tau : float
        How long, and how long the fluctuating current remembers, ms.
    sigma : float
        How exact a spike has to be, ms.
    dt : float
        Time step, ms.
    rng
        The source of chance, or a seed, as for `snnlab.random.seed_from`.

    Returns
    -------
    FrozenNoise

    Raises
    ------
    ValueError, TypeError
        If an argument breaks its rule.

    Examples
    --------
    >>> seen = frozen_noise(0.2, 0.0, rng=np.random.default_rng(1))  # nothing fluctuates
    >>> abs(seen.reliable - seen.constant) < 0.1
    True
    """
    mean, spread, neuron = as_real("mean", mean), non_negative("spread", spread), check_escape_lif(neuron)
    tau, sigma, dt, trials = (
        positive("tau", tau),
        positive("sigma", sigma),
        positive("dt", dt),
        whole("trials", trials, 2),
    )
    seen = recorded(neuron.t_ref, trials, duration, dt)
    v, one, first, size = work(seen.i.size, trials)
    run_frozen(seen, v, one, first, size, neuron, mean, spread, tau, sigma, dt, seed_from(rng))
    return read(seen)


def recorded(t_ref: float, trials: int, duration: float, dt: float) -> FrozenNoise:
    """A blank record."""
    steps = whole_steps(duration, dt)
    most = steps // (1 + refractory_steps(t_ref, dt)) + 1  # no repetition can have more spikes
    room = int(affordable(trials * most))
    spikes = {"steady": room, "steady_units": np.zeros(room, np.int32)}
    return blank(FrozenNoise, i=steps, **spikes, times=room, units=np.zeros(room, np.int32))


def work(steps: int, trials: int) -> tuple[np.ndarray, ...]:
    """The arrays in which `run_frozen` works."""
    return np.empty(steps), np.empty(steps), np.empty(trials + 1, np.int32), np.empty(trials)


@kernel
def _repeat(i, v, one, times, units, first, neuron, dt, seed, stream):
    """The same current once for each repetition, one after the other; returns the number of spikes."""
    tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0, delta = neuron
    n = 0
    for k in range(first.size - 1):
        first[k] = n
        state = State(v_rest, 0, seed, 0)
        count, _ = run(
            i, v, one, state, tau_m, r_m, v_rest, v_reset, v_th, t_ref, rho_0, delta, dt, stream + k
        )
        for s in range(count):
            times[n] = one[s]
            units[n] = k
            n += 1
    first[first.size - 1] = n
    return n


@kernel
def run_frozen(seen, v, one, first, size, neuron, mean, spread, tau, sigma, dt, seed):
    """The repetitions of the constant current, then those of the fluctuating one."""
    i, trials = seen.i, first.size - 1
    per_second = 1000.0 / (trials * i.size * dt)
    i[:] = mean
    seen.n_steady[0] = _repeat(i, v, one, seen.steady, seen.steady_units, first, neuron, dt, seed, 0)
    seen.constant[0] = mean_cosine(seen.steady, first, size, sigma)
    fill_fluctuation(i, mean, spread, tau, dt, seed, _FROZEN)
    seen.n[0] = _repeat(i, v, one, seen.times, seen.units, first, neuron, dt, seed, trials)
    seen.reliable[0] = mean_cosine(seen.times, first, size, sigma)
    seen.rate_steady[0], seen.rate[0] = per_second * seen.n_steady[0], per_second * seen.n[0]
