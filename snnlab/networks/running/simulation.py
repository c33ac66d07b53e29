"""A run in parts: between two of them it is told how far it is, and Ctrl-C is heard.

A kernel cannot be interrupted, and has no room for more spikes than it was given. So it is called for a part
of the steps, and called again. What it did so far is kept in any case.
"""

import signal
import threading
from collections.abc import Callable
from time import perf_counter
from types import FrameType
from typing import Any

import numpy as np

from snnlab.networks.cells.cells import Cells, NetworkState
from snnlab.networks.running.events import Events
from snnlab.networks.running.loop import Given, Recording, go_on
from snnlab.networks.running.one_delay import Fans, go_on_with_one_delay
from snnlab.networks.running.poisson_drive import OFTEN, Drives
from snnlab.networks.running.shared_loop import go_on_in_threads
from snnlab.networks.running.shares import Shares, cells_cut, workspace
from snnlab.networks.running.short_term_delivery import ShortTerm
from snnlab.networks.running.threads import at_most
from snnlab.progress import Bar

__all__ = [
    "Loop",
    "general_loop",
    "loop_in_threads",
    "loop_of_one_delay",
    "not_finite",
    "simulated",
    "work_of_a_step",
]

PART = 100_000_000
"""Neurons times steps of a part: a tenth of a second of those that are moved fastest."""

A_STEP, A_COUNT, A_DATE = 1000, 10, 40
"""As many neurons take as long as a step without any, a driven neuron whose spikes are counted, and a spike
of a drive that has a date. To count one spike more takes as long as one neuron."""

LONGEST_WAIT = 0.5
"""Seconds that Ctrl-C may have to wait; where a part took longer, the next one has fewer steps."""

_MOVED = ("v", "excitation", "inhibition", "adaptation", "x_e", "x_i")
"""What a neuron is between two steps: a spike resets a potential, but no current."""

Loop = Callable[[int, Recording], int]
"""Does up to so many steps, fills in what is recorded, and returns how many spikes that were."""


class Interrupts:
    """While it is entered, Ctrl-C is not raised but noted, so that nothing is lost half-way."""

    pressed = False

    def __enter__(self) -> "Interrupts":
        self.heard = threading.current_thread() is threading.main_thread()  # no other thread gets it
        if self.heard:
            self.before = signal.signal(signal.SIGINT, self.note)
        return self

    def note(self, _number: int, _frame: FrameType | None) -> None:
        """Somebody pressed Ctrl-C."""
        self.pressed = True

    def __exit__(self, *_: object) -> None:
        if self.heard:
            signal.signal(signal.SIGINT, self.before)


def general_loop(
    state: NetworkState, cells: Cells, events: Events, short_term: ShortTerm, drives: Drives, given: Given
) -> Loop:
    """The loop that runs every network."""
    ids = np.empty(state.v.size, np.int32)

    def loop(steps: int, recording: Recording) -> int:
        return go_on(steps, state, cells, events, short_term, drives, given, recording, ids)

    return loop


def loop_of_one_delay(state: NetworkState, cells: Cells, fans: Fans, drives: Drives) -> Loop:
    """The fastest loop of one thread."""

    def loop(steps: int, recording: Recording) -> int:
        ends = np.empty(steps, np.int64)
        return go_on_with_one_delay(steps, state, cells, fans, drives, recording, ends)

    return loop


def loop_in_threads(state: NetworkState, cells: Cells, fans: Fans, shares: Shares, drives: Drives) -> Loop:
    """The same for as many threads as there are shares."""
    cut, own = cells_cut(cells, shares.neurons), workspace(state, cells, fans, shares)
    moving = state._replace(learned=0)  # the same arrays, and no tuple within the tuple

    def loop(steps: int, recording: Recording) -> int:
        ends = np.empty(steps, np.int64)
        with at_most(len(shares.begin)):
            return go_on_in_threads(steps, moving, cut, fans, shares, drives, recording, ends, own)

    return loop


def work_of_a_step(n: int, drives: Drives, given: Given, fan: float) -> float:
    """How much a step has to do besides what its own spikes bring, in neurons that are moved.

    `fan` is how many synapses a spike goes through.
    """
    often = drives.per_step >= OFTEN * drives.n
    of_drives = np.where(often, A_COUNT * drives.n + drives.per_step, A_DATE * drives.per_step).sum()
    of_given = given.ids.size * (1.0 + fan) / (1.0 + np.ptp(given.steps)) if given.ids.size else 0.0
    return n + A_STEP + float(of_drives) + of_given


def simulated(
    steps: int,
    state: NetworkState,
    loop: Loop,
    work: float,
    watched: np.ndarray,
    variables: np.ndarray,
    progress: bool,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The steps and the ids of all spikes, and the recorded values; `loop` moves `state` on.

    `work` is that of a step.

    The values have a column for each of `watched` and `variables`, as in `Recording`; after Ctrl-C there are
    fewer steps.
    """
    n, begin = state.v.size, int(state.step[0])
    most = max(1, min(steps, int(PART / work)))
    values = np.empty((steps, watched.size))
    room = max(4 * n, 1 << 16)
    who_fired = np.empty(room, np.int64), np.empty(room, np.int32)
    written: list[Any] = []
    bar = Bar(steps if progress else 0)
    with Interrupts() as interrupts:
        done, part = 0, most
        while done < steps and not interrupts.pressed:
            recording = Recording(*who_fired, watched, variables, values[done:])
            before, since = done, perf_counter()
            found = loop(min(part, steps - done), recording)
            written.append((recording.steps[:found].copy(), recording.ids[:found].copy()))
            done = int(state.step[0]) - begin
            if took := perf_counter() - since:
                part = max(1, min(most, int(LONGEST_WAIT / took * (done - before))))
            bar.show(done, "simulated", f"{done * state.dt:.0f} ms")
        bar.end()
    if left := not_finite(state):
        raise ValueError(f"currents and weights must be smaller: what left the range of numbers is {left}")
    when, who = (np.concatenate(column) for column in zip(*written, strict=True)) if written else _nothing()
    return when, who, values[:done]


def not_finite(state: NetworkState) -> str:
    """The first value of a neuron that is not a finite number, in words; empty if there is none."""
    for name in _MOVED:
        values = getattr(state, name)
        finite = np.isfinite(values)
        if not finite.all():
            return f"{name} of neuron {finite.argmin()}, {values[finite.argmin()]:g}"
    return ""


def _nothing() -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(0, np.int64), np.zeros(0, np.int32)
