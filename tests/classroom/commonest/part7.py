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


def faded(own, rest=0.01):
    """The time constant, from what is above `rest` at both moments."""
    return own["later"] / (math.log(own["at_first"] - rest) - math.log(own["then"] - rest))


def ago(own, spikes, rest=0.01):
    return faded(own, rest) * math.log(spikes * own["each"] / (own["at_first"] - rest))


def nothing_stays(own):
    return [faded(own, 0.0), ago(own, own["fired"], 0.0)]


def a_single_spike(own):
    return [faded(own), ago(own, 1)]


def before_the_second_look(own):
    return [faded(own), ago(own, own["fired"]) + own["later"]]


def off_by(own, examples=1):
    """How many degrees a gradient is off beside noise of the mean of so many."""
    return math.degrees(math.atan2(own["noise"] / math.sqrt(examples), 1.0))


def examples_for(own):
    return next(n for n in range(1, 1000) if off_by(own, n) <= own["angle"])


def random_ones(own):
    return math.degrees(1) / math.sqrt(own["n_weights"])


def not_in_degrees(own):
    return [math.radians(random_ones(own)), off_by(own), examples_for(own)]


def one_length_on_the_other(own):
    together = math.degrees(math.acos(1 / (1 + own["noise"])))
    return [random_ones(own), together, examples_for(own)]


def as_the_number_grows(own):
    enough = next(n for n in range(1, 1000) if off_by(own, n * n) <= own["angle"])
    return [random_ones(own), off_by(own), enough]


def each_step(z, psi):
    heard, found = 0.0, []
    for t in range(len(z)):
        found.append(psi[t] * heard)
        heard = 0.9 * heard + z[t]
    return found


as_without_adaptation = each_step


def each_step(z, psi):
    heard, adapted, found = 0.0, 0.0, []
    for t in range(len(z)):
        found.append(psi[t] * (heard + rises * adapted))
        heard = 0.9 * heard + z[t]
        adapted = kept * adapted + (1 - kept) * found[-1]
    return found


adaptation_added = each_step


def each_step(z, psi):
    heard, adapted, found = 0.0, 0.0, []
    for t in range(len(z)):
        heard = 0.9 * heard + z[t]
        found.append(psi[t] * (heard - rises * adapted))
        adapted = kept * adapted + (1 - kept) * found[-1]
    return found


heard_at_once = each_step


COMMONEST = [
    ("recall, form 0", right_after_the_burst, "Until the recall it comes down"),
    ("recall, form 0", its_own_time, "The second one takes a time, too"),
    ("recall, form 0", raised_alone, "it begins at 0.01"),
    ("recall, form 1", nothing_stays, "The 0.01 are there for good"),
    ("recall, form 1", a_single_spike, "where one spike had been added"),
    ("recall, form 1", before_the_second_look, "counted from the second reading"),
    ("turn", through_the_weights_up, "comes through the feedback"),
    ("turn", the_upper_weights_stay, "They learn as well"),
    ("turn", one_step_only, "after the first step"),
    ("nudged, form 0", line_to_zero, "a straight line to 0"),
    ("nudged, form 0", not_the_root, "the square of the weight"),
    ("nudged, form 0", the_weaker_will_do, "finds too little"),
    ("nudged, form 1", not_in_degrees, "The first number is in radians"),
    ("nudged, form 1", one_length_on_the_other, "you have added the two lengths"),
    ("nudged, form 1", as_the_number_grows, "with the root of it"),
    ("adapts, form 0", fires_at_one, "fires at 1 all the same"),
    ("adapts, form 0", raised_already, "v was compared with"),
    ("adapts, form 0", adds_a_whole_spike, "adds 1 to b"),
    ("adapts, form 1", as_without_adaptation, "a neuron without adaptation"),
    ("adapts, form 1", adaptation_added, "You add it"),
    ("adapts, form 1", heard_at_once, "It is there in the next one"),
]
