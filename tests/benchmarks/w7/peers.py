"""Who does W7, and in which words the table says so."""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w7.task import wrong

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent

TASKS = (
    Task(
        "A layer of one bit: a 4096 × 4096 matrix of signs times a vector of signs, on one thread",
        HERE,
        (
            Peer("snnlab, `packed_product`", "", "snnlab-course", "peer_snnlab", "packed"),
            Peer("snnlab, with `pack_signs`", "", "snnlab-course", "peer_snnlab", "from_floats"),
            Peer("NumPy, BLAS in single precision", "", "numpy", "peer_numpy", "blas"),
            Peer("NumPy, `bitwise_count`", "", "numpy", "peer_numpy", "count"),
        ),
        wrong,
        lambda answer: f"sum {answer['sum']}",
    ),
)
