"""Who does W2, and in which words the table says so."""

from functools import partial
from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w2.task import wrong

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent

OURS = ("", "snnlab-course", "peer_snnlab")
C = ("", "snnlab-course", "peer_c")
BRIAN2 = ("brian2", "brian2", "peer_brian2")
NEST = ("nest", "nest-simulator", "peer_nest")


def task(title: str, model: str, n: int) -> Task:
    """A network of `n` neurons; at 4000 also in double precision, and who takes minutes for more."""
    name = f"{model}_{n}"
    peers = [
        Peer("snnlab, `Network`, single precision", *OURS, name),
        Peer("C, gcc -O3 -march=native -ffast-math, single precision", *C, name),
        Peer("Brian2, C++ standalone, single precision", *BRIAN2, name),
        Peer("the same by the wall clock", *BRIAN2, f"{name}_wall"),
        Peer("NEST", *NEST, name),
    ]
    if n == 4000:
        peers += [
            Peer("snnlab, `Network`, double precision", *OURS, f"{name}_double"),
            Peer("C, single precision, rounded as in a page: -ffp-contract=off", *C, f"{name}_same"),
            Peer("C, double precision", *C, f"{name}_double"),
            Peer("Brian2, C++ standalone, double precision", *BRIAN2, f"{name}_double"),
            Peer("Brian2, Cython", *BRIAN2, f"{name}_cython"),
        ]
    if name == "cuba_4000":
        peers += [
            Peer("nengo", "nengo", "nengo", "peer_nengo", name),
            Peer("BrainPy, single precision", "brainpy", "brainpy", "peer_brainpy", name),
        ]
    return Task(title, HERE, tuple(peers), partial(wrong, model=model), lambda a: f"{a['rate']:.2f} Hz")


LEARNING = Task(
    "4,000 AdEx neurons whose synapses have delays of their own and learn by STDP, 1 s in steps of 0.1 ms",
    HERE,
    (
        Peer(
            "snnlab, `LearningNetwork`: the method of Runge and Kutta",
            "",
            "snnlab-course",
            "peer_snnlab_adex",
            "learns",
        ),
        Peer("Brian2, C++ standalone, Euler's method", "brian2", "brian2", "peer_brian2_adex", "standalone"),
        Peer("Brian2, Cython, Euler's method", "brian2", "brian2", "peer_brian2_adex", "cython"),
    ),
    partial(wrong, model="adex"),
    lambda a: f"{a['rate']:.2f} Hz, weights ± {a['spread']:.4f} of w_max",
)

TASKS = (
    *(
        task(f"{n:,} neurons that keep each other firing, 1 s in steps of 0.1 ms: {kind}", model, n)
        for model, kind in (("cuba", "currents (CUBA)"), ("coba", "conductances (COBA)"))
        for n in (4000, 20_000, 40_000)
    ),
    LEARNING,
)
