"""Control groups: where they can be made, what they limit, and that a process is really in one."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from classroom.played_groups import played_branch
from needs import need

from snnlab.course.classroom.sandbox import groups, student_pipe
from snnlab.course.classroom.sandbox.choosing import trouble
from snnlab.course.classroom.sandbox.groups import VARIABLE, Group, enter, find_branch
from snnlab.course.classroom.sandbox.isolation import Bubblewrap, NoIsolation, ways
from snnlab.course.classroom.sandbox.limits import Limits
from snnlab.course.classroom.sandbox.running import Ask, Source, run
from snnlab.course.other_process.outside import Stopped

MOUNTS = "24 1 0:22 / /proc rw - proc proc rw\n30 24 0:26 {root} {top} rw,nosuid - cgroup2 cgroup2 rw\n"


def tree(folder, own, lent, root="/"):
    """What the kernel tells of a tree in `folder`, whose groups lend their children what `lent` says."""
    process, top = folder / "self", folder / "tree"
    process.mkdir()
    for name, controllers in lent.items():
        group = top / name
        group.mkdir(parents=True, exist_ok=True)
        (group / "cgroup.subtree_control").write_text(controllers, encoding="ascii")
        (group / "cgroup.procs").write_text("", encoding="ascii")
    (process / "mountinfo").write_text(MOUNTS.format(top=top, root=root), encoding="utf-8")
    (process / "cgroup").write_text(f"8:pids:/\n0::{own}\n", encoding="utf-8")
    return process, top


def test_the_nearest_branch_is_taken_that_limits_memory_and_tasks(tmp_path):
    lent = {"": "cpu memory pids", "user": "memory pids", "user/session": "cpu", "user/session/own": ""}
    process, top = tree(tmp_path, "/user/session/own", lent)
    assert find_branch(process) == top / "user"
    (top / "user" / "cgroup.subtree_control").write_text("memory", encoding="ascii")
    assert find_branch(process) == top


def test_where_only_a_branch_is_seen_paths_begin_there(tmp_path):
    process, top = tree(tmp_path, "/box/own", {"": "memory pids", "own": ""}, root="/box")
    assert find_branch(process) == top
    (process / "cgroup").write_text("0::/elsewhere\n", encoding="utf-8")
    assert find_branch(process) is None


@pytest.mark.parametrize("told", ["", "0::/\n", "3:memory:/\n"])
def test_where_nobody_lends_a_branch_there_is_none(tmp_path, told):
    process, _ = tree(tmp_path, "/", {"": "cpu io"})
    (process / "cgroup").write_text(told, encoding="utf-8")
    assert find_branch(process) is None
    assert find_branch(tmp_path / "nothing") is None


def test_a_branch_that_cannot_be_written_is_none(tmp_path, monkeypatch):
    process, top = tree(tmp_path, "/own", {"": "memory pids", "own": "memory pids"})
    closed, real = top / "own" / "cgroup.procs", os.access
    monkeypatch.setattr(groups.os, "access", lambda place, how: place != closed and real(place, how))
    assert find_branch(process) == top


@pytest.fixture
def told(monkeypatch):
    """A kernel that takes every word and remembers it."""
    words = {}
    monkeypatch.setattr(groups, "_say", lambda file, word: words.__setitem__(Path(file).name, word))
    return words


def test_a_group_has_the_limits_of_a_submission_and_is_taken_away(tmp_path, told):
    limits = Limits()
    group = Group(tmp_path, limits)
    assert group.folder.parent == tmp_path and group.folder.is_dir()
    assert told["memory.max"] == limits.together and told["memory.swap.max"] == 0
    assert limits.processes < told["pids.max"] < 2 * limits.processes
    group.close()
    assert told["cgroup.kill"] == 1 and not group.folder.exists()


def test_a_kernel_that_takes_no_limit_is_an_error_and_leaves_nothing(tmp_path):
    with pytest.raises(OSError, match=r"memory\.max"):
        Group(tmp_path, Limits())
    assert list(tmp_path.iterdir()) == []


def test_what_the_kernel_says_of_a_group_is_read(tmp_path, told):
    group = Group(tmp_path, Limits())
    assert not group.overrun() and not group.holds(7)
    (group.folder / "cgroup.procs").write_text("5\n17\n", encoding="ascii")
    assert group.holds(17) and not group.holds(7)
    for kills in ("0", "2"):
        (group.folder / "memory.events").write_text(f"max 9\noom 1\noom_kill {kills}\n", encoding="ascii")
        assert group.overrun() == (kills == "2")


def test_the_program_that_enters_tells_nobody_where(tmp_path, monkeypatch):
    (tmp_path / "cgroup.procs").write_text("", encoding="ascii")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    enter()
    assert (tmp_path / "cgroup.procs").read_text(encoding="ascii") == str(os.getpid())
    assert VARIABLE not in os.environ
    enter()  # in none


def test_a_way_with_a_group_is_tried_before_the_one_without(monkeypatch):
    found = ways([])
    if not found:
        pytest.skip("bubblewrap is not installed")
    monkeypatch.setattr("snnlab.course.classroom.sandbox.isolation.find_branch", lambda: Path("branch"))
    assert [way.branch for way in ways([])] == [Path("branch"), None]
    assert len({way.name for way in ways([])}) == 2


class InGroup(NoIsolation):
    """A process that nothing shuts in, with a group that `tmp_path` plays."""

    def __init__(self, branch):
        super().__init__()
        self.branch = branch


def test_a_process_that_is_not_in_its_group_does_not_count(tmp_path, told):
    assert trouble(InGroup(tmp_path), Limits()) == "its control group does not hold it"
    assert list(tmp_path.iterdir()) == []
    assert "control group" not in trouble(NoIsolation(), Limits())


def test_what_the_kernel_kills_for_its_memory_was_not_an_exit(tmp_path, told, monkeypatch):
    monkeypatch.setattr(Group, "holds", lambda self, process: True)
    for overrun, reason in ((True, "memory"), (False, "died")):
        monkeypatch.setattr(Group, "overrun", lambda self, overrun=overrun: overrun)
        with (
            student_pipe.StudentPipe(InGroup(tmp_path), Limits()) as pipe,
            pytest.raises(Stopped, match=reason),
        ):
            pipe.ask({"do": "cell", "cell": 0, "source": "import os; os._exit(1)"}, [], 20.0)


@pytest.fixture(params=["the kernel's", "played"])
def branch(request, tmp_path):
    """The kernel's branch where there is one, and everywhere one that a thread plays."""
    need(sys.platform == "linux", "control groups are Linux's")
    if request.param == "played":
        with played_branch(tmp_path) as folder:
            yield folder
        return
    found = find_branch()
    if found is None:
        pytest.skip("nobody has lent this process a branch of a tree of control groups (cgroup v2)")
    yield found


