"""What one simulated second of each neuron model costs, beside the same second of the LIF neuron.

    python tests/benchmarks/model_cost.py [rounds]

One neuron, 10 000 steps of 0.1 ms, a current at which it fires; everything is compiled before. In each
round each model runs once, one after the other, so that what else the machine does falls on all of them.
Printed are medians; the ratio is the median of the ratios within a round.
"""

import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from snnlab.neurons import (
    HodgkinHuxley,
    adex_rheobase,
    lif_rheobase,
    simulate_adaptive_lif,
    simulate_adex,
    simulate_hodgkin_huxley,
    simulate_izhikevich,
    simulate_lif,
    simulate_lif_exact,
    simulate_qif,
    simulate_theta,
)

__all__ = ["MODELS", "main"]

DT, STEPS = 0.1, 10_000  # ms; a second
FINE = 5  # steps of Hodgkin and Huxley's membrane in one of the others


def _constant(current: float, steps: int = STEPS) -> np.ndarray:
    return np.full(steps, float(current))


MODELS: dict[str, Callable[[], object]] = {
    "LIF": lambda i=_constant(2 * lif_rheobase()): simulate_lif(i, dt=DT),
    "LIF, exact times": lambda i=_constant(2 * lif_rheobase()): simulate_lif_exact(i, dt=DT),
    "adaptive LIF": lambda i=_constant(2 * lif_rheobase()): simulate_adaptive_lif(i, dt=DT),
    "quadratic": lambda i=_constant(1.0): simulate_qif(i, dt=DT),
    "theta": lambda i=_constant(1.0): simulate_theta(i, dt=DT),
    "Izhikevich": lambda i=_constant(10.0): simulate_izhikevich(i, dt=DT),
    "AdEx": lambda i=_constant(1.5 * adex_rheobase()): simulate_adex(i, dt=DT),
    "Hodgkin–Huxley": lambda i=_constant(10.0, FINE * STEPS): simulate_hodgkin_huxley(
        i, HodgkinHuxley(), dt=DT / FINE
    ),
}
"""A second of each model; Hodgkin and Huxley's membrane needs steps a fifth as long."""


def main(rounds: int = 51) -> None:
    """Measure and print."""
    spikes = {}
    for name, simulate in MODELS.items():  # compiles
        result = simulate()
        spikes[name] = getattr(result, "spikes", result).n_spikes
    taken: dict[str, list[float]] = {name: [] for name in MODELS}
    for _ in range(rounds):
        for name, simulate in MODELS.items():
            start = time.perf_counter()
            simulate()
            taken[name].append(time.perf_counter() - start)
    print(f"{'model':18s} {'spikes':>6s} {'µs a second':>12s} {'× LIF':>7s}")
    for name, times in taken.items():
        ratio = statistics.median(a / b for a, b in zip(times, taken["LIF"], strict=True))
        print(f"{name:18s} {spikes[name]:6d} {1e6 * statistics.median(times):12.0f} {ratio:7.1f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
