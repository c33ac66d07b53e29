"""W3: a neuron with 1000 synapses that learn by STDP, 20 s in steps of 0.1 ms. Read by every worker.

It is the example of Song and Abbott as Brian2 tells it: no inhibition, weights that start from 0 to 1.
Wanted are the number of spikes and the mean weight at the end.

Chance decides, so an answer is right if it lies near those of many runs. What a tool makes of two spikes in
one step is its own affair; it is seen in these numbers, and allowed for.
"""

INPUTS, RATE, DURATION, DT = 1000, 15.0, 20_000.0, 0.1  # number, Hz, ms, ms
TAU_M, V_REST, V_TH, V_RESET, E_EX, TAU_EX = 10.0, -74.0, -54.0, -60.0, 0.0, 5.0  # ms, mV, mV, mV, mV, ms
G_MAX, A_PLUS, ALPHA, TAU_PLUS, TAU_MINUS = 0.01, 0.01, 1.05, 20.0, 20.0  # leak, 1, 1, ms, ms

SPIKES, MEAN = (320, 1020), (0.44, 0.51)


def wrong(answer):
    """What is wrong with an answer; empty if nothing is."""
    if not SPIKES[0] <= answer["spikes"] <= SPIKES[1]:
        return f"{answer['spikes']} spikes, not {SPIKES[0]} to {SPIKES[1]}"
    if not MEAN[0] <= answer["mean"] <= MEAN[1]:
        return f"a mean weight of {answer['mean']:.3f}, not {MEAN[0]:.2f} to {MEAN[1]:.2f}"
    return ""
