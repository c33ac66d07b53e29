"""Chapter 17: programs as a page takes them, without NumPy."""

import math


def with_a_loop(times, label, sharpness):
    first = 0
    for k in range(len(times)):
        if times[k] < times[first]:
            first = k
    if first == label:
        return [0.0 for _ in times]
    total = 0.0
    for t in times:
        total += math.exp(-sharpness * t)
    found = []
    for k in range(len(times)):
        share = math.exp(-sharpness * times[k]) / total
        found.append(1 - share if k == label else -share)
    return found


def with_comprehensions(times, label, sharpness):
    if min(times) == times[label]:
        return [0] * len(times)
    grown = [math.exp(sharpness * (min(times) - t)) for t in times]
    return [(k == label) - g / sum(grown) for k, g in enumerate(grown)]


def by_differences(times, label, sharpness):
    if all([times[label] <= t for t in times]):
        return [0.0] * len(times)
    found = [-1 / sum([math.exp(sharpness * (t - other)) for other in times]) for t in times]
    found[label] += 1
    return found


def backwards(times, label, sharpness):
    if min(times) == times[label]:
        return [0.0] * len(times)
    total = sum([math.exp(-sharpness * t) for t in times])
    return [math.exp(-sharpness * t) / total - (k == label) for k, t in enumerate(times)]


def every_sample(times, label, sharpness):
    total = sum([math.exp(-sharpness * t) for t in times])
    return [(k == label) - math.exp(-sharpness * t) / total for k, t in enumerate(times)]


def sharpness_twice(times, label, sharpness):
    if min(times) == times[label]:
        return [0.0] * len(times)
    total = sum([math.exp(-sharpness * t) for t in times])
    return [sharpness * ((k == label) - math.exp(-sharpness * t) / total) for k, t in enumerate(times)]


PROGRAMS = {
    "17.4": (
        [with_a_loop, with_comprehensions, by_differences],
        [backwards, every_sample, sharpness_twice],
    ),
}
