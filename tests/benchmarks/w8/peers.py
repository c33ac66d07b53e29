"""Who does W8, and in which words the table says so.

Not here: genn_eventprop needs GeNN, which pip cannot install; ihmehimmeli, the program of the article on the
alpha synapse, is C++ that has to be fetched and patched before it builds, and has no images but MNIST.
PyTorch runs eagerly: `torch.compile` was not tried.
"""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w8.task import shown, wrong

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent
OWN = Peer("jaxsnn, its own neurons", "jaxsnn", "jaxsnn", "peer_jaxsnn", "yin_yang")


def _grid(name: str) -> Peer:
    return Peer("PyTorch, on a grid of 0.1 ms, single precision", "torch", "torch", "peer_torch", name)


def _task(title: str, name: str, ours: str, *more: Peer) -> Task:
    return Task(
        title,
        HERE,
        (
            Peer(f"snnlab, `{ours}`", "", "snnlab-course", "peer_snnlab", name),
            Peer("JAX", "jax", "jax", "peer_jax", name),
            Peer("JAX, single precision", "jax", "jax", "peer_jax", f"{name}_single"),
            Peer("PyTorch", "torch", "torch", "peer_torch", name),
            Peer("PyTorch, single precision", "torch", "torch", "peer_torch", f"{name}_single"),
            *more,
        ),
        wrong(name),
        shown(name),
    )


TASKS = (
    _task(
        "SpikeProp: 100 epochs of XOR, 5 hidden neurons, 16 delays, 4 samples a step",
        "xor",
        "learn_spikeprop",
        _grid("xor_grid"),
    ),
    _task(
        "SpikeProp: 10 epochs of 75 irises, 10 hidden neurons, 16 delays, all samples a step",
        "iris",
        "learn_spikeprop",
        _grid("iris_grid"),
    ),
    _task(
        "The alpha synapse: an epoch of 4992 points of Yin-Yang, 100 hidden neurons, 64 points a step",
        "yin_yang",
        "train_alpha",
        OWN,
    ),
    _task(
        "The alpha synapse: an epoch of 1280 digits of 8 × 8 pixels, 100 hidden neurons, 8 images a step",
        "digits",
        "train_alpha",
    ),
)
