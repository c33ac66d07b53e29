"""Chapter 25: what is done, the answer that it leads to, and words of the hint that names it."""

import math


def expects_nothing(x, y, w, bias, eta, keep):
    a, found = 0.0, []
    for arrived, fired in zip(x, y, strict=True):
        w += eta * fired * a
        a = keep * a + arrived
        found.append(w)
    return found


def hears_at_once(x, y, w, bias, eta, keep):
    a, found = 0.0, []
    for arrived, fired in zip(x, y, strict=True):
        a = keep * a + arrived
        off = fired - 1 / (1 + math.exp(-bias - w * a))
        w, bias = w + eta * off * a, bias + eta * off
        found.append(w)
    return found


def bias_does_not_learn(x, y, w, bias, eta, keep):
    a, found = 0.0, []
    for arrived, fired in zip(x, y, strict=True):
        w += eta * (fired - 1 / (1 + math.exp(-bias - w * a))) * a
        a = keep * a + arrived
        found.append(w)
    return found


COMMONEST = {
    "25.1": [
        ("logarithms of shares", [-1.438, -1.558, 0.1598], "the logarithm of the odds"),
        ("h is the potential", [-1.166, -2.944, 0.1598], "what is added to γ"),
        ("nats", [-1.166, -1.778, 0.1108], "divide by ln 2"),
    ],
    "25.2": [
        ("p is the distance", [0.1, 0.4778], "p itself for the distance"),
        ("distances at these p", [0.09516, 0.4677], "the p at which the distance is that"),
        ("the probability of a bin", [0.1054, 0.04395], "How long is a bin"),
    ],
    "25.3": [
        ("one bin", [-2.513, 1.12, 0.2689], "left out the second bin"),
        ("the kernel", [-1.102, 1, 0.4034], "the kernel is 1"),
        ("a positive h", [0.7138, 1.08, 0.4034], "makes another one likelier"),
    ],
    "25.4": [
        ("Hebb", expects_nothing, "takes off what the neuron expected"),
        ("heard at once", hears_at_once, "from the next one on"),
        ("the bias stays", bias_does_not_learn, "It takes a step too"),
    ],
}
