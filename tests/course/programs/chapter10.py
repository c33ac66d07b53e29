"""Chapter 10: programs as a page takes them, without NumPy."""


def the_reset_as_a_weight(v, s, x, w, r, beta):
    u = r - 1
    return beta * v + w * x + u * s


def step_by_step(v, s, x, w, r, beta):
    v = v * beta
    if x == 1:
        v += w
    if s == 1:
        v += r
        v -= 1
    return v


def a_sum_of_products(v, s, x, w, r, beta):
    weights, values = [beta, w, r, -1], [v, x, s, s]
    return sum(a * b for a, b in zip(weights, values))


def no_reset(v, s, x, w, r, beta):
    return beta * v + w * x + r * s


def set_to_zero(v, s, x, w, r, beta):
    return 0 if s else beta * v + w * x + r * s


def taken_away_before_the_leak(v, s, x, w, r, beta):
    v -= s
    return beta * v + w * x + r * s


PROGRAMS = {
    "10.2": (
        [the_reset_as_a_weight, step_by_step, a_sum_of_products],
        [no_reset, set_to_zero, taken_away_before_the_leak],
    ),
}
