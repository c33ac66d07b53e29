"""Who does W6, and in which words the table says so."""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w6.task import wrong_measures, wrong_trains

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent

TASKS = (
    Task(
        "1000 Poisson spike trains of 10 s at 20 Hz",
        HERE,
        (
            Peer(
                "snnlab, `population_spikes`: in order", "", "snnlab-course", "peer_snnlab", "trains_in_order"
            ),
            Peer("snnlab, `poisson_spikes`: drawn one by one", "", "snnlab-course", "peer_snnlab", "trains"),
            Peer("NumPy: sorted by time", "", "numpy", "peer_numpy", "trains_sorted"),
            Peer("NumPy: train by train", "", "numpy", "peer_numpy", "trains"),
            Peer("elephant", "elephant", "elephant", "peer_elephant", "trains"),
        ),
        wrong_trains,
        lambda answer: f"{answer['spikes']} spikes",
    ),
    Task(
        "Rate in bins of 10 ms, CV and Fano factor of these trains",
        HERE,
        (
            Peer("snnlab, `psth`, `cv`, `fano_over_trials`", "", "snnlab-course", "peer_snnlab", "measures"),
            Peer("NumPy", "", "numpy", "peer_numpy", "measures"),
            Peer("elephant", "elephant", "elephant", "peer_elephant", "measures"),
            Peer("pynapple", "pynapple", "pynapple", "peer_pynapple", "measures"),
        ),
        wrong_measures,
        lambda answer: f"CV {answer['cv']:.3f}",
    ),
)
