"""Who does W9, and in which words the table says so."""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w9.task import wrong

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent

TASKS = (
    Task(
        "A GLM neuron fitted to 100,000 bins with 30 columns",
        HERE,
        (
            Peer("snnlab, `fit_glm`", "", "snnlab-course", "peer_snnlab", "fit"),
            Peer("nemos, LBFGS in double precision", "nemos", "nemos", "peer_nemos", "fit"),
        ),
        wrong,
        lambda answer: f"intercept {answer['intercept']:.4f}",
    ),
)
