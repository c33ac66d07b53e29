"""Chapter 19: programs as a page takes them, without NumPy."""


def with_loops(theta, sign, slope, noise, turn, rate):
    after, gone = [], 0
    for k in range(len(theta)):
        if theta[k] == 0:
            after.append(0.0)
            continue
        t = theta[k] - rate * (sign[k] * slope[k] + 0.1) + noise[k]
        if t <= 0:
            t = 0.0
            gone += 1
        after.append(t)
    for place in turn:
        if gone == 0:
            break
        if after[int(place)] == 0:
            after[int(place)] = 0.01
            gone -= 1
    return after


def with_comprehensions(theta, sign, slope, noise, turn, rate):
    after = [
        max(0.0, t - rate * s * d - 0.1 * rate + x) if t > 0 else 0.0
        for t, s, d, x in zip(theta, sign, slope, noise)
    ]
    missing = len([t for t in theta if t > 0]) - len([t for t in after if t > 0])
    free = [int(place) for place in turn if after[int(place)] == 0]
    for place in free[:missing]:
        after[place] = 0.01
    return after


def by_weights(theta, sign, slope, noise, turn, rate):
    places = range(len(theta))
    there = {k: sign[k] * theta[k] for k in places if theta[k] > 0}
    wanted = len(there)
    for k in list(there):
        there[k] -= rate * slope[k]
        there[k] += sign[k] * (noise[k] - 0.1 * rate)
        if sign[k] * there[k] <= 0:
            del there[k]
    for place in turn:
        if len(there) < wanted and int(place) not in there:
            there[int(place)] = 0.01 * sign[int(place)]
    return [sign[k] * there[k] if k in there else 0.0 for k in places]


def through_zero(theta, sign, slope, noise, turn, rate):
    after = []
    for k in range(len(theta)):
        step = -rate * (sign[k] * slope[k] + 0.1) + noise[k]
        after.append(theta[k] + step if theta[k] > 0 else 0.0)
    return after


def fewer_each_time(theta, sign, slope, noise, turn, rate):
    after = []
    for k in range(len(theta)):
        step = -rate * (sign[k] * slope[k] + 0.1) + noise[k]
        after.append(max(0.0, theta[k] + step) if theta[k] > 0 else 0.0)
    return after


def slope_of_theta(theta, sign, slope, noise, turn, rate):
    after, gone = [], 0
    for k in range(len(theta)):
        t = theta[k] - rate * (slope[k] + 0.1) + noise[k] if theta[k] > 0 else 0.0
        gone += theta[k] > 0 and t <= 0
        after.append(max(0.0, t))
    for place in turn:
        if gone and after[int(place)] == 0:
            after[int(place)] = 0.01
            gone -= 1
    return after


PROGRAMS = {
    "19.4": (
        [with_loops, with_comprehensions, by_weights],
        [through_zero, fewer_each_time, slope_of_theta],
    ),
}
