"""Part 9: which form, what is done with the numbers of a student, and words of the hint that names it."""

import math

per_operation = per_update = barrier = most = 0.0  # given to a student; the programs are read as text


def acts_and_gain(own, alpha=1.0, forced=True):
    """By halving: until what A gains and what B loses are the same."""
    low, high = own["t_a"], own["t_b"]
    for _ in range(100):
        middle = (low + high) / 2
        gain = math.exp((own["t_a"] - middle) / own["tau_plus"])
        loss = alpha * math.exp((middle - own["t_b"]) / own["tau_minus"])
        low, high = (middle, high) if gain > loss else (low, middle)
    gain = own["lam"] * math.exp((own["t_a"] - low) / own["tau_plus"])
    return [low - own["forced"] * forced, gain]


def no_alpha(own):
    return acts_and_gain(own)


def when_it_arrives(own):
    return acts_and_gain(own, own["alpha"], forced=False)


def without_lambda(own):
    delay, gain = acts_and_gain(own, own["alpha"])
    return [delay, gain / own["lam"]]


def size_of_reward(own, together):
    left = own["lam"] * math.exp(-own["apart"] / own["tau_plus"]) * math.exp(-own["late"] / own["tau_c"])
    return own["growth"] / (left * together)


def together(own):
    return 1 / (1 / own["tau_c"] + 1 / own["tau_d"])


def trace_stays(own):
    return [size_of_reward(own, own["tau_d"]), own["tau_c"] * math.log(2)]


def one_time_constant(own):
    return [size_of_reward(own, together(own)), own["tau_c"]]


def from_the_pair(own):
    return [size_of_reward(own, together(own)), own["late"] + own["tau_c"] * math.log(2)]


def kept(v, parts):
    return int(v * (4096 - parts) / 4096)


def as_in_real_numbers(own):
    return [4096 * own["bias"] / own["delta"]] * 2


def from_below(own):
    v = 0
    for _ in range(10000):
        v = kept(v, own["delta"]) + own["bias"]
    return v


def from_below_twice(own):
    return [from_below(own)] * 2


def after_the_loss(own):
    v = 1000000
    for _ in range(10000):
        v = kept(v, own["delta"]) + own["bias"]
    return [from_below(own) - own["bias"], v - own["bias"]]


def fits(own, exponent, most):
    u, q = 0, own["mantissa"] * 64 * 2**exponent
    for _ in range(20000):
        u = u - -(-u * own["delta_u"] // 4096) + q
    return u if u <= most else None


def largest(own, most=2**23 - 1):
    return max((e, fits(own, e, most)) for e in range(9) if fits(own, e, most) is not None)


def all_bits(own):
    return list(largest(own, 2**24 - 1))


def real_current(own):
    exponent, _ = largest(own)
    return [exponent, own["mantissa"] * 64 * 2**exponent / (own["delta_u"] / 4096)]


def what_comes_in(own):
    exponent, _ = largest(own)
    return [exponent, own["mantissa"] * 64 * 2**exponent]


def epoch(own, sign=-1):
    change = own["x"] * 2 ** (7 - own["k"]) + sign * own["y"] * 2 ** (7 - own["m"])
    exact = own["weight"] + change / 128
    return [change, math.floor(exact) + 1, exact - math.floor(exact)]


def both_terms_add(own):
    return epoch(own, 1)


def lower_one(own):
    change, above, chance = epoch(own)
    return [change, above - 1, 1 - chance]


def no_coin(own):
    change, _, _ = epoch(own)
    return [change, math.floor(own["weight"] + change / 128 + 0.5), 1]


def alone(own):
    x = own["impulse"] * own["kept"] ** own["behind"]
    y = own["impulse"] * own["kept"] ** (own["period"] - own["behind"])
    return [x / 2 ** own["k"], y / 2 ** own["m"]]


def with_all_before(own):
    return [one / (1 - own["kept"] ** own["period"]) for one in alone(own)]


def first_pair(own):
    return alone(own)


def less_than_nothing(own):
    added, taken = with_all_before(own)
    return [added, -taken]


def same_distance(own):
    added, _ = with_all_before(own)
    return [added, added * 2 ** own["k"] / 2 ** own["m"]]


def needs(operations, updates):
    total = 0.0
    for k in range(len(operations)):
        for core in range(len(operations[k])):
            total += per_operation * operations[k][core] + per_update * updates[k][core]
        total += barrier
    return total


every_core = needs


def needs(operations, updates):
    total = 0.0
    for k in range(len(operations)):
        cores = range(len(operations[k]))
        total += max(per_operation * operations[k][core] + per_update * updates[k][core] for core in cores)
    return total


without_barrier = needs


def needs(operations, updates):
    busy = [0.0] * len(operations[0])
    for k in range(len(operations)):
        for core in range(len(busy)):
            busy[core] += per_operation * operations[k][core] + per_update * updates[k][core]
    return max(busy) + barrier * len(operations)


busiest_core = needs


def needs(lengths):
    return [(length - 1) // most for length in lengths]


as_in_the_chapter = needs


def needs(lengths):
    return [(length + 1 + most) // (most + 1) for length in lengths]


count_of_synapses = needs


def needs(lengths):
    return [1 if length > most else 0 for length in lengths]


only_long_ones = needs

COMMONEST = [
    ("credit, form 0", no_alpha, "What B loses is α times that"),
    ("credit, form 0", when_it_arrives, "when the spike arrives at the synapses"),
    ("credit, form 0", without_lambda, "λ is missing"),
    ("credit, form 1", trace_stays, "the trace goes on fading, too"),
    ("credit, form 1", one_time_constant, "After a time constant 1/e is left"),
    ("credit, form 1", from_the_pair, "counted from the pair"),
    ("registers, form 0", as_in_real_numbers, "in real numbers"),
    ("registers, form 0", from_below_twice, "From above it stops earlier"),
    ("registers, form 0", after_the_loss, "in the middle of a step"),
    ("registers, form 1", all_bits, "One of the 24 bits is the sign"),
    ("registers, form 1", real_current, "The current is that of real numbers"),
    ("registers, form 1", what_comes_in, "what one spike brings"),
    ("engine, form 0", both_terms_add, "The second one is taken off"),
    ("engine, form 0", lower_one, "the smaller of the two weights"),
    ("engine, form 0", no_coin, "it throws a coin"),
    ("engine, form 1", first_pair, "You let the traces begin at 0"),
    ("engine, form 1", less_than_nothing, "as a number above 0"),
    ("engine, form 1", same_distance, "a period less the distance"),
    ("needs, form 0", every_core, "You have added up all cores"),
    ("needs, form 0", without_barrier, "The barrier is missing"),
    ("needs, form 0", busiest_core, "In each step they wait"),
    ("needs, form 1", as_in_the_chapter, "You let relays take no time"),
    ("needs, form 1", count_of_synapses, "how many synapses there are"),
    ("needs, form 1", only_long_ones, "which roads need a relay. Some"),
]
