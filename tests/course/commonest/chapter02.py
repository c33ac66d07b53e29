"""Chapter 2: what is done, the answer that it leads to, and words of the hint that names it."""

from math import log

import numpy as np


def change_alone(v, i, dt, tau_m, r_m, v_rest):
    return dt / tau_m * (v_rest - v + r_m * i)


def leak_away_from_rest(v, i, dt, tau_m, r_m, v_rest):
    return v + dt / tau_m * (v - v_rest + r_m * i)


def leak_towards_zero(v, i, dt, tau_m, r_m, v_rest):
    return v + dt / tau_m * (-v + r_m * i)


def interval(i, neuron, start, t_ref):
    towards = neuron.v_rest + neuron.r_m * i
    if towards <= neuron.v_th:
        return np.inf
    return t_ref + neuron.tau_m * log((towards - start) / (towards - neuron.v_th))


def no_refractory_time(i, neuron):
    return 1000 / interval(i, neuron, neuron.v_reset, 0.0)


def spikes_per_ms(i, neuron):
    return 1 / interval(i, neuron, neuron.v_reset, neuron.t_ref)


def from_rest(i, neuron):
    return 1000 / interval(i, neuron, neuron.v_rest, neuron.t_ref)


def rheobase(facts):
    return (facts.neuron.v_th - facts.neuron.v_rest) / facts.neuron.r_m


COMMONEST = {
    "2.1": [
        (
            "ln(25/15): the remainder upside down",
            30 * log(25 / 15),
            "divides by the distance from rest to threshold",
        ),
        ("in a straight line, without the leak", 30 * 15 / 25, "without a leak"),
        ("in seconds", 0.03 * log(25 / 10), "this is in s"),
    ],
    "2.2": [
        ("the change alone", change_alone, "by how much the potential changes"),
        ("the leak has the wrong sign", leak_away_from_rest, "Your leak pushes away from rest"),
        ("a leak towards 0 mV", leak_towards_zero, "goes to 0 mV and not to v_rest"),
    ],
    "2.3": [
        ("twice the current", [0.4, 2.0], "Twice the current is not twice the rate"),
        ("without the refractory time", [0.3, 1.922], "t_ref = 0"),
        ("the rates instead of the currents", [67.3, 381.0], "the two doubled rates in Hz"),
    ],
    "2.4": [
        (
            "the weakest that fired",
            lambda facts: facts.fired_at,
            "the weakest current at which you saw it fire",
        ),
        (
            "the strongest that did not",
            lambda facts: facts.silent_at,
            "the strongest current at which you saw it stay silent",
        ),
        ("in pA", lambda facts: 1000 * rheobase(facts), "in pA"),
    ],
    "2.5": [
        ("without the refractory time", no_refractory_time, "The refractory time is missing"),
        ("spikes per ms", spikes_per_ms, "spikes per millisecond"),
        ("from rest instead of the reset", from_rest, "climbs from v_reset"),
    ],
}
