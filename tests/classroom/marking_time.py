"""How long the marking of a class takes, and how busy the machine was meanwhile.

    python tests/classroom/marking_time.py [--students 120]

The class is that of `test_whole_class.py`, handed out and handed in anew in a folder that is forgotten; only
the marking is timed. A figure means something where others took next to nothing of the machine.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # pytest does it by itself

from classroom.whole_class import given_to, hand_in_all, people

from snnlab.course.classroom.assessment.marking import mark_class
from snnlab.course.classroom.handout.assigning import assign
from snnlab.course.classroom.key import read_key
from snnlab.course.classroom.roster import Student, write_roster

PART = "part1"
_SEED = 2026
_WINDOW = 3.0  # s


class Measured(NamedTuple):
    """One marking."""

    hand_ins: int
    seconds: float
    others: tuple[float, float]
    """Which share of all cores somebody else took, just before it and just after; NaN if nobody tells."""
    load: tuple[float, float]
    """How many wanted to run in the minute before it, and in its last."""

    def __str__(self) -> str:
        each = f"{self.seconds:.0f} s, {self.seconds / self.hand_ins:.2f} s a hand-in"
        busy = " and ".join(f"{share:.0%}" for share in self.others)
        load = " and ".join(f"{number:.1f}" for number in self.load)
        return (
            f"{self.hand_ins} hand-ins of {PART} in {each}, on {os.cpu_count()} cores; before and after it "
            f"others took {busy} of them, and the load was {load}"
        )


def measure(number: int, folder: Path) -> Measured:
    """Hand out, hand in and mark.

    Parameters
    ----------
    number : int
        Of students, of whom some hand in nothing that is marked.
    folder : Path
        An empty one.
    """
    class_, class_folder = people(number), folder / "class"
    write_roster(folder / "roster.csv", [Student(one.id, f"{one.first} {one.last}") for one in class_])
    assign(PART, str(folder / "roster.csv"), _SEED, str(class_folder))
    given = given_to(class_folder, read_key(class_folder)["students"])
    hand_ins = hand_in_all(class_, given, class_folder / "submitted")
    load, others, start = _load(), _share_of_others(), time.monotonic()
    failed = mark_class(class_folder)
    seconds = time.monotonic() - start
    assert not failed
    return Measured(hand_ins, seconds, (others, _share_of_others()), (load, _load()))


def _share_of_others() -> float:
    """Which share of all cores is taken while this process does nothing."""
    before = _busy()
    time.sleep(_WINDOW)
    return (_busy() - before) / _WINDOW / (os.cpu_count() or 1)


def _busy() -> float:
    """How long all cores together have computed since the machine began, s."""
    try:
        words = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    except OSError:
        return float("nan")
    user, nice, system, _, _, *rest = map(int, words)  # without the time in which they were idle
    return (user + nice + system + sum(rest)) / 100  # Linux tells every program hundredths


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")


def main() -> None:
    """Measure and print one line."""
    command = argparse.ArgumentParser(description="Time the marking of a class.")
    command.add_argument("--students", type=int, default=120, help="120 by default")
    given = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(measure(given.students, Path(folder)))


if __name__ == "__main__":
    main()