BEYOND = """
import time
held = []
for _ in range(90):  # 0.9 GB
    held.append(bytearray(10**7))
    time.sleep(0.02)
time.sleep(1)
x = 1
"""


@pytest.mark.slow
def test_the_kernel_counts_what_is_in_a_group(branch, isolation, monkeypatch):
    """With more addresses than memory allowed; the marking side, which counts as well, is made blind."""
    need(isinstance(isolation, Bubblewrap), "nothing shuts code in here")
    seen = student_pipe.usage
    monkeypatch.setattr(student_pipe, "usage", lambda *ids: seen(*ids)._replace(memory=0))
    way = Bubblewrap((), branch)
    assert trouble(way, Limits()) == ""
    limits = Limits()._replace(memory=6 * 2**30, together=450 * 2**20)
    sources = [Source(BEYOND, "a"), Source("y = 1", "b")]
    came = run(sources, [Ask("a", "x"), Ask("b", "y")], limits, way)
    assert came.cells == {0: "memory"} and came.answers["b"].replies[0].value == 1
    assert not list(branch.glob(f"snnlab-{os.getpid()}-*"))


def test_a_group_can_be_entered_and_holds(branch):
    group = Group(branch, Limits())
    begin = "import os; from snnlab.course.classroom.sandbox.groups import enter"
    code = f"{begin}; enter(); print(os.getpid(), flush=True); input()"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, VARIABLE: str(group.folder)},
    )
    try:
        entered = int(process.stdout.readline())
        end = time.monotonic() + 10
        while not group.holds(entered) and time.monotonic() < end:  # a thread is not as quick as the kernel
            time.sleep(0.01)
        assert group.holds(entered) and not group.holds(os.getpid())
    finally:
        group.close()
        process.communicate(timeout=20)
    assert process.returncode == -9 and not group.folder.exists()
