"""How long `snnlab` and other tools take for the same task, side by side in one run.

    python tests/benchmarks/compare.py [--runs 3] [--task TEXT] [--only TEXT] [--write book/speed.md]

Each tool gets an environment of its own in the cache folder of the user, made the first time; one that
cannot be had is named and left out. Each then runs in a process that stays alive and is asked in turn with
the others, five times. A figure is the least CPU time of a call, the programs that it starts included and
compiling left out; it and the ratio are the medians of three such runs. Every answer is compared with a
closed form first. Ctrl-C ends it, and what was measured until then is printed. `--write` puts the tables
into a file, between two lines that mark the place; the table of a task that was not measured stays as it was.

    python tests/benchmarks/compare.py --only commit --commit HEAD [--commit REV]

asks what a change has done to our own times: the functions of `snnlab` at a commit take turns with those on
the disk, and no other tool is started. Below each table stands our least time as a multiple of that at the
commit, and at the end all of them in a line, with the largest deviation. They are for reading: no test judges
a time.

A workload is a folder `wN`: `task.py` with its numbers and the check of an answer, `peer_NAME.py` with what
one tool does (`worker.py` says how it is called), and `peers.py` with the TASKS that are measured. A tool
that has to be installed needs `requirements/NAME.txt`.
"""

import argparse
import datetime
import importlib
import os
import platform
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # pytest does it by itself

from benchmarks.commits import OURS, Commit, commit, differences, summary, with_commits  # noqa: E402
from benchmarks.environments import Absent, cache_folder, python_of  # noqa: E402
from benchmarks.race import Peer, Result, Task, race  # noqa: E402

__all__ = ["duration", "into", "main", "table", "tasks"]

OFTEN = 25, 0.1  # rounds, and s of each: with a commit, where hundredths are looked at
BEGIN, END = "<!-- made by tests/benchmarks/compare.py, from here -->", "<!-- to here -->"


def tasks() -> list[Task]:
    """What is measured: the tasks of every workload."""
    files = sorted(HERE.glob("w*/peers.py"))
    return [
        task
        for file in files
        for task in importlib.import_module(f"benchmarks.{file.parent.name}.peers").TASKS
    ]


def duration(seconds: float) -> str:
    """A time with two or three digits and its unit."""
    unit, size = next(((u, s) for u, s in (("s", 1.0), ("ms", 1e-3)) if seconds >= s), ("µs", 1e-6))
    return f"{digits(seconds / size)} {unit}"


def digits(number: float) -> str:
    """A number with two digits, or more before its point."""
    return f"{number:.0f}" if number >= 9.95 else f"{number:.1f}"


def table(task: Task, result: Result) -> str:
    """The figures as Markdown; below it, who is missing and why."""
    lines = [f"## {task.title}", ""]
    if result.figures:
        lines += ["| tool | CPU time | ratio | found |", "|:--|--:|--:|--:|"]
    for peer, found in result.figures.items():
        cells = (peer.label, duration(found.seconds), digits(found.ratio), task.shown(found.answer))
        lines.append(f"| {' | '.join(cells)} |")
    for peer, reason in result.left_out.items():
        lines += ["", f"Left out: {peer.label}, {reason.rstrip('.')}."]
    if result.interrupted:
        lines += [
            "",
            f"Interrupted: the medians of {result.runs} runs."
            if result.runs
            else "Interrupted in the first run.",
        ]
    return "\n".join(lines)


def versions(result: Result) -> str:
    """Each package with its version and that of its Python, once."""
    found = {}
    for peer, figures in result.figures.items():
        python, version = (figures.versions[name] for name in ("Python", peer.package))
        found.setdefault(peer.package, f"{peer.package} {version} (Python {python})")
    return ", ".join(found.values())


def machine() -> str:
    """The processor and the system in a few words."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8")
        name = re.search(r"^model name\s*: (.+)", lines, re.M)[1]
    except (OSError, TypeError):  # no Linux, or a processor that has no such line
        pass
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def into(text: str, title: str, block: str, order: list[str]) -> str:
    """`text` with the `block` of a title between its two marks; the others there stay if `order` has them."""
    head, begin, rest = text.partition(BEGIN)
    old, end, tail = rest.partition(END)
    if not end:
        raise ValueError(f"the file must have the lines {BEGIN} and {END}")
    _, *parts = re.split(r"^## (.+)$", old, flags=re.M)
    pairs = zip(parts[::2], parts[1::2], strict=True)
    there = {name: f"## {name}{body}".strip() for name, body in pairs}
    shown = there | {title: block}
    whole = "\n\n".join(shown[title] for title in order if title in shown)
    return f"{head}{begin}\n\n{whole}\n\n{end}{tail}"


def main(arguments: list[str]) -> int:
    """Measure and print."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--runs", type=int, default=3, help="the median of so many runs is printed")
    words.add_argument("--task", default="", help="only the tasks with this text in their title")
    words.add_argument("--only", default="", help="only the tools with this text in their name, and ours")
    words.add_argument("--commit", action="append", default=[], help="take snnlab at this commit, too")
    words.add_argument("--cache", type=Path, default=cache_folder(), help="where the environments are")
    words.add_argument("--write", type=Path, help="a file to put the tables into")
    asked = words.parse_args(arguments)
    if asked.write and (asked.only or asked.commit):
        words.error("--write is for all tools and for nothing else: leave --only and --commit out")
    try:
        commits = [commit(revision, asked.cache) for revision in asked.commit]
    except Absent as reason:
        words.error(f"there is no such commit: {reason}")

    def python(peer: Peer) -> Path:
        file = Path(f"{peer.file}.py")
        if file.is_absolute() and not file.is_file():
            raise Absent(f"which has no {file.relative_to(peer.tree).as_posix()}")
        return python_of(peer.environment, asked.cache) if peer.environment else Path(sys.executable)

    complete = True
    ratios: dict[Commit, dict[str, float]] = {there: {} for there in commits}
    for task in tasks():
        if asked.task.lower() not in task.title.lower():
            continue
        task = with_commits(task, commits)
        peers = (p for p in task.peers if p.package == OURS or asked.only.lower() in p.label.lower())
        task = task._replace(peers=tuple(peers))
        result = race(task, python, asked.runs, *(OFTEN if commits else ()))
        measured = f"{datetime.date.today():%d %B %Y}, {machine()}; {versions(result)}."
        block = f"{table(task, result)}\n\n{measured}"
        for there in commits:
            found = differences(task, result, there)
            ratios[there] |= found
            block += f"\n\n{summary(there, found)}"
        print(block, flush=True, end="\n\n")
        if result.runs != asked.runs:
            complete = False
            break
        if asked.write:
            text = asked.write.read_text(encoding="utf-8")
            text = into(text, task.title, block, [task.title for task in tasks()])
            asked.write.write_text(text, encoding="utf-8", newline="\n")
    for there, found in ratios.items():
        print(summary(there, found), flush=True)
    return 0 if complete else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
