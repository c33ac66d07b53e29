"""Chapter 16: programs as a page takes them, without NumPy."""


def in_two_parts(a, e, s, v, beta, width):
    hump = (width / (width + abs(v - 1))) ** 2
    later = beta * (1 - s) * a
    return later + hump * e


def where_it_fires(a, e, s, v, beta, width):
    distance = v - 1 if v > 1 else 1 - v
    now = e / (1 + distance / width) ** 2
    if s:
        return now
    return now + beta * a


def with_helpers(a, e, s, v, beta, width):
    def hump(x):
        return 1 / pow(1 + max(x, -x) / width, 2)

    return sum([e * hump(v - 1), a * (beta - beta * s)])


def reset_forgotten(a, e, s, v, beta, width):
    return e * (width / (width + abs(v - 1))) ** 2 + beta * a


def hump_not_squared(a, e, s, v, beta, width):
    return e * width / (width + abs(v - 1)) + beta * (1 - s) * a


def reset_not_detached(a, e, s, v, beta, width):
    hump = (width / (width + abs(v - 1))) ** 2
    return e * hump + beta * a * (1 - s - v * hump)


PROGRAMS = {
    "16.2": (
        [in_two_parts, where_it_fires, with_helpers],
        [reset_forgotten, hump_not_squared, reset_not_detached],
    ),
}
