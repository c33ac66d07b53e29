"""Chapter 11: what is done, the answer that it leads to, and words of the hint that names it."""


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
}
