"""Chapter 8: what is done, the answer that it leads to, and words of the hint that names it."""

from math import exp, log, radians

COMMONEST = {
    "8.1": [
        ("without the guess of silence", 6, "To what do they add it?"),
        ("only the nearest spike", -18, "This is what the spike at 100 ms adds"),
        ("the lag has the wrong sign", -20, "Is the sign of your lag the right one?"),
    ],
    "8.2": [
        ("coherence taken for signal to noise", 0.8 / 0.08, "It is γ²/(1 − γ²)"),
        ("c without its square", 4 / 0.2, "the formula has c²"),
        ("0.8 squared", 0.64 / 0.36 / 0.08, "You squared 0.8"),
    ],
    "8.3": [
        ("the window in seconds", [0.4, 9.79, 8.13], "in seconds"),
        ("the errors exchanged", [400, 8.13, 9.79], "in the wrong order"),
        ("radians", [400, radians(9.79), radians(8.13)], "in radians"),
    ],
    "8.4": [
        ("not divided by the sum", 100 * exp(-0.025), "Divide it by the sum"),
        ("the first one", 100 / (1 + exp(1.545)), "is the first direction"),
        ("rates for likelihoods", 100 * 31.4 / 31.9, "You compared the rates"),
    ],
    "8.5": [
        ("the bias itself", 28 / (200 * log(2)), "is the bias"),
        ("nats taken off bits", 0.35 - 28 / 200, "left out the ln 2"),
        ("8 times 5 without the ones", 0.35 - 40 / (200 * log(2)), "You took 5 · 8"),
    ],
}
