"""Chapter 26: what is done, the answer that it leads to, and words of the hint that names it."""


def rounded_down(x, delta):
    return x * (4096 - delta) // 4096


def rounded(x, delta):
    return round(x * (4096 - delta) / 4096)


def what_is_lost(x, delta):
    return int(x * delta / 4096)


COMMONEST = {
    "26.1": [
        ("as in real numbers", 7 * 32, "where a real number would go"),
        ("before the bias", 186, "before the bias is added"),
        ("still climbing", 192, "It is not yet standing"),
    ],
    "26.2": [
        ("rounded down", rounded_down, "round down, away from zero"),
        ("rounded", rounded, "You round to the nearest"),
        ("what is lost", what_is_lost, "You keep `delta` parts"),
    ],
    "26.3": [
        ("the sign's bit forgotten", [-40, 40, -48, 40], "The sign takes one of the 5 bits"),
        ("exchanged", [-48, 32, -32, 32], "The two rules are swapped"),
        ("to the nearest", [-48, 48, -48, 48], "you went to the nearest"),
    ],
    "26.4": [
        ("2 to the 6 forgotten", 12, "multiplied by 64"),
        ("24 bits without the sign", 7, "one of them is the sign"),
        ("one spike", 10, "what one spike could have"),
    ],
}
