"""Chapter 21: programs as a page takes them, without NumPy."""


def one_after_the_other(w, x, y, pre, post, a_plus, a_minus):
    new = []
    for k in range(len(w)):
        weight = w[k]
        if post:
            weight = min(1.0, weight + a_plus * x[k])
        if pre[k]:
            weight = max(0.0, weight - a_minus * y)
        new.append(weight)
    return new


def two_passes(w, x, y, pre, post, a_plus, a_minus):
    if post:
        w = [min(1, a + a_plus * b) for a, b in zip(w, x)]
    return [max(0, a - a_minus * y) if fired else a for a, fired in zip(w, pre)]


def on_a_copy(w, x, y, pre, post, a_plus, a_minus):
    def clip(number):
        return 0.0 if number < 0 else 1.0 if number > 1 else number

    w = w.copy()
    for k, trace in enumerate(x):
        w[k] = clip(w[k] + post * a_plus * trace)
        w[k] = clip(w[k] - pre[k] * a_minus * y)
    return w


def traces_exchanged(w, x, y, pre, post, a_plus, a_minus):
    new = []
    for k in range(len(w)):
        weight = w[k]
        if post:
            weight = min(1.0, weight + a_plus * y)
        if pre[k]:
            weight = max(0.0, weight - a_minus * x[k])
        new.append(weight)
    return new


def input_first(w, x, y, pre, post, a_plus, a_minus):
    new = []
    for k in range(len(w)):
        weight = w[k]
        if pre[k]:
            weight = max(0.0, weight - a_minus * y)
        if post:
            weight = min(1.0, weight + a_plus * x[k])
        new.append(weight)
    return new


def no_bounds(w, x, y, pre, post, a_plus, a_minus):
    return [w[k] + post * a_plus * x[k] - pre[k] * a_minus * y for k in range(len(w))]


PROGRAMS = {
    "21.2": ([one_after_the_other, two_passes, on_a_copy], [traces_exchanged, input_first, no_bounds]),
}
