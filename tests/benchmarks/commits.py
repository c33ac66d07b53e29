"""Another commit of the project as one more peer, in the same run as what is on the disk.

The files of the commit are put into the cache folder once, under its hash, and stay there. What runs there is
the commit's own `peer_snnlab.py`, because the names of functions may have changed since, with the Python and
the `task.py` of today: both solve the same problem.
"""

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

from benchmarks.environments import Absent
from benchmarks.race import PROJECT, Peer, Result, Task

__all__ = ["Commit", "commit", "differences", "summary", "with_commits"]

OURS = "snnlab-course"  # the package of the peers that a commit has, too


class Commit(NamedTuple):
    """A commit whose files are on the disk."""

    name: str  # as it was asked for, and the short hash
    tree: Path


def _git(project: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(project), *words], capture_output=True, encoding="utf-8", errors="replace"
        )
    except OSError:
        raise Absent("git is not installed") from None
    if done.returncode:
        raise Absent((done.stderr.strip().splitlines() or ["git said nothing"])[-1][:150])
    return done.stdout.strip()


def commit(revision: str, cache: Path, project: Path = PROJECT) -> Commit:
    """The commit that git knows as `revision`, with its files below `cache`.

    Raises
    ------
    Absent
        If git does not know it, or is not there.
    """
    found = _git(project, "rev-parse", "--verify", "--end-of-options", revision + "^{commit}")
    tree = cache / "commits" / found
    if not tree.is_dir():
        tree.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=tree.parent) as scratch:
            packed, files = Path(scratch) / "commit.zip", Path(scratch) / "files"
            _git(project, "archive", "--format=zip", f"--output={packed}", found)
            with zipfile.ZipFile(packed) as archive:
                archive.extractall(files)
            shutil.move(files, tree)  # last: it says that all files are there
    short = found[:7]
    return Commit(f"commit {short}" if found.startswith(revision) else f"commit {revision}, {short}", tree)


def with_commits(task: Task, commits: list[Commit]) -> Task:
    """The task with the commits' peers, each beside that of today."""
    peers = []
    for peer in task.peers:
        peers.append(peer)
        for there in commits if peer.package == OURS else ():
            peers.append(_then(task, peer, there))
    return task._replace(peers=tuple(peers))


def _then(task: Task, peer: Peer, commit: Commit) -> Peer:
    """The same peer at a commit."""
    file = commit.tree / "tests" / "benchmarks" / task.folder.name / peer.file
    return peer._replace(label=f"{peer.label}, {commit.name}", file=str(file), tree=commit.tree)


def differences(task: Task, result: Result, commit: Commit) -> dict[str, float]:
    """The time of each of our peers today as a multiple of its time at the commit: the least of all runs.

    Whatever else the machine does only adds to a time, so the least of all rounds of all runs comes nearest
    to the call itself.
    """
    found = {}
    for peer in task.peers:
        now, then = (result.figures.get(one) for one in (peer, _then(task, peer, commit)))
        if now is not None and then is not None:
            program = peer.file.removeprefix("peer_").removeprefix("snnlab").strip("_")  # ours, or one in C
            name = " ".join(filter(None, (task.folder.name.upper(), program, peer.function)))
            found[name] = min(now.each_run) / min(then.each_run)
    return found


def summary(commit: Commit, ratios: dict[str, float]) -> str:
    """All ratios to a commit in a sentence, and the largest deviation."""
    if not ratios:
        return f"Nothing was measured at {commit.name}."
    name = max(ratios, key=lambda name: abs(ratios[name] - 1.0))
    listed = ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items())
    deviation = 100.0 * (ratios[name] - 1.0)
    return f"Time today / at {commit.name}: {listed}. The largest deviation is {deviation:+.1f} %, {name}."
