"""Exercise 2.5, write it: the f–I curve in closed form."""

import math

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake
from snnlab.neurons import LIF, lif_rate, lif_rheobase

__all__ = ["RATE"]


def firing_rate(i, neuron):
    """The rate as the package computes it."""
    return lif_rate(i, neuron)


def _climb(i, neuron, log=math.log):
    """Time from reset to threshold in ms, infinite below the rheobase."""
    v_inf = neuron.v_rest + neuron.r_m * i
    if v_inf <= neuron.v_th:
        return math.inf
    return neuron.tau_m * log((v_inf - neuron.v_reset) / (v_inf - neuron.v_th))


def _no_refractory_time(i, neuron):
    return 1000.0 / _climb(i, neuron)


def _refractory_time_subtracted(i, neuron):
    return 1000.0 / (_climb(i, neuron) - neuron.t_ref)


def _per_millisecond(i, neuron):
    return 1.0 / (neuron.t_ref + _climb(i, neuron))


def _interval(i, neuron):
    return neuron.t_ref + _climb(i, neuron)


def _reset_ignored(i, neuron):
    return firing_rate(i, neuron._replace(v_reset=neuron.v_rest))


def _upside_down(i, neuron):
    return 1000.0 / (neuron.t_ref - _climb(i, neuron))


def _rest_forgotten(i, neuron):
    return firing_rate(i - neuron.v_rest / neuron.r_m, neuron)


def _log10(i, neuron):
    return 1000.0 / (neuron.t_ref + _climb(i, neuron, math.log10))


def _unguarded(i, neuron, log=math.log):
    v_inf = neuron.v_rest + neuron.r_m * i
    return 1000.0 / (neuron.t_ref + neuron.tau_m * log((v_inf - neuron.v_reset) / (v_inf - neuron.v_th)))


def _unguarded_numpy(i, neuron):
    with np.errstate(invalid="ignore"):
        return _unguarded(i, neuron, np.log)


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Round numbers, so that a student can repeat the try that failed. Every fourth neuron stays silent.

    The first ones are close to the standard neuron: a try that failed is told in few words.
    """
    cases = [(0.3, LIF()), (0.1, LIF()), (0.3, LIF(v_reset=-70.0))]
    for k in range(12):
        v_rest = round(rng.uniform(-75, -60), 1)
        neuron = LIF(
            tau_m=round(rng.uniform(5, 40), 1),
            r_m=round(rng.uniform(40, 200), 0),
            v_rest=v_rest,
            v_reset=round(v_rest + rng.uniform(-5, 5), 1),
            v_th=round(v_rest + rng.uniform(10, 25), 1),
            t_ref=round(rng.uniform(1, 5), 1),
        )
        share = rng.uniform(0.5, 0.95) if k % 4 == 3 else rng.uniform(1.2, 5)
        cases.append((round(share * lif_rheobase(neuron), 3), neuron))
    return cases


RATE = Function(
    id="2.5",
    title="The f–I curve in one line, or two",
    statement=(
        "Write the function `firing_rate`. It gets one current `i` (nA) and a neuron, a `LIF` with its "
        "numbers `tau_m`, `r_m`, `v_rest`, `v_reset`, `v_th` and `t_ref`. It returns the rate in Hz at "
        "which the neuron fires under this current for ever. After a spike this neuron starts from "
        "`v_reset`, which need not be `v_rest`. Mind the currents that are too weak."
    ),
    stub="def firing_rate(i, neuron):\n    return ...",
    variable="firing_rate",
    arguments=("i", "neuron"),
    unit="Hz",
    tolerance=1e-6,
    solution=firing_rate,
    draw=_draw,
    next_step=(
        "Let the current grow without bound: your formula then gives 1000/t_ref. Does the recorded cell "
        "come near its own bound?"
    ),
    mistakes=(
        Mistake(
            "no refractory time",
            _no_refractory_time,
            "The refractory time is missing. After each spike t_ref passes before the neuron climbs again; "
            "the interval is longer by that much.",
        ),
        Mistake(
            "refractory time subtracted",
            _refractory_time_subtracted,
            "The refractory time is subtracted. It makes the interval longer, so it is added to the climb.",
        ),
        Mistake(
            "per millisecond",
            _per_millisecond,
            "These are spikes per millisecond. There are 1000 ms in a second, and Hz means per second.",
        ),
        Mistake(
            "interval",
            _interval,
            "This is the interval between two spikes in ms. The rate is 1000 divided by it.",
        ),
        Mistake(
            "reset ignored",
            _reset_ignored,
            "Right for a neuron that is reset to v_rest. This one climbs from v_reset.",
        ),
        Mistake(
            "upside down",
            _upside_down,
            "The fraction in the logarithm is upside down, so the climb takes a negative time. The longer "
            "way, from v_reset, belongs on top.",
        ),
        Mistake(
            "rest forgotten",
            _rest_forgotten,
            "Your potential climbs towards r_m * i. It climbs towards v_rest + r_m * i.",
        ),
        Mistake(
            "log10",
            _log10,
            "This is the logarithm to base 10. The climb is an exponential with base e, so it takes the "
            "natural one: math.log or np.log.",
        ),
        Mistake(
            "logarithm of a negative number",
            _unguarded,
            "Your function stops with an error where the current is too weak to reach the threshold: the "
            "logarithm of a negative number. Look for that case first and return 0.",
        ),
        Mistake(
            "NaN below the rheobase",
            _unguarded_numpy,
            "Right above the rheobase. Below it your rate is NaN or negative: the neuron never reaches its "
            "threshold, so the rate is 0 there.",
        ),
    ),
)
