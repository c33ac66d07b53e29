"""Chapter 20: programs as a page takes them, without NumPy."""

import math


def two_loops(pre, post, lambda_, alpha, tau_plus, tau_minus):
    change = 0
    for a in pre:
        for b in post:
            if b > a:
                change += lambda_ * math.exp(-(b - a) / tau_plus)
            elif b < a:
                change -= alpha * lambda_ * math.exp((b - a) / tau_minus)
    return change


def two_sums(pre, post, lambda_, alpha, tau_plus, tau_minus):
    gain = sum([math.exp((a - b) / tau_plus) for a in pre for b in post if a < b])
    loss = sum([math.exp((b - a) / tau_minus) for a in pre for b in post if b < a])
    return lambda_ * (gain - alpha * loss)


def one_window(pre, post, lambda_, alpha, tau_plus, tau_minus):
    def window(delta):
        if delta == 0:
            return 0.0
        tau = tau_plus if delta > 0 else tau_minus
        size = 1 if delta > 0 else -alpha
        return size * lambda_ * math.exp(-abs(delta) / tau)

    return sum(sum(window(b - a) for b in post) for a in pre)


def exchanged(pre, post, lambda_, alpha, tau_plus, tau_minus):
    change = 0
    for a in pre:
        for b in post:
            if a > b:
                change += lambda_ * math.exp(-(a - b) / tau_plus)
            elif a < b:
                change -= alpha * lambda_ * math.exp((a - b) / tau_minus)
    return change


def alpha_forgotten(pre, post, lambda_, alpha, tau_plus, tau_minus):
    change = 0
    for a in pre:
        for b in post:
            if b > a:
                change += lambda_ * math.exp(-(b - a) / tau_plus)
            if b < a:
                change -= lambda_ * math.exp((b - a) / tau_minus)
    return change


def together_strengthens(pre, post, lambda_, alpha, tau_plus, tau_minus):
    change = 0
    for a in pre:
        for b in post:
            if b >= a:
                change += lambda_ * math.exp(-(b - a) / tau_plus)
            else:
                change -= alpha * lambda_ * math.exp((b - a) / tau_minus)
    return change


PROGRAMS = {
    "20.2": ([two_loops, two_sums, one_window], [exchanged, alpha_forgotten, together_strengthens]),
}
