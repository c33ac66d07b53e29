"""W1: the LIF neuron of the textbook for 1 s in steps of 0.1 ms. Read by every worker, whatever its Python.

Trace: a step of current after 100 ms; wanted are the potential of every step and the spikes, as for one move
of a slider. Curve: 50 constant currents; wanted is the number of spikes at each.

An answer is right if it agrees with the closed form. Tools on a grid date a spike to a step, and differ by a
step in when a refractory time ends, a current arrives or a potential is noted. So an interval between spikes
may be wrong by two steps, and the potential by what it changes in two.
"""

import math

TAU_M, R_M, V_REST, V_RESET, V_TH, T_REF = 20.0, 100.0, -65.0, -65.0, -50.0, 2.0  # ms, MΩ, mV, mV, mV, ms
DT, STEPS = 0.1, 10_000
DURATION = 1000.0  # ms
ONSET = 1000  # steps
LOOK = 1100  # the potential after so many steps is compared

LOWEST, HIGHEST, CURRENTS = 0.1, 0.6, 50  # nA


def amplitude(k):
    """The current of the k-th call for a trace, nA: a slider that moves a little."""
    return 0.3 + 1e-4 * (k % 7)


def amplitudes(k):
    """The currents of the k-th call for a curve, nA."""
    width = (HIGHEST - LOWEST) / (CURRENTS - 1)
    return [LOWEST + width * n + 1e-5 * (k % 7) for n in range(CURRENTS)]


def expected(current, duration):
    """The number of spikes of a resting neuron, in closed form."""
    above = V_REST + R_M * current - V_TH
    if above <= 0:
        return 0
    first = TAU_M * math.log(R_M * current / above)
    interval = T_REF + TAU_M * math.log((V_REST + R_M * current - V_RESET) / above)
    return max(0, math.floor((duration - first) / interval) + 1)


def wrong_counts(counts, currents, duration):
    """What is wrong with numbers of spikes; empty if nothing is."""
    if len(counts) != len(currents):
        return f"{len(counts)} neurons for {len(currents)} currents"
    for count, current in zip(counts, currents):  # noqa: B905  # strict= is unknown to Python 3.9
        right = expected(current, duration)
        if abs(count - right) > 1 + right * 2 * DT * right / duration:
            return f"{count} spikes at {current:.3f} nA, not {right}"
    return ""


def wrong_trace(answer):
    """What is wrong with a trace; empty if nothing is."""
    duration = DURATION - ONSET * DT
    rise, since = R_M * amplitude(0), (LOOK - ONSET) * DT
    right = V_REST + rise * (1 - math.exp(-since / TAU_M))
    change = (V_REST + rise - right) * DT / TAU_M
    if not abs(answer["v"] - right) <= 2 * change:
        return f"{answer['v']:.2f} mV after {LOOK * DT:g} ms, not {right:.2f} mV"
    return wrong_counts(answer["counts"], [amplitude(0)], duration)


def wrong_curve(answer):
    """What is wrong with a curve; empty if nothing is."""
    return wrong_counts(answer["counts"], amplitudes(0), DURATION)
