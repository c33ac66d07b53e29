"""Chapter 12: programs as a page takes them, without NumPy."""


def bit_by_bit(x, w, n):
    total = 0
    for _ in range(n):
        total += 1 if x % 2 == w % 2 else -1
        x //= 2
        w //= 2
    return total


def agreeing(x, w, n):
    mask = 2**n - 1
    same = ~(x ^ w) & mask
    return 2 * bin(same).count("1") - n


def as_signs(x, w, n):
    first = [1 if x >> k & 1 else -1 for k in range(n)]
    second = [1 if w >> k & 1 else -1 for k in range(n)]
    return sum([a * b for a, b in zip(first, second)])


def no_mask(x, w, n):
    return n - 2 * bin(x ^ w).count("1")


def counted_once(x, w, n):
    return n - bin((x ^ w) & ((1 << n) - 1)).count("1")


def products_of_bits(x, w, n):
    return bin(x & w & ((1 << n) - 1)).count("1")


PROGRAMS = {
    "12.2": ([bit_by_bit, agreeing, as_signs], [no_mask, counted_once, products_of_bits]),
}
