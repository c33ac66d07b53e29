"""Chapter 12: what is done, the answer that it leads to, and words of the hint that names it."""


def no_mask(x, w, n):
    return n - 2 * bin(x ^ w).count("1")


def counted_once(x, w, n):
    return n - bin((x ^ w) & ((1 << n) - 1)).count("1")


def products_of_bits(x, w, n):
    return bin(x & w & ((1 << n) - 1)).count("1")


COMMONEST = {
    "12.1": [
        ("β on the wrong side", [-7, 29], "β changes its side"),
        ("not rounded", [14.4, 18.3], "where a vanishes"),
        ("how many agree", [15, 33], "have to agree"),
    ],
    "12.2": [
        ("the bits above", no_mask, "mask them out"),
        ("differing bits once", counted_once, "It counts twice"),
        ("bits multiplied", products_of_bits, "two zeros give +1"),
    ],
    "12.3": [
        ("the mean with signs", [0.15, 0.75], "mean of the sizes"),
        ("the bare signs", [1, 1.26], "error of the bare signs"),
        ("the mean error", [0.5, 0.065], "the sum is wanted"),
    ],
    "12.4": [
        ("the sign", [4, 3.6], "the signs are not"),
        ("sum of 62", [-11.6, -11.4], "takes 2 from the sum"),
        ("sum of 23", [-4, -3.8], "always even"),
    ],
}
