"""Part 1, its pool: which form, what is done with the numbers of a student, and words of the hint."""

import math


def to_the_threshold(own, by):
    return own["tau_m"] * math.log(own["r_m"] * own["i"] / by)


def without_a_leak(own):
    return own["tau_m"] * (own["v_th"] - own["v_rest"]) / (own["r_m"] * own["i"])


def goal_by_threshold(own):
    return to_the_threshold(own, own["v_th"] - own["v_rest"])


def wrong_way_round(own):
    return -to_the_threshold(own, own["r_m"] * own["i"] - own["v_th"] + own["v_rest"])


def pushed(own):
    """Coulombs for each cm², of the push."""
    return own["capacitance"] * 1e-6 * own["lift"] * 1e-3


def push_and_ions(own):
    return [1e3 * pushed(own) / (own["current"] * 1e-6), own["times"] * pushed(own) / 1.602e-19 / 1e8]


def in_seconds(own):
    time, ions = push_and_ions(own)
    return [time / 1000, ions]


def of_a_whole_square(own):
    time, ions = push_and_ions(own)
    return [time, ions * 10**8]


def of_the_push(own):
    time, ions = push_and_ions(own)
    return [time, ions / own["times"]]


def opened(own, faster, closing=True, powers=4):
    """In very small steps."""
    n, steps = own["n_0"], 20_000
    for _ in range(steps):
        n += faster * (own["alpha"] * (1 - n) - own["beta"] * n * closing) * own["t"] / steps
    return [n, n**powers]


def as_if_cold(own):
    return opened(own, 1.0)


def never_closing(own):
    return opened(own, 3 ** ((own["warm"] - 6.3) / 10), closing=False)


def three_of_them(own):
    return opened(own, 3 ** ((own["warm"] - 6.3) / 10), powers=3)


def waits(own, old):
    """Until what `old` spikes have left, all alike apart, is as small as what is to spare."""
    low, high = 0.0, 50 * own["tau"]
    for _ in range(200):
        t = (low + high) / 2
        left = sum(own["dip"] * math.exp(-k * t / own["tau"]) for k in range(1, old + 1))
        low, high = (t, high) if left > own["held"] - own["above"] else (low, t)
    return low


def always_the_same(own):
    return [waits(own, 1), waits(own, 1)]


def as_in_the_end(own):
    return [waits(own, 4000), waits(own, 4000)]


def two_old_ones(own):
    return [waits(own, 1), waits(own, 2)]


def withstood(own):
    raised, kicks = [0.0], 1
    while own["kick"] > own["above"] + raised[-1]:
        raised.append((raised[-1] + own["beta"]) / math.exp(own["every"] / own["tau_a"]))
        kicks += 1
    return kicks, raised


def one_kick_early(own):
    kicks, raised = withstood(own)
    return [kicks - 1, raised[-2]]


def just_raised(own):
    kicks, raised = withstood(own)
    return [kicks, raised[-2] + own["beta"]]


def from_the_resting_potential(own):
    kicks, raised = withstood(own)
    return [kicks, raised[-1] + own["above"]]


def in_half(own, share=0.5):
    """When so many trials have had their spike, and where the neuron would have to be held."""
    hazard = own["rho_0"] * math.exp((own["v"] - own["v_th"]) / own["delta"]) / 1000
    time = -math.log(share) / hazard
    needed = math.log(100 / (100 - own["share"])) / (math.log(2) / hazard) * 1000
    return [time, own["v_th"] + own["delta"] * math.log(needed / own["rho_0"])]


def mean_time(own):
    time, potential = in_half(own)
    return [time / math.log(2), potential]


def as_many_times_the_hazard(own):
    time, _ = in_half(own)
    return [time, own["v"] + own["delta"] * math.log(own["share"] / 50)]


def how_much_higher(own):
    time, potential = in_half(own)
    return [time, potential - own["v"]]


COMMONEST = [
    ("latency, form 0", without_a_leak, "the time without a leak"),
    ("latency, form 0", goal_by_threshold, "Divide by what is still missing"),
    ("latency, form 0", wrong_way_round, "Your time is negative"),
    ("latency, form 1", in_seconds, "The duration is in s"),
    ("latency, form 1", of_a_whole_square, "cross a whole cm²"),
    ("latency, form 1", of_the_push, "the charge of the push is worth"),
    ("latency, form 2", as_if_cold, "as slow as at 6.3 °C"),
    ("latency, form 2", never_closing, "Your gates only open"),
    ("latency, form 2", three_of_them, "A potassium channel has four"),
    ("latency, form 3", always_the_same, "knows the last own spike alone"),
    ("latency, form 3", as_in_the_end, "there is only one to remember"),
    ("latency, form 3", two_old_ones, "the last two own spikes"),
    ("latency, form 4", one_kick_early, "fires for the last time"),
    ("latency, form 4", just_raised, "right after the last spike"),
    ("latency, form 4", from_the_resting_potential, "above the resting potential"),
    ("latency, form 5", mean_time, "the mean time to the first spike"),
    ("latency, form 5", as_many_times_the_hazard, "in proportion to the hazard"),
    ("latency, form 5", how_much_higher, "by how much higher"),
]
