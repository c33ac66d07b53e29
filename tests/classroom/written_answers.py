"""What students of part 1 write into its cells, right and wrong, and for each form of its pool.

Each is Python with the names of the numbers that they are given, as somebody has written it who has read the
statement only. The mistakes have the names that the definitions give them.
"""

from typing import NamedTuple

__all__ = ["MISTAKES", "POOL", "POTENTIAL", "RIGHT", "Written"]


class Written(NamedTuple):
    """The answers to one form."""

    right: str
    mistakes: dict[str, str]
    """By name, as many for each form."""


def _written(before: str, right: str, **wrong: str) -> Written:
    """The lines before the last one, what that says where it is right, and where it is wrong."""
    mistakes = {name.replace("_", " "): f"{before}first_spike = {last}" for name, last in wrong.items()}
    return Written(f"{before}first_spike = {right}", mistakes)


_CHARGE = "charge = capacitance * 1e-6 * lift * 1e-3  # C for each square centimetre\n"
_FLOWS, _CROSS = "1000 * charge / (current * 1e-6)", "times * charge / 1.602e-19 / 1e8"
_GATES = (
    "faster = {}\n"
    "end = alpha / (alpha + beta)\n"
    "n = end + (n_0 - end) * math.exp(-faster * (alpha + beta) * t)\n"
)
_IN_THE_WARM = _GATES.format("3 ** ((warm - 6.3) / 10)")
_SPARE, _FIRST, _LAST = (
    "spare = held - above\n",
    "tau * math.log(dip / spare)",
    "tau * math.log(1 + dip / spare)",
)
_KICKS = (
    "raised, number = 0.0, 1\n"
    "while kick > above + raised:\n"
    "    raised = (raised + beta) * math.exp(-every / tau_a)\n"
    "    number += 1\n"
)
_CHANCE = (
    "hazard = rho_0 / 1000 * math.exp((v - v_th) / delta)  # for each ms\n"
    "half = math.log(2) / hazard\n"
    "up = delta * math.log(math.log(1 / (1 - share / 100)) / math.log(2))\n"
)

POOL = (
    _written(
        "",
        "tau_m * math.log(r_m * i / (r_m * i - (v_th - v_rest)))",
        upside_down="tau_m * math.log(1 - (v_th - v_rest) / (r_m * i))",
        no_leak="tau_m * (v_th - v_rest) / (r_m * i)",
        distance_to_the_threshold="tau_m * math.log(r_m * i / (v_th - v_rest))",
        time_constant="tau_m",
    ),
    _written(
        _CHARGE,
        f"[{_FLOWS}, {_CROSS}]",
        seconds=f"[charge / (current * 1e-6), {_CROSS}]",
        the_push_alone=f"[{_FLOWS}, charge / 1.602e-19 / 1e8]",
        a_square_centimetre=f"[{_FLOWS}, times * charge / 1.602e-19]",
        upside_down=f"[current * 1e-6 / charge / 1000, {_CROSS}]",
    ),
    Written(
        f"{_IN_THE_WARM}first_spike = [n, n ** 4]",
        {
            "cold": f"{_GATES.format('1')}first_spike = [n, n ** 4]",
            "three gates": f"{_IN_THE_WARM}first_spike = [n, n ** 3]",
            "four times": f"{_IN_THE_WARM}first_spike = [n, 4 * n]",
            "where it ends": f"{_IN_THE_WARM}first_spike = [end, end ** 4]",
        },
    ),
    _written(
        _SPARE,
        f"[{_FIRST}, {_LAST}]",
        no_memory=f"[{_FIRST}, {_FIRST}]",
        settled_at_once=f"[{_LAST}, {_LAST}]",
        reversed=f"[{_LAST}, {_FIRST}]",
        base_10="[tau * math.log10(dip / spare), tau * math.log10(1 + dip / spare)]",
    ),
    _written(
        _KICKS,
        "[number, raised]",
        number_of_the_spikes="[number - 1, raised]",
        counted_from_0="[number + 1, raised]",
        right_after_the_spike="[number, raised / math.exp(-every / tau_a)]",
        above_rest="[number, above + raised]",
    ),
    _written(
        _CHANCE,
        "[half, v + up]",
        seconds="[half / 1000, v + up]",
        mean_time="[1 / hazard, v + up]",
        downwards="[half, v - up]",
        by_how_much="[half, up]",
    ),
)
"""The forms of the pool, in its order."""

# --- the other exercises ---

POTENTIAL = """def potential(t, own, arrivals, w):
    u = u_rest
    for spike in own:
        if spike < t:
            u -= depth * math.exp(-(t - spike) / tau_eta)
    for spike in arrivals:
        if spike <= t:
            s = (t - spike) / tau_s
            u += w * s * math.exp(1 - s)
    return u
"""
SWEEP = """times = detect_spikes(load_patch_fast_spiking())[sweep]
part = times[(times >= start) & (times < stop)]
found = [len(part), np.diff(part).mean()]
"""
CURTAIN = """from snnlab.course.exercises import find
from snnlab.neurons import lif_rheobase

neuron = find("2.4").draw(neuron_seed)
time_constant_found = neuron.tau_m
"""
RIGHT = {
    "potential": POTENTIAL,
    "sweep": SWEEP,
    "curtain": CURTAIN,
    "judgement": "An adaptive threshold; the plain neuron would fire at equal intervals.",
}


def _potential(old, new):
    assert old in POTENTIAL
    return POTENTIAL.replace(old, new)


def _sweep(last):
    return SWEEP.rpartition("found =")[0] + f"found = {last}\n"


def _curtain(last):
    return CURTAIN.rpartition("= ")[0] + f"= {last}\n"


MISTAKES = {
    **{("latency", name): cell for name, cell in POOL[0].mistakes.items()},
    ("potential", "last own spike"): _potential("in own:", "in [x for x in own if x < t][-1:]:"),
    ("potential", "no own spike"): _potential("u -= depth", "u -= 0 * depth"),
    ("potential", "wrong way"): _potential("u -= depth", "u += depth"),
    ("potential", "own spikes of the future"): _potential("if spike < t:", "if True:"),
    ("potential", "inputs of the future"): _potential("if spike <= t:", "if True:"),
    ("potential", "weight forgotten"): _potential("u += w * s", "u += s"),
    ("potential", "rest forgotten"): _potential("u = u_rest", "u = 0.0"),
    ("sweep", "time by spikes"): _sweep("[len(part), (stop - start) / len(part)]"),
    ("sweep", "spikes for intervals"): _sweep("[len(part), (part[-1] - part[0]) / len(part)]"),
    ("sweep", "whole sweep"): _sweep("[len(times), np.diff(times).mean()]"),
    ("sweep", "one sweep off"): SWEEP.replace("[sweep]", "[sweep - 1]"),
    ("sweep", "rate"): _sweep("[len(part), 1000 / np.diff(part).mean()]"),
    ("curtain", "latency for time constant"): _curtain("neuron.tau_m * math.log(2)"),
    ("curtain", "base ten"): _curtain("neuron.tau_m * math.log(10)"),
    ("curtain", "rheobase"): _curtain("lif_rheobase(neuron)"),
    ("curtain", "seconds"): _curtain("neuron.tau_m / 1000"),
}
"""Each mistake that the definitions know, as a student makes it: exercise and name. Of the pool: form 0."""
