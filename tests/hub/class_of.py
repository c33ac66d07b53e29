"""A whole class on a hub at once, and how long it waited.

    python tests/hub/class_of.py --students 30 --browsers 3 [--python OTHER] [--write book/class/hub.md]

Everybody logs in, starts a server, fetches the course, opens chapter 2, runs it, moves a panel, answers an
exercise and hands in a notebook of part 1, which is then collected from the homes. ``--python`` is
that of the students, if the course was installed for them as the recipe says; ours has the tests' tools
besides. ``--write`` puts the table into a page.
"""

import argparse
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from chromium import launch
from hub.course_repository import served
from hub.in_browser import go_through
from hub.real_hub import PATIENCE, Hub
from hub.student import CHAPTER, Student
from tree import ROOT

from snnlab.course import cli

__all__ = ["Report", "a_class", "hand_out", "warm"]

STEPS = ("log in", "start the server", "fetch the course", "open a chapter", "run it", "move a panel",
         "answer an exercise", "hand in")  # fmt: skip
BEGIN, END = "<!-- made by tests/hub/class_of.py, from here -->", "<!-- to here -->"


class Report:
    """How long the students waited, and what their processes took then: all, and the kernel alone."""

    def __init__(
        self,
        students: list[Student],
        in_browser: list[Student],
        memory: dict[str, tuple[float, float]],
        handed: int,
    ):
        self.students, self.in_browser, self.memory, self.handed = students, in_browser, memory, handed

    def seconds(self, step: str) -> np.ndarray:
        return np.array([student.took[step] for student in self.students])

    def table(self) -> str:
        lines = [
            "| step | half waited less than | 95 of 100 less than | nobody longer than |",
            "|:--|--:|--:|--:|",
        ]
        for step in STEPS:
            a, b, c = np.percentile(self.seconds(step), [50, 95, 100])
            lines.append(f"| {step} | {a:.1f} s | {b:.1f} s | {c:.1f} s |")
        taken, kernel = np.array([self.memory[student.name] for student in self.students]).T / 1e6
        shared = f"{np.median(taken):.0f} MB a student, at most {taken.max():.0f} MB"
        shared += f", of which the chapter's kernel has {np.median(kernel):.0f} MB"
        who = f"{len(self.students)} by the interface and {len(self.in_browser)} in Chromium"
        text = f"{who}, {os.cpu_count()} cores: {shared}."
        if self.in_browser:
            there, ran, moved = (
                max(one.took[step] for one in self.in_browser)
                for step in ("server, course and chapter", "run it", "move a panel")
            )
            text += (
                f" In Chromium the slowest had the chapter {there:.0f} s after the password, had run it in"
            )
            text += f" {ran:.0f} s more, and saw a panel answer ten keys in {moved:.1f} s."
        return "\n".join([*lines, "", text])


RUN = """
import sys, nbformat
from nbclient import NotebookClient
NotebookClient(nbformat.read(sys.argv[1], as_version=4), timeout=600, kernel_name="python3").execute()
"""


def warm(python: str = sys.executable) -> None:
    """What `snnlab warmup` does for all chapters, for the one that they open: as root, before they come."""
    environ = dict(os.environ) if python == sys.executable else {**os.environ, "PYTHONPATH": ""}
    subprocess.run([python, "-c", RUN, ROOT / CHAPTER], check=True, env=environ)


def hand_out(folder: Path, names: list[str], homes: Path) -> Path:
    """Part 1 for everybody, as the teacher's page has it, and then into their homes."""
    roster = folder / "roster.csv"
    rows = [f"{name},{name.title()} Lovelace,{name}@uni.example\n" for name in names]
    roster.write_text("id,name,email\n" + "".join(rows), encoding="utf-8")
    target = folder / "class" / "part1"
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()):
        assert cli.main(["assign", "part1", "--roster", "roster.csv"]) == 0
        assert by_homes("give", target, homes) == 0
    return target


def by_homes(what: str, target: Path, homes: Path) -> int:
    """The script of the recipe."""
    command = [sys.executable, str(ROOT / "hub" / "homes.py"), what, str(target), "--homes", f"{homes}/{{}}"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8")
    print(done.stdout, done.stderr)
    return done.returncode


def collect(folder: Path, target: Path, homes: Path) -> str:
    """What the teacher's commands say of what lies in the homes."""
    said = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(said):
        assert by_homes("take", target, homes) == 0
        assert cli.main(["collect", "handed-in/part1", "--class", "class/part1"]) == 0
    return said.getvalue()


def hand_in(student: Student) -> None:
    with student.step("hand in"):
        notebook = student.read("part1/part1.ipynb")
        cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
        cell["source"] = "".join(cell["source"]) + "\n# I was here"
        student.write("part1/part1.ipynb", notebook)


def by_interface(student: Student, repository: str, all_ran: threading.Barrier, memory: dict) -> None:
    try:
        _by_interface(student, repository, all_ran, memory)
    except BaseException:
        all_ran.abort()  # nobody waits for one who will not come
        raise


def _by_interface(student, repository, all_ran, memory):
    student.log_in()
    student.start_server()
    student.pull(repository)
    notebook, kernel = student.open(f"course/{CHAPTER}")
    panel = student.run_chapter(notebook, kernel)
    student.move(panel)
    student.answer(kernel)
    all_ran.wait()
    memory[student.name] = student.hub.memory(student.name), student.hub.memory(student.name, "ipykernel")
    all_ran.wait()
    student.write(f"course/{CHAPTER}", notebook)
    hand_in(student)


def in_chromium(student: Student, repository: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        go_through(page, student, repository)
        browser.close()


def a_class(hub: Hub, names: list[str], browsers: list[str]) -> Report:
    """All of them at once. Whoever fails, fails the class."""
    target = hand_out(hub.folder / "hub", names, hub.folder / "homes")
    students, others = ([Student(hub, name) for name in some] for some in (names, browsers))
    memory: dict[str, tuple[float, float]] = {}
    all_ran = threading.Barrier(len(students), timeout=4 * PATIENCE)
    with served(hub) as course, ThreadPoolExecutor(len(students) + len(others)) as pool:
        works = [pool.submit(by_interface, one, course.address, all_ran, memory) for one in students]
        works += [pool.submit(in_chromium, one, course.address) for one in others]
        failed = []
        for work in works:
            if (error := work.exception()) is not None:
                failed.append(error)
    if failed:
        first = next((one for one in failed if not isinstance(one, threading.BrokenBarrierError)), failed[0])
        raise AssertionError(f"{len(failed)} of {len(works)} failed") from first
    said = collect(hub.folder / "hub", target, hub.folder / "homes")
    handed = len(list((target / "submitted").glob("*/part1.ipynb")))
    assert handed == len(students), said
    return Report(students, others, memory, handed)


def main(given: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--browsers", type=int, default=3)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args(given)
    names = [f"s{k:02}" for k in range(1, asked.students - asked.browsers + 1)]
    browsers = [f"b{k}" for k in range(1, asked.browsers + 1)]
    begin = time.monotonic()
    warm(asked.python)
    print(f"the chapter is compiled after {time.monotonic() - begin:.0f} s", flush=True)
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        with Hub(Path(place), names + browsers, python=asked.python) as hub:
            report = a_class(hub, names, browsers)
    table = report.table()
    print(table)
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        new = f"{BEGIN}\n\n{table}\n\n{END}"
        asked.write.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: new, text, flags=re.S), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
