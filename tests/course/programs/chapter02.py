"""Chapter 2: programs as a page takes them, without NumPy."""

import math


def in_one_line(v, i, dt, tau_m, r_m, v_rest):
    return v + (v_rest - v + r_m * i) * dt / tau_m


def by_the_speed(v, i, dt, tau_m, r_m, v_rest):
    leak = -(v - v_rest)
    speed = (leak + r_m * i) / tau_m
    v += speed * dt
    return v


def by_the_goal(v, i, dt, tau_m, r_m, v_rest):
    def goal(current):
        return v_rest + r_m * current

    share = dt / tau_m
    return (1 - share) * v + share * goal(i)


def change_alone(v, i, dt, tau_m, r_m, v_rest):
    return dt / tau_m * (v_rest - v + r_m * i)


def leak_away_from_rest(v, i, dt, tau_m, r_m, v_rest):
    return v + dt / tau_m * (v - v_rest + r_m * i)


def leak_towards_zero(v, i, dt, tau_m, r_m, v_rest):
    return v + dt / tau_m * (-v + r_m * i)


def asked_first(i, neuron):
    v_inf = neuron.v_rest + neuron.r_m * i
    if v_inf <= neuron.v_th:
        return 0
    climb = neuron.tau_m * math.log((v_inf - neuron.v_reset) / (v_inf - neuron.v_th))
    return 1000 / (neuron.t_ref + climb)


def tried_and_caught(i, neuron):
    from math import log

    drive = neuron.r_m * i - (neuron.v_th - neuron.v_rest)
    try:
        t = neuron.tau_m * log(1 + (neuron.v_th - neuron.v_reset) / drive)
    except (ValueError, ZeroDivisionError):
        return 0.0
    return 1000.0 / (neuron.t_ref + t) if drive > 0 else 0.0


def by_an_exponent(i, neuron):
    top = neuron.v_rest + neuron.r_m * i
    rheobase = (neuron.v_th - neuron.v_rest) / neuron.r_m
    ratio = 1.0 if i <= rheobase else (top - neuron.v_th) / (top - neuron.v_reset)
    return 0 if i <= rheobase else 1e3 / (neuron.t_ref - neuron.tau_m * math.log(ratio))


def no_refractory_time(i, neuron):
    top = neuron.v_rest + neuron.r_m * i
    if top <= neuron.v_th:
        return 0
    return 1000 / (neuron.tau_m * math.log((top - neuron.v_reset) / (top - neuron.v_th)))


def spikes_per_ms(i, neuron):
    top = neuron.v_rest + neuron.r_m * i
    if top <= neuron.v_th:
        return 0.0
    return 1 / (neuron.t_ref + neuron.tau_m * math.log((top - neuron.v_reset) / (top - neuron.v_th)))


def from_rest(i, neuron):
    pull = neuron.r_m * i
    if neuron.v_rest + pull <= neuron.v_th:
        return 0
    return 1000 / (neuron.t_ref + neuron.tau_m * math.log(pull / (pull + neuron.v_rest - neuron.v_th)))


PROGRAMS = {
    "2.2": (
        [in_one_line, by_the_speed, by_the_goal],
        [change_alone, leak_away_from_rest, leak_towards_zero],
    ),
    "2.5": ([asked_first, tried_and_caught, by_an_exponent], [no_refractory_time, spikes_per_ms, from_rest]),
}
