"""Chapter 24: programs as a page takes them, without NumPy."""

import math


def in_order(w, c, d, pair, reward, dt, tau_c, tau_d):
    w = w + c * d * dt
    if w > 1:
        w = 1
    if w < 0:
        w = 0
    c = c * math.exp(-dt / tau_c) + pair
    d = d * math.exp(-dt / tau_d) + reward
    return w, c, d


def a_list(w, c, d, pair, reward, dt, tau_c, tau_d):
    moved = sorted([0, w + dt * c * d, 1])[1]
    return [moved, pair + c / math.e ** (dt / tau_c), reward + d / math.e ** (dt / tau_d)]


def a_helper(w, c, d, pair, reward, dt, tau_c, tau_d):
    def faded(trace, tau, new):
        return trace * math.exp(-dt / tau) + new

    step = dt * c * d
    return max(0.0, min(1.0, w + step)), faded(c, tau_c, pair), faded(d, tau_d, reward)


def no_dt(w, c, d, pair, reward, dt, tau_c, tau_d):
    w = min(1, max(0, w + c * d))
    return w, c * math.exp(-dt / tau_c) + pair, d * math.exp(-dt / tau_d) + reward


def euler(w, c, d, pair, reward, dt, tau_c, tau_d):
    w = min(1, max(0, w + c * d * dt))
    return w, c - dt * c / tau_c + pair, d - dt * d / tau_d + reward


def the_new_fades_too(w, c, d, pair, reward, dt, tau_c, tau_d):
    w = min(1, max(0, w + c * d * dt))
    return w, (c + pair) * math.exp(-dt / tau_c), (d + reward) * math.exp(-dt / tau_d)


PROGRAMS = {
    "24.4": ([in_order, a_list, a_helper], [no_dt, euler, the_new_fades_too]),
}
