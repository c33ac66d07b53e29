"""Chapter 26: programs as a page takes them, without NumPy."""


def by_the_sign(x, delta):
    if x < 0:
        return -(-x * (4096 - delta) // 4096)
    return x * (4096 - delta) // 4096


def by_the_magnitude(x, delta):
    sign = (x > 0) - (x < 0)
    return sign * ((abs(x) * (4096 - delta)) >> 12)


def without_the_remainder(x, delta):
    product = abs(x) * (4096 - delta)
    product -= product % 4096
    return int(product / 4096 * (1 if x >= 0 else -1))


def rounded_down(x, delta):
    return x * (4096 - delta) // 4096


def rounded(x, delta):
    return round(x * (4096 - delta) / 4096)


def what_is_lost(x, delta):
    return int(x * delta / 4096)


PROGRAMS = {
    "26.2": ([by_the_sign, by_the_magnitude, without_the_remainder], [rounded_down, rounded, what_is_lost]),
}
