"""Part 2, its pools: which form, what is done with the numbers of a student, and words of the hint."""

import math

t_0 = base = high = ahead = half = 0.0  # given to a student; the programs are read as text


def paused(own):
    awake = 1 - own["rate"] * own["dead_time"] / 1000
    return awake, awake * awake, own["rate"] / awake


def without_the_pause(own):
    return [1, 1, own["rate"]]


def one_for_both(own):
    cv, _, awake = paused(own)
    return [cv, cv, awake]


def slower_afterwards(own):
    cv, fano, awake = paused(own)
    return [cv, fano, awake * fano]


def scatter(own, repetitions):
    """By a sum over the kernel: spikes by chance, each with a weight."""
    width, step = own["sigma"] / 1000, own["sigma"] / 1e5
    kernel = [math.exp(-((k * step / width) ** 2) / 2) for k in range(-1000, 1001)]
    area = sum(kernel) * step
    return math.sqrt(own["rate"] * step * sum((k / area) ** 2 for k in kernel) / repetitions)


def enough(own, error):
    n = 1
    while error(scatter(own, n)) > own["wanted"]:
        n += 1
    return n


def both(own):
    noise = scatter(own, own["repetitions"])
    error = math.hypot(own["bias"], noise)
    return noise, error, enough(own, lambda noise: math.hypot(own["bias"], noise))


def errors_added(own):
    noise, _, n = both(own)
    return [noise, noise + own["bias"], n]


def noise_alone(own):
    noise, error, _ = both(own)
    return [noise, error, enough(own, abs)]


def one_less(own):
    noise, error, n = both(own)
    return [noise, error, n - 1]


def weighed(own, silence=True):
    cells = list(zip(own["north"], own["east"], own["counts"], strict=True))
    spikes = sum(n * math.log(a / b) for a, b, n in cells)
    less = sum(a - b for a, b, _ in cells)
    (quiet,) = (b - a for a, b, n in cells if n == 0)
    odds = math.exp(spikes - less * own["window"] / 1000 * silence)
    return 100 * odds / (1 + odds), math.exp(quiet * own["window"] / 1000), 1000 * spikes / less


def spikes_alone(own):
    _, *rest = weighed(own)
    return [weighed(own, silence=False)[0], *rest]


def of_east(own):
    north, *rest = weighed(own)
    return [100 - north, *rest]


def for_east(own):
    north, factor, window = weighed(own)
    return [north, 1 / factor, window]


def shared(own, pairs):
    return 100 * pairs * own["rate_each"] * own["bin_width"] / 1000


def all_pairs(own):
    return shared(own, own["peak"])


def not_in_per_cent(own):
    return shared(own, own["peak"] - 1) / 100


def of_both(own):
    return shared(own, own["peak"] - 1) / 2


def spread_of(own):
    """The standard deviation at which a normal phase leaves this vector strength."""
    return own["period"] * math.sqrt(-2 * math.log(own["strength"])) / (2 * math.pi)


def needed(own, strength, logarithm=math.log):
    return math.ceil(-logarithm(own["chance"]) / strength**2)


def again(own):
    return math.exp(-((2 * math.pi * spread_of(own) / own["faster"]) ** 2) / 2)


def as_a_phase(own):
    return [2 * math.pi * spread_of(own) / own["period"], needed(own, again(own))]


def as_strong_as_before(own):
    return [spread_of(own), needed(own, own["strength"])]


def to_base_ten(own):
    return [spread_of(own), needed(own, again(own), math.log10)]


def counted(own, activity):
    """As many neurons as bring enough spikes in a bin."""
    return [activity, math.ceil(1e4 / own["off"] ** 2 / (activity * own["bin_width"] / 1000))]


def at_once(own):
    return counted(own, own["after"])


def not_yet(own):
    return counted(own, own["before"])


def ms_times_hz(own):
    told = own["moment"] / own["latest"]
    activity = own["before"] * (1 - told) + own["after"] * told
    return [activity, math.ceil(1e4 / own["off"] ** 2 / (activity * own["bin_width"]))]


