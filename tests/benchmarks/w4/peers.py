"""Who does W4, and in which words the table says so."""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w4.task import wrong

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent


def _task(title: str, name: str) -> Task:
    return Task(
        title,
        HERE,
        (
            Peer("snnlab, `training_epochs`", "", "snnlab-course", "peer_snnlab", name),
            Peer("JAX", "jax", "jax", "peer_jax", name),
            Peer("PyTorch", "torch", "torch", "peer_torch", name),
            Peer("PyTorch, compiled step", "torch", "torch", "peer_torch", f"{name}_compiled"),
            Peer("spyx", "spyx", "spyx", "peer_spyx", name),
            Peer("snnTorch", "snntorch", "snntorch", "peer_snntorch", name),
            Peer("Norse", "norse", "norse", "peer_norse", name),
            Peer("SpikingJelly", "spikingjelly", "spikingjelly", "peer_spikingjelly", name),
        ),
        wrong(name),
        lambda answer: f"loss {answer['loss']:.3f}",
    )


TASKS = (
    _task(
        "A step of surrogate-gradient training: 100 inputs at 5 Hz, 100 hidden neurons, 200 steps", "sparse"
    ),
    _task("The same: 784 inputs that fire once or not at all, 100 hidden neurons, 100 steps", "latency"),
    _task("The same: 784 inputs that fire in a tenth of the steps, 100 hidden neurons, 100 steps", "rate"),
)
