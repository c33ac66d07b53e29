"""Chapter 13: what is done, the answer that it leads to, and words of the hint that names it."""


def without_the_bias(rates, d, e, gain, bias):
    total = 0.0
    for rate, row in zip(rates, d, strict=True):
        for k in range(len(e)):
            total += rate * gain * e[k] * row[k]
    return total


def the_gain_around_everything(rates, d, e, gain, bias):
    x = [sum(rate * row[k] for rate, row in zip(rates, d, strict=True)) for k in range(len(e))]
    return gain * (sum(e[k] * x[k] for k in range(len(e))) + bias)


def without_the_encoder(rates, d, e, gain, bias):
    return bias + gain * sum(rate * sum(row) for rate, row in zip(rates, d, strict=True))


COMMONEST = {
    "13.1": [
        ("both resets alike", [7, 0.5, 7], "throws 0.2 away"),
        ("a fraction of a spike", [7.5, 0, 6], "Spikes are whole"),
        ("a spike every three steps", [7, 0.5, 8], "it needs four"),
    ],
    "13.2": [
        ("rounded to a half", [0.5, 0.2, 0.5], "needs a third step"),
        ("the other end of the stair", [1 / 3, 0.25, 0.5], "the stair of every fifth step ends"),
        ("at a = 1", [1 / 3, 0.2, 0], "just below it"),
    ],
    "13.3": [
        ("the scale forgotten", [41 / 60, 42 / 60, 41.6 / 60], "multiply by 2.5"),
        ("one spike to both sides", [2.5 * 40 / 60, 2.5 * 42 / 60, 2.5 * 41.6 / 60], "never too high"),
        ("the potential taken off", [2.5 * 41 / 60, 2.5 * 42 / 60, 2.5 * 40.4 / 60], "add it to the spikes"),
    ],
    "13.4": [
        ("variances", [20, 20, 5], "take the root"),
        ("half of the time constant forgotten", [20, 40**0.5, 10**0.5], "its square twice as fast"),
        ("inhibition taken off the noise", [20, 0, 0], "does not cancel"),
    ],
    "13.5": [
        ("no bias", without_the_bias, "has anyway"),
        ("the gain around everything", the_gain_around_everything, "multiply the bias by the gain"),
        ("no encoder", without_the_encoder, "its entry of the encoder"),
    ],
}
