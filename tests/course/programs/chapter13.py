"""Chapter 13: programs as a page takes them, without NumPy."""


def decoded_first(rates, d, e, gain, bias):
    x = [0.0] * len(e)
    for rate, row in zip(rates, d):
        for k in range(len(e)):
            x[k] += rate * row[k]
    return gain * sum(a * b for a, b in zip(e, x)) + bias


def weight_by_weight(rates, d, e, gain, bias):
    current = bias
    for i in range(len(rates)):
        weight = gain * sum(e[k] * d[i][k] for k in range(len(e)))
        current += weight * rates[i]
    return current


def in_one_sum(rates, d, e, gain, bias):
    return bias + sum(gain * rates[i] * d[i][k] * e[k] for i in range(len(d)) for k in range(len(e)))


def no_bias(rates, d, e, gain, bias):
    return gain * sum(rates[i] * d[i][k] * e[k] for i in range(len(d)) for k in range(len(e)))


def gain_of_the_bias_too(rates, d, e, gain, bias):
    x = [sum(rates[i] * d[i][k] for i in range(len(d))) for k in range(len(e))]
    return gain * (bias + sum(e[k] * x[k] for k in range(len(e))))


def no_encoder(rates, d, e, gain, bias):
    return bias + gain * sum(rates[i] * sum(d[i]) for i in range(len(d)))


PROGRAMS = {
    "13.5": (
        [decoded_first, weight_by_weight, in_one_sum],
        [no_bias, gain_of_the_bias_too, no_encoder],
    ),
}
