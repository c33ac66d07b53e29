"""Exercise 28.2, calculate then verify: energy and time of a run, from what it counted."""

import numpy as np

from snnlab.course.exercises.kinds import Mistake, Number
from snnlab.loihi.mapping.energy import BARRIER_ONE, LOIHI, Work, chip_energy

__all__ = ["JOULES"]

_WORK = Work(steps=100, cores=1, synaptic_ops=12_000, active=10_000, inactive=1_000, messages=200)


def _answers(work: Work) -> np.ndarray:
    """Energy in µJ, the share of synaptic operations in per cent, time in µs."""
    energy = chip_energy(work)
    share = 100.0 * work.synaptic_ops * LOIHI["synaptic_ops"].energy * 1e-12 / energy.total
    return np.array([1e6 * energy.total, share, 1e6 * energy.time])


_RIGHT = _answers(_WORK)  # 1.146 µJ, 24.7 %, 142.6 µs
_ALL_ACTIVE = _answers(_WORK._replace(active=11_000, inactive=0))
_NO_UPDATES = _answers(_WORK._replace(active=0, inactive=0))

JOULES = Number(
    id="28.2",
    title="What a digit costs",
    statement=(
        "A network on one core needs 100 steps for a digit. It was counted: 12,000 synaptic operations (23.6 "
        "pJ, 3.5 ns each), 10,000 updates of active compartments (81 pJ, 8.4 ns), 1,000 of inactive ones "
        "(52 pJ, 5.3 ns) and 200 spikes within the tile (1.7 pJ; they hold nobody up). A step ends with a "
        "barrier of 113 ns. How much energy is that at least, in µJ? How much of it do the synaptic "
        "operations take, in per cent? And how long does the digit take, in µs?"
    ),
    stub="cost = [..., ..., ...]  # µJ, %, µs",
    variable="cost",
    labels=("Energy, in µJ", "Share, in %", "Time, in µs"),
    tolerance=0.012,
    solution=_RIGHT,
    next_step=(
        "Three quarters of it are updates of compartments, which happen whether anybody fires or not. What "
        "would you change, the number of spikes or the number of steps?"
    ),
    mistakes=(
        Mistake(
            "all compartments active",
            _ALL_ACTIVE,
            "You counted every update as active. A thousand of them met a compartment at rest and cost less.",
        ),
        Mistake(
            "synapses only",
            _NO_UPDATES,
            "These are synapses and spikes only. The chip visits every compartment in every step.",
        ),
        Mistake(
            "share of the updates",
            np.array([_RIGHT[0], 100.0 - _RIGHT[1], _RIGHT[2]]),
            "Energy and time are right; this is the share of all the rest. What share do the synaptic "
            "operations have?",
        ),
        Mistake(
            "barrier forgotten",
            np.array([_RIGHT[0], _RIGHT[1], _RIGHT[2] - _WORK.steps * BARRIER_ONE * 1e-3]),
            "Energy and share are right. At the end of each of the 100 steps the cores wait for one another.",
        ),
        Mistake(
            "in nanojoules",
            np.array([1e3 * _RIGHT[0], _RIGHT[1], _RIGHT[2]]),
            "The energy is a thousand times too large: a million pJ are one µJ.",
        ),
        Mistake(
            "share as a fraction",
            np.array([_RIGHT[0], _RIGHT[1] / 100.0, _RIGHT[2]]),
            "All is right, but the share is wanted in per cent.",
        ),
    ),
)
