"""Chapter 11: programs as a page takes them, without NumPy."""


def backwards(accuracy):
    enough = 0.95 * accuracy[-1]
    k = len(accuracy)
    while k > 0 and accuracy[k - 1] >= enough:
        k -= 1
    return k + 1


def after_the_last_one_that_is_too_low(accuracy):
    last = 0
    for k, a in enumerate(accuracy):
        if a < 0.95 * accuracy[-1]:
            last = k + 1
    return last + 1


def all_that_follow(accuracy):
    for k in range(len(accuracy)):
        if all(a >= 0.95 * accuracy[-1] for a in accuracy[k:]):
            return k + 1
    return None


def the_first_time_it_is_there(accuracy):
    for k in range(len(accuracy)):
        if accuracy[k] >= 0.95 * accuracy[-1]:
            return k + 1
    return None


def of_the_best(accuracy):
    best = max(accuracy)
    k = len(accuracy)
    while k > 0 and accuracy[k - 1] >= 0.95 * best:
        k -= 1
    return k + 1


def as_an_index(accuracy):
    return backwards(accuracy) - 1


PROGRAMS = {
    "11.1": (
        [backwards, after_the_last_one_that_is_too_low, all_that_follow],
        [the_first_time_it_is_there, of_the_best, as_an_index],
    ),
}
