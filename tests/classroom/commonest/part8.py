"""Part 8: which exercise, what is done with the numbers of a student, and words of the hint that names it."""

import math

gamma, own = 0.0, [0.0]  # given to a student; the programs below are read as text


def error(own, names=("silent", "fired", "heard_silent", "heard_fired")):
    return math.sqrt(sum(1 / own[name] for name in names))


def weight(own):
    return math.log(own["heard_fired"] * own["silent"] / own["heard_silent"] / own["fired"])


def logs_of_shares(own):
    shares = [
        own[fired] / (own[fired] + own[silent])
        for fired, silent in (("heard_fired", "heard_silent"), ("fired", "silent"))
    ]
    return [math.log(shares[0] / shares[1]), error(own)]


def gamma_is_known(own):
    return [weight(own), error(own, ("heard_silent", "heard_fired"))]


def not_the_root(own):
    return [weight(own), error(own) ** 2]


def survives(p, last):
    """What is left of 1 after the bins of `p` and a part of another."""
    left = last
    for chance in p:
        left *= 1 - chance
    return left


def corrected(own):
    return 1 - survives(own["p"][:-1], 1 - own["r"] * own["p"][-1])


def naive(own):
    return 1 - math.exp(-sum(own["p"]))


def whole_last_bin(own):
    return [1 - survives(own["p"], 1.0), naive(own)]


def share_of_the_hazard(own):
    return [1 - survives(own["p"][:-1], (1 - own["p"][-1]) ** own["r"]), naive(own)]


def hazards_for_both(own):
    return [corrected(own), 1 - survives(own["p"], 1.0)]


def drive(own):
    """Newton's method from above."""
    q = 0.02
    for _ in range(100):
        open_bits = -q * math.log2(q) - (1 - q) * math.log2(1 - q)
        q += (1 - own["bits"] - open_bits) / math.log2((1 - q) / q)
    return math.log((1 - q) / q)


def words(own):
    q = 1 / (1 + math.exp(drive(own)))
    same, mixed = (q * q + (1 - q) ** 2) / 2, q * (1 - q)
    return -2 * same * math.log2(same) - 2 * mixed * math.log2(mixed) - 2 * (1 - own["bits"])


def twice_one_bin(own):
    return [drive(own), 2 * own["bits"]]


def probability_of_a_spike(own):
    return [1 / (1 + math.exp(-drive(own))), words(own)]


def far_apart(own):
    return [2 * drive(own), words(own)]


def spikes_alone(y):
    total = 0.0
    for t in range(len(y)):
        u = gamma + sum(own[k] * y[t - 1 - k] for k in range(3) if t - 1 - k >= 0)
        if y[t] > 0:
            total += math.log(1 / (1 + math.exp(-u)))
    return total


def no_memory(y):
    p = 1 / (1 + math.exp(-gamma))
    return sum(math.log(p if fired > 0 else 1 - p) for fired in y)


def in_its_own_bin(y):
    total = 0.0
    for t in range(len(y)):
        u = gamma + sum(own[k] * y[t - k] for k in range(3) if t - k >= 0)
        total += y[t] * u - math.log(1 + math.exp(u))
    return total


def hazards(own):
    """Of quiet, of loud, of all."""
    spikes, time = own["quiet_spikes"], own["quiet_time"]
    all_spikes, all_time = spikes + own["loud_spikes"], time + own["loud_time"]
    return spikes / time, own["loud_spikes"] / own["loud_time"], all_spikes / all_time


def better(own, one):
    """By how many nats, with `one` hazard in the model that has no other."""
    quiet, loud, _ = hazards(own)
    time = own["quiet_time"] + own["loud_time"]
    two = own["quiet_spikes"] * math.log(quiet) + own["loud_spikes"] * math.log(loud)
    spikes = own["quiet_spikes"] + own["loud_spikes"]
    return (two - spikes * math.log(one) - spikes + one * time) / spikes


def error_of(own):
    return math.hypot(own["quiet_spikes"] ** -0.5, own["loud_spikes"] ** -0.5)


def natural_one(own):
    return [better(own, hazards(own)[2]), error_of(own)]


def both_errors(own):
    bits = better(own, hazards(own)[2]) / math.log(2)
    return [bits, own["quiet_spikes"] ** -0.5 + own["loud_spikes"] ** -0.5]


def not_its_root(own):
    return [better(own, hazards(own)[2]) / math.log(2), error_of(own) ** 2]


COMMONEST = [
    ("weighed, form 0", logs_of_shares, "the logarithm of the shares"),
    ("weighed, form 0", gamma_is_known, "It is fitted, too"),
    ("weighed, form 0", not_the_root, "Its root is the standard error"),
    ("weighed, form 1", natural_one, "The first number is in nats"),
    ("weighed, form 1", both_errors, "You have added the two errors"),
    ("weighed, form 1", not_its_root, "is the square of the error"),
    ("rescaled", whole_last_bin, "counted the whole last bin"),
    ("rescaled", share_of_the_hazard, "times the hazard of the last bin"),
    ("rescaled", hazards_for_both, "knows nothing of hazards"),
    ("channel", twice_one_bin, "was known from the first"),
    ("channel", probability_of_a_spike, "the logarithm of its odds"),
    ("channel", far_apart, "how far the two potentials are apart"),
    ("train", spikes_alone, "Silence has a probability, too"),
    ("train", no_memory, "has no memory"),
    ("train", in_its_own_bin, "heard in its own bin"),
]
