"""Who does W3, and in which words the table says so."""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w3.task import wrong

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent

TASKS = (
    Task(
        "STDP: a neuron with 1000 synapses that learn, 20 s in steps of 0.1 ms",
        HERE,
        (
            Peer("snnlab, `compete`", "", "snnlab-course", "peer_snnlab", "learn"),
            Peer("C, gcc -O3 -march=native -ffast-math", "", "snnlab-course", "peer_c", "learn"),
            Peer("Brian2, C++ standalone", "brian2", "brian2", "peer_brian2", "learn"),
            Peer("NEST", "nest", "nest-simulator", "peer_nest", "learn"),
        ),
        wrong,
        lambda answer: f"{answer['spikes']} spikes, mean weight {answer['mean']:.2f}",
    ),
)