def heard_together(own, n):
    """Strength of the signal against the noise, for n neurons."""
    return n * own["mean_rate"] * own["depth"] ** 2 / (2 * own["highest"])


def told_by(own, n):
    return own["highest"] * math.log2(1 + heard_together(own, n))


def coherent(own):
    return 1 - 1 / (1 + heard_together(own, 1))


def as_often_as_there_are_neurons(own):
    return [coherent(own), own["neurons"] * told_by(own, 1)]


def natural_logarithm(own):
    return [coherent(own), told_by(own, own["neurons"]) * math.log(2)]


def ratio_for_share(own):
    return [heard_together(own, 1), told_by(own, own["neurons"])]


def measure(times, duration, window):
    counts = [0] * int(duration // window)
    for t in times:
        if t // window < len(counts):
            counts[int(t // window)] += 1
    mean = sum(counts) / len(counts)
    return sum((n - mean) ** 2 for n in counts) / len(counts) / mean


from_zero_on = measure


def measure(times, duration, window):
    counts = [0] * int((duration - t_0) // window)
    for t in times:
        if t >= t_0 and (t - t_0) // window < len(counts):
            counts[int((t - t_0) // window)] += 1
    mean = sum(counts) / len(counts)
    return sum((n - mean) ** 2 for n in counts) / (len(counts) - 1) / mean


one_window_less = measure


def measure(times, duration, window):
    counts = [0] * int((duration - t_0) // window)
    for t in times:
        if t >= t_0 and (t - t_0) // window < len(counts):
            counts[int((t - t_0) // window)] += 1
    mean = sum(counts) / len(counts)
    return math.sqrt(sum((n - mean) ** 2 for n in counts) / len(counts)) / mean


with_a_root = measure


def measure(times, at):
    return [base + sum(max(0, high * (1 - abs(t - spike - ahead) / half)) for spike in times) for t in at]


the_sound_comes_later = measure


def measure(times, at):
    return [sum(max(0, high * (1 - abs(t - spike + ahead) / half)) for spike in times) for t in at]


no_base = measure


def measure(times, at):
    return [base + max(max(0, high * (1 - abs(t - spike + ahead) / half)) for spike in times) for t in at]


only_the_highest = measure


COMMONEST = [
    ("pause, form 0", without_the_pause, "pure chance"),
    ("pause, form 0", one_for_both, "the square of the CV"),
    ("pause, form 0", slower_afterwards, "at a higher rate than on average"),
    ("pause, form 1", errors_added, "Their squares add up"),
    ("pause, form 1", noise_alone, "The bias stays"),
    ("pause, form 1", one_less, "round up"),
    ("pause, form 2", spikes_alone, "let the spikes speak alone"),
    ("pause, form 2", of_east, "the probability of east"),
    ("pause, form 2", for_east, "the factor for east against north"),
    ("fano, form 0", from_zero_on, "what came before is left out"),
    ("fano, form 0", one_window_less, "averaged over all of them"),
    ("fano, form 0", with_a_root, "the coefficient of variation"),
    ("fano, form 1", the_sound_comes_later, "The sound came first"),
    ("fano, form 1", no_base, "You begin at 0 dB"),
    ("fano, form 1", only_the_highest, "Where several meet they add up"),
    ("common, form 0", all_pairs, "counts all pairs"),
    ("common, form 0", not_in_per_cent, "wanted in per cent"),
    ("common, form 0", of_both, "is half of it"),
    ("common, form 1", as_a_phase, "in radians"),
    ("common, form 1", as_strong_as_before, "You have kept the vector strength"),
    ("common, form 1", to_base_ten, "logarithm to base 10"),
    ("common, form 2", at_once, "let all neurons know of it at once"),
    ("common, form 2", not_yet, "let nobody have heard"),
    ("common, form 2", ms_times_hz, "multiplied Hz by ms"),
    ("common, form 3", as_often_as_there_are_neurons, "multiplied the bits of one neuron"),
    ("common, form 3", natural_logarithm, "has the natural logarithm"),
    ("common, form 3", ratio_for_share, "against the noise"),
]
