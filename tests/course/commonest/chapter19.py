"""Chapter 19: what is done, the answer that it leads to, and words of the hint that names it."""


def moved(theta, sign, slope, noise, rate):
    found = []
    for k in range(len(theta)):
        step = -rate * (sign[k] * slope[k] + 0.1) + noise[k]
        found.append(theta[k] + step if theta[k] > 0 else 0.0)
    return found


def through_zero(theta, sign, slope, noise, turn, rate):
    return moved(theta, sign, slope, noise, rate)


def fewer_each_time(theta, sign, slope, noise, turn, rate):
    return [max(0.0, t) for t in moved(theta, sign, slope, noise, rate)]


def slope_of_theta(theta, sign, slope, noise, turn, rate):
    after = [max(0.0, t) for t in moved(theta, [1] * len(theta), slope, noise, rate)]
    gone = sum(t > 0 for t in theta) - sum(t > 0 for t in after)
    for place in turn:
        if gone and after[int(place)] == 0:
            after[int(place)] = 0.01
            gone -= 1
    return after


COMMONEST = {
    "19.1": [
        ("ten times one spike", [0.0242, 0.0162, 1517], "has come down already"),
        ("the whole threshold decays", [0.0232, 0.0101, 604], "0.01 stays"),
        ("a spike adds 1 to b", [15.8, 6.87, 9937], "adds 1 - rho"),
    ],
    "19.2": [
        ("the slower the better", [20000, 1953], "adds 1 - rho"),
        ("half of the time constant", [1500, 750], "half the height"),
        ("on the other side", [1500, 6467], "the shorter time constant"),
    ],
    "19.3": [
        ("thresholds, not what was added", [2493, 156], "subtract that from both readings"),
        ("a spike raises by beta_a", [700, 5602], "beta_a (1 - rho)"),
        ("before the second reading", [700, 1315], "before the first is wanted"),
    ],
    "19.4": [
        ("theta below 0", through_zero, "have changed sign"),
        ("none come", fewer_each_time, "fewer each time"),
        ("the slope of the weight", slope_of_theta, "multiplied by the sign"),
    ],
}
