"""What ten pairs of students have written of whom one has copied: five programs and five texts.

Each program answers `potential` of part 1, and each text its last exercise, apart from the others. The copies
have other names, other spaces and comments of their own, or other capitals and numbers.
"""

import re
from collections.abc import Collection

from snnlab.course.classroom.giving_back.winnowing import tokens_of

__all__ = ["GIVEN", "PROGRAMS", "TEXTS", "disguised", "reworded"]

PROGRAMS = (
    """def potential(t, own, arrivals, w):
    dips = sum(math.exp((spike - t) / tau_eta) for spike in own if spike < t)
    ages = [(t - spike) / tau_s for spike in arrivals if spike <= t]
    return u_rest - depth * dips + w * sum(age * math.exp(1 - age) for age in ages)
""",
    """def potential(t, own, arrivals, w):
    since_own = t - np.asarray(own, dtype=float)
    since_input = (t - np.asarray(arrivals, dtype=float)) / tau_s
    since_own, since_input = since_own[since_own > 0], since_input[since_input >= 0]
    after_spikes = np.exp(-since_own / tau_eta).sum()
    return u_rest + w * np.dot(since_input, np.exp(1 - since_input)) - depth * after_spikes
""",
    """def potential(t, own, arrivals, w):
    def eta(s):
        return -depth * math.exp(-s / tau_eta) if s > 0 else 0.0

    def epsilon(s):
        return s / tau_s * math.exp(1 - s / tau_s) if s >= 0 else 0.0

    u = u_rest
    for before in own:
        u = u + eta(t - before)
    for before in arrivals:
        u = u + w * epsilon(t - before)
    return u
""",
    """def potential(t, own, arrivals, w):
    events = [(one, True) for one in own] + [(one, False) for one in arrivals]
    total = 0.0
    while events:
        when, is_own = events.pop()
        if when > t or (is_own and when == t):
            continue
        if is_own:
            total -= depth / math.exp((t - when) / tau_eta)
        else:
            total += w * math.e * (t - when) / (tau_s * math.exp((t - when) / tau_s))
    return total + u_rest
""",
    """def potential(t, own, arrivals, w):
    def kernel(kind, s):
        if kind == "own":
            return -depth * np.exp(-s / tau_eta)
        return w * (s / tau_s) * np.exp(1.0 - s / tau_s)

    parts = {"own": [s for s in own if s < t], "input": [s for s in arrivals if s <= t]}
    return float(u_rest + sum(kernel(kind, t - s) for kind, there in parts.items() for s in there))
""",
)
TEXTS = (
    "I would take a neuron whose threshold moves. In the recording the intervals grow from the first to the "
    "last, and the plain neuron would make them all alike, since it forgets everything at its reset. After "
    "100 ms of rest I would look whether the first interval is short again.",
    "The leaky neuron cannot be it, because its rate is the same at the end of a step as at its beginning. "
    "What slows down here needs a memory that outlasts a spike: a current of adaptation with a time constant "
    "of 200 ms would do, and a longer step would show where it settles.",
    "Two things speak for the spike response model with all own spikes: each of them leaves something "
    "behind, and what is left adds up. That is why the pauses become longer until as much decays in one as a "
    "spike adds. With only 1 spike remembered they would stop growing at once.",
    "My choice is the adaptive model. The cell fires 9 times in the first half of the step and 6 times in "
    "the second. No fixed threshold with a fixed current gives two rates. I am less sure of the mechanism: a "
    "slow potassium current and a raised threshold look the same from outside.",
    "Before choosing I would fit both on 3 sweeps and count the spikes of a sweep that was kept back. If the "
    "simple one predicts them within the spread of repeated sweeps there is nothing to explain. It does not: "
    "it comes too late in the beginning and too often at the end.",
)


GIVEN = ("potential", "math", "np", "dtype", "u_rest", "depth", "tau_eta", "tau_s")
"""The names that a program has to leave as they are if it is to run."""


def disguised(text: str, kept: Collection[str] = ()) -> str:
    """A program with other names but for those that are kept, a comment a line and other spaces."""
    attributes = set(re.findall(r"\.(\w+)", text))
    chosen = set(re.findall(r"[^\W\d]\w*", text)) - attributes
    chosen = {name for name in chosen - set(kept) if tokens_of(name, True)[0].word == "n"}
    for k, name in enumerate(sorted(chosen)):
        text = re.sub(rf"\b{name}\b", f"mine_{k}", text)
    return re.sub(r" ([-+*/=<>]) ", r"\1", text).replace("\n", "  # as I see it\n")


def reworded(text: str) -> str:
    """Words with other capitals, without commas, and with other numbers."""
    return re.sub(r"\d+", lambda found: str(int(found[0]) + 1), text.upper().replace(",", ""))
