"""Who does W1, and in which words the table says so."""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w1.task import wrong_curve, wrong_trace

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent


def most(answer: dict) -> str:
    """The number of spikes of the neuron that fires most."""
    return f"{max(answer['counts'])} spikes"


TASKS = (
    Task(
        "One move of a slider: potential and spikes of a LIF neuron, 1 s in steps of 0.1 ms",
        HERE,
        (
            Peer("snnlab, `simulate_lif`", "", "snnlab-course", "peer_snnlab", "trace"),
            Peer("loop in Python", "", "numpy", "peer_numpy", "trace"),
            Peer("NEST", "nest", "nest-simulator", "peer_nest", "trace"),
            Peer("Brian2, C++ standalone", "brian2", "brian2", "peer_brian2", "trace_standalone"),
            Peer("Brian2, Cython", "brian2", "brian2", "peer_brian2", "trace_cython"),
            Peer("nengo", "nengo", "nengo", "peer_nengo", "trace"),
            Peer("BrainPy", "brainpy", "brainpy", "peer_brainpy", "trace"),
        ),
        wrong_trace,
        most,
    ),
    Task(
        "An f–I curve: spikes of a LIF neuron at 50 currents, 1 s each (found: at the highest)",
        HERE,
        (
            Peer(
                "snnlab, `simulate_lif_exact`: from spike to spike",
                "",
                "snnlab-course",
                "peer_snnlab",
                "curve_exact",
            ),
            Peer(
                "snnlab, `simulate_lif`: with all potentials",
                "",
                "snnlab-course",
                "peer_snnlab",
                "curve_grid",
            ),
            Peer("loop over time, NumPy", "", "numpy", "peer_numpy", "curve"),
            Peer("NEST", "nest", "nest-simulator", "peer_nest", "curve"),
            Peer("Brian2, C++ standalone", "brian2", "brian2", "peer_brian2", "curve_standalone"),
            Peer("Brian2, Cython", "brian2", "brian2", "peer_brian2", "curve_cython"),
            Peer("nengo", "nengo", "nengo", "peer_nengo", "curve"),
            Peer("BrainPy", "brainpy", "brainpy", "peer_brainpy", "curve"),
        ),
        wrong_curve,
        most,
    ),
)
