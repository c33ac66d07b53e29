"""Part 7: which exercise, what is done with the numbers of a student, and words of the hint that names it."""

import math

import numpy as np

kept = rises = 0.0  # given to a student; the programs below are read as text


def theta_at_recall(own, delay=None, steady=0.01):
    """Millisecond by millisecond, as the neuron lives through it."""
    rho, b, raised = math.exp(-1 / own["tau_a"]), 0.0, []
    last = int(own["every"]) * (own["spikes"] - 1)
    for t in range(last + int(own["delay"] if delay is None else delay) + 1):
        b = rho * b + (1 - rho) * (t <= last and t % int(own["every"]) == 0)
        raised.append(own["beta_a"] * b)
    return steady + raised[-1]


def fires(own, theta):
    return own["tau_m"] * math.log(own["drive"] / (own["drive"] - theta))


def right_after_the_burst(own):
    theta = theta_at_recall(own, delay=0)
    return [theta, fires(own, theta) - fires(own, 0.01)]


def its_own_time(own):
    theta = theta_at_recall(own)
    return [theta, fires(own, theta)]


def raised_alone(own):
    theta = theta_at_recall(own)
    return [theta - 0.01, fires(own, theta) - fires(own, 0.01)]


def walk(own, feedback, learns=True, steps=2):
    (u1, u2), (b1, b2), (w1, w2) = own["up"], feedback, (0.0, 0.0)
    for _ in range(steps):
        move = own["rate"] * (own["wanted"] - u1 * w1 - u2 * w2)
        d1, d2 = (move * w1, move * w2) if learns else (0.0, 0.0)
        w1, w2 = w1 + move * b1, w2 + move * b2
        u1, u2 = u1 + d1, u2 + d2
        b1, b2 = (b1, b2) if feedback is own["feedback"] else (u1, u2)
    f1, f2 = own["feedback"]
    cosine = (u1 * f1 + u2 * f2) / math.hypot(u1, u2) / math.hypot(f1, f2)
    return [u1 * w1 + u2 * w2, math.degrees(math.acos(cosine))]


def through_the_weights_up(own):
    return walk(own, own["up"])


def the_upper_weights_stay(own):
    return walk(own, own["feedback"], learns=False)


def one_step_only(own):
    return walk(own, own["feedback"], steps=1)


def line_to_zero(own):
    slope = (own["by_strong"] - own["by_weak"]) / (own["strong"] - own["weak"])
    return [own["by_weak"] - slope * own["weak"], solved(own)[1]]


def solved(own):
    """1/g is a straight line in β."""
    line = np.polyfit([own["weak"], own["strong"]], [1 / own["by_weak"], 1 / own["by_strong"]], 1)
    return [1 / line[1], math.sqrt(1 - line[1] / line[0])]


def not_the_root(own):
    gradient, weight = solved(own)
    return [gradient, weight**2]


def the_weaker_will_do(own):
    return [own["by_weak"], solved(own)[1]]


def fires_at_one(i):
    v, b, found = 0.0, 0.0, []
    for current in i:
        s = 1 if v > 1 else 0
        theta = 1 + rises * b
        found.append(theta)
        v = 0.9 * v + current - s * theta
        b = kept * b + (1 - kept) * s
    return found


def raised_already(i):
    v, b, found = 0.0, 0.0, []
    for current in i:
        theta = 1 + rises * b
        s = 1 if v > theta else 0
        v = 0.9 * v + current - s * theta
        b = kept * b + (1 - kept) * s
        found.append(1 + rises * b)
    return found


def adds_a_whole_spike(i):
    v, b, found = 0.0, 0.0, []
    for current in i:
        theta = 1 + rises * b
        found.append(theta)
        s = 1 if v > theta else 0
        v = 0.9 * v + current - s * theta
        b = kept * b + s
    return found


COMMONEST = [
    ("recall", right_after_the_burst, "Until the recall it comes down"),
    ("recall", its_own_time, "The second one takes a time, too"),
    ("recall", raised_alone, "it begins at 0.01"),
    ("turn", through_the_weights_up, "comes through the feedback"),
    ("turn", the_upper_weights_stay, "They learn as well"),
    ("turn", one_step_only, "after the first step"),
    ("nudged", line_to_zero, "a straight line to 0"),
    ("nudged", not_the_root, "the square of the weight"),
    ("nudged", the_weaker_will_do, "finds too little"),
    ("adapts", fires_at_one, "fires at 1 all the same"),
    ("adapts", raised_already, "v was compared with"),
    ("adapts", adds_a_whole_spike, "adds 1 to b"),
]
