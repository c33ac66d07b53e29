"""Who does W5, and in which words the table says so."""

from pathlib import Path

from benchmarks.race import Peer, Task
from benchmarks.w5.task import wrong

__all__ = ["TASKS"]

HERE = Path(__file__).resolve().parent


def shown(answer: dict) -> str:
    """The number of spikes, and that the registers are right."""
    spikes = "" if answer["spikes"] < 0 else f"{answer['spikes']} spikes, "
    return f"{spikes}every register"


TASKS = (
    Task(
        "Loihi: 10,000 compartments in whole numbers, 1000 steps",
        HERE,
        (
            Peer("snnlab, `simulate_spikes`", "", "snnlab-course", "peer_snnlab", "run"),
            Peer(
                "snnlab, `simulate_compartments`: with all registers",
                "",
                "snnlab-course",
                "peer_snnlab",
                "run_all",
            ),
            Peer("C, gcc -O3 -march=native", "", "snnlab-course", "peer_c", "run"),
            Peer("loop over time, NumPy", "", "numpy", "peer_numpy", "run"),
            Peer("brian2-loihi, Cython", "brian2_loihi", "brian2-loihi", "peer_brian2_loihi", "run"),
            Peer("nengo-loihi, its emulator", "nengo_loihi", "nengo-loihi", "peer_nengo_loihi", "run"),
            Peer("lava, fixed point", "lava", "lava-nc", "peer_lava", "run"),
        ),
        wrong,
        shown,
    ),
)
