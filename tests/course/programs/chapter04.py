"""Chapter 4: programs as a page takes them, without NumPy."""

import math


def one_minus_silence(v, dt, v_th, rho_0, delta):
    hazard = rho_0 * math.exp((v - v_th) / delta)
    return 1 - math.exp(-hazard * dt / 1000)


def exactly_for_small_ones(v, dt, v_th, rho_0, delta):
    from math import exp, expm1

    return -expm1(-rho_0 / 1000 * exp((v - v_th) / delta) * dt)


def many_small_steps(v, dt, v_th, rho_0, delta):
    n = 100000
    rate = rho_0 * math.e ** ((v - v_th) / delta)
    return 1 - (1 - rate * dt / 1000 / n) ** n


def hertz_times_ms(v, dt, v_th, rho_0, delta):
    return 1 - math.exp(-rho_0 * math.exp((v - v_th) / delta) * dt)


def hazard_times_step(v, dt, v_th, rho_0, delta):
    return rho_0 * math.exp((v - v_th) / delta) * dt / 1000


def silence(v, dt, v_th, rho_0, delta):
    return math.exp(-rho_0 * math.exp((v - v_th) / delta) * dt / 1000)


PROGRAMS = {
    "4.4": (
        [one_minus_silence, exactly_for_small_ones, many_small_steps],
        [hertz_times_ms, hazard_times_step, silence],
    ),
}
