"""Chapter 21: what is done, the answer that it leads to, and words of the hint that names it."""

import numpy as np


def traces_exchanged(w, x, y, pre, post, a_plus, a_minus):
    w = np.clip(w + a_plus * y * post, 0, 1)
    return np.clip(w - a_minus * x * pre, 0, 1)


def input_first(w, x, y, pre, post, a_plus, a_minus):
    w = np.clip(w - a_minus * y * pre, 0, 1)
    return np.clip(w + a_plus * x * post, 0, 1)


def no_bounds(w, x, y, pre, post, a_plus, a_minus):
    return w + a_plus * x * post - a_minus * y * pre


COMMONEST = {
    "21.1": [
        ("the sign", 0.0096, "α is larger than 1, so depression wins"),
        ("ms times Hz", -9.6, "the time constant in ms"),
        ("potentiation alone", 0.01 * 40 * 12 * 0.02, "what potentiation adds"),
    ],
    "21.2": [
        ("the traces exchanged", traces_exchanged, "The traces are swapped"),
        ("the input spikes first", input_first, "the output spike acts first"),
        ("no bounds", no_bounds, "leave the range from 0 to 1"),
    ],
    "21.3": [
        ("the change in 1000 s", [10, -2], "the change in 1000 s"),
        ("the sign", [10, 0.002], "the speed is negative"),
        ("the extra spikes forgotten", [10, -0.003], "leaves out what the input causes itself"),
    ],
    "21.4": [
        ("all pairs", 16.8 / 33.7, "if all pairs counted"),
        (
            "each side breaks one kind of pair",
            (100 + 1000 / 33.7) / (64 + 1000 / 16.8),
            "only the inputs break a pair that strengthens",
        ),
        ("rates in Hz, times in ms", (164 + 1 / 33.7) / (164 + 1 / 16.8), "With rates in Hz and times in ms"),
    ],
}
