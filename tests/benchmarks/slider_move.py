"""One move of a slider: a LIF neuron, 1 s at 0.1 ms, against a plain NumPy loop in the same run.

``python tests/benchmarks/slider_move.py`` prints the least time of a call of each, and their ratio.
"""

import time

import numpy as np

from snnlab.neurons import LIF, simulate_lif

ROUNDS, DT = 15, 0.1
CURRENT = np.repeat([0.0, 0.3], [1000, 9000])


def numpy_loop(i: np.ndarray, neuron: LIF) -> tuple[np.ndarray, list[float]]:
    """What a teaching notebook does: a Python loop over time."""
    decay = np.exp(-DT / neuron.tau_m)
    v, now, free, times = np.empty(i.size), neuron.v_rest, 0, []
    for t in range(i.size):
        if t >= free:
            now = decay * now + (1 - decay) * (neuron.v_rest + neuron.r_m * i[t])
            if now > neuron.v_th:
                now = neuron.v_reset
                times.append((t + 1) * DT)
                free = t + 1 + round(neuron.t_ref / DT)
        v[t] = now
    return v, times


def least(function, calls: int) -> float:
    """Least CPU time of one call, over several groups of calls."""
    start = time.process_time()
    for k in range(calls):
        function(CURRENT, LIF(v_th=-50.0 - 0.001 * (k % 7)))
    return (time.process_time() - start) / calls


def main() -> None:
    """Interleave the two, so that a busy machine slows both."""
    run, (_, times) = simulate_lif(CURRENT), numpy_loop(CURRENT, LIF())
    assert np.allclose(run.spikes.times, times), "the two must fire alike"
    pairs = [(least(simulate_lif, 300), least(numpy_loop, 3)) for _ in range(ROUNDS)]
    ours, theirs = (min(column) * 1e6 for column in zip(*pairs, strict=True))
    print(f"simulate_lif {ours:.1f} µs a call, NumPy loop {theirs:.0f} µs, ratio {theirs / ours:.0f}")


if __name__ == "__main__":
    main()
