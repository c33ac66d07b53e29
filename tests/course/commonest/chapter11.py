"""Chapter 11: what is done, the answer that it leads to, and words of the hint that names it."""

from math import log


def the_first_time_it_is_there(accuracy):
    for k in range(len(accuracy)):
        if accuracy[k] >= 0.95 * accuracy[-1]:
            return k + 1
    return None


def of_the_best(accuracy):
    first = len(accuracy)
    while first > 0 and accuracy[first - 1] >= 0.95 * max(accuracy):
        first -= 1
    return first + 1


def as_an_index(accuracy):
    low = [k for k, a in enumerate(accuracy) if a < 0.95 * accuracy[-1]]
    return low[-1] + 1


def no_logarithm(light, on, off):
    remembered, ups, downs = light[0], 0, 0
    for i in light[1:]:
        while i >= remembered + on:
            remembered, ups = remembered + on, ups + 1
        while i <= remembered - off:
            remembered, downs = remembered - off, downs + 1
    return [ups, downs]


def against_the_look_before(light, on, off):
    changes = [log(light[k]) - log(light[k - 1]) for k in range(1, len(light))]
    return [sum(change >= on for change in changes), sum(change <= -off for change in changes)]


def one_event_a_look(light, on, off):
    remembered, ups, downs = log(light[0]), 0, 0
    for i in light[1:]:
        if log(i) >= remembered + on:
            remembered, ups = remembered + on, ups + 1
        elif log(i) <= remembered - off:
            remembered, downs = remembered - off, downs + 1
    return [ups, downs]


COMMONEST = {
    "11.1": [
        ("the first time", the_first_time_it_is_there, "It falls back after that"),
        ("of the best value", of_the_best, "The last one is meant"),
        ("as an index", as_an_index, "one too early"),
    ],
    "11.2": [
        ("arithmetic alone, and its current", [5, 15 / 31], "break-even of arithmetic alone"),
        ("read twice, never written", [15 / 11, 15 / 21], "has to be written back"),
        ("of all inputs", [200 * 15 / 11, 200 * 15 / 31], "One input has its share"),
    ],
    "11.3": [
        ("weights for nothing", [50 * 8.3 / 4.6, 9.6 / 5.9], "reads each of them for 5 pJ"),
        ("the limit of arithmetic", [50 * 8.3 / 9.6, 4.6 / 0.9], "the memory is not"),
        ("one decay in a step", [50 * 4.6 / 9.6, 9.6 / 5.9], "two multiplications"),
    ],
    "11.4": [
        ("with the addition", [15.9, 4], "a weight is read and added"),
        ("one over it", [15, 0.25], "How many share it"),
        ("one sample", [15, 1], "1960 pJ"),
    ],
    "11.5": [
        ("no logarithm", no_logarithm, "takes its logarithm first"),
        ("against the look before", against_the_look_before, "compare with what the pixel remembers"),
        ("one event a look", one_event_a_look, "A large change is worth several"),
    ],
    "11.6": [
        ("weight times 25", [0.0878 * 25, 80], "the square of the weight"),
        ("nothing is missing", [0.0878 / 0.04, 0], "You have kept the mean"),
        ("what the synapses bring", [0.439, 20], "asked is what is missing"),
    ],
}
