"""Another commit as a peer, in a small repository: whose files run, who is left out, and what is said."""

import os
import re
import shutil
import subprocess

import pytest
from benchmarks import commits, compare
from benchmarks.commits import Commit, commit, differences, summary
from benchmarks.environments import Absent
from benchmarks.race import Figures, Peer, Result, Task
from needs import need

PEER = """
def double(task):
    import snnlab
    return lambda k: {"found": task.TWO * snnlab.NUMBER}
"""
LATER = "\ndef later(task):\n    return double(task)\n"


def git(folder, *words):
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Two commits and an edit: the number in `snnlab` was 1, then 2, is 3; `w8` and `later` came second."""
    need(shutil.which("git"), "git is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # of a hook that runs the tests
    folder = tmp_path / "project"

    def write(name, text):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    def commit_all():
        git(folder, "add", ".")
        git(folder, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a message")

    write("snnlab/__init__.py", "NUMBER = 1\n")
    write("tests/benchmarks/w9/peer_snnlab.py", PEER)
    write("tests/benchmarks/w9/task.py", "TWO = 200\n")
    git(folder, "init", "-q", "-b", "main")
    commit_all()
    write("snnlab/__init__.py", "NUMBER = 2\n")
    write("tests/benchmarks/w9/peer_snnlab.py", PEER + LATER)
    write("tests/benchmarks/w8/peer_snnlab.py", PEER)
    write("tests/benchmarks/w8/task.py", "TWO = 2\n")
    commit_all()
    write("snnlab/__init__.py", "NUMBER = 3\n")
    write("tests/benchmarks/w9/task.py", "TWO = 2\n")  # today's: the first commit answers 2, not 200
    return folder


def tasks(project):
    """The tasks of the small project."""

    def task(name, *functions):
        peers = tuple(
            Peer(f"ours {function}", "", commits.OURS, "peer_snnlab", function, project)
            for function in functions
        )
        folder = project / "tests" / "benchmarks" / name
        return Task(f"Task {name}", folder, peers, lambda answer: "", lambda answer: f"{answer['found']} x")

    return [task("w8", "double"), task("w9", "double", "later")]


def compared(project, cache, monkeypatch, *revisions):
    """What is printed; the project stands where ours does."""
    monkeypatch.setattr(compare, "commit", lambda revision, cache: commit(revision, cache, project))
    monkeypatch.setattr(compare, "tasks", lambda: tasks(project))
    monkeypatch.setattr(compare, "OFTEN", (2, 0.001))
    words = [word for revision in revisions for word in ("--commit", revision)]
    return compare.main(["--runs", "1", "--only", "commit", "--cache", str(cache), *words])


def test_the_files_of_the_commits_run_beside_ours(project, tmp_path, monkeypatch, capsys):
    assert compared(project, tmp_path / "cache", monkeypatch, "HEAD", "HEAD^") == 0
    text = capsys.readouterr().out
    found = re.findall(r"^\| ours (\w+)(?:, commit (HEAD\^?), [0-9a-f]{7})? \|.*\| (\d+) x \|$", text, re.M)
    assert found == [
        ("double", "", "6"), ("double", "HEAD", "4"),  # w8, which the first commit does not have
        ("double", "", "6"), ("double", "HEAD", "4"), ("double", "HEAD^", "2"),
        ("later", "", "6"), ("later", "HEAD", "4"),
    ]  # fmt: skip
    absent = "Left out: ours double, commit HEAD^, {}, which has no tests/benchmarks/w8/peer_snnlab.py."
    old = git(project, "rev-parse", "HEAD^")[:7]
    assert absent.format(old) in text
    assert "AttributeError: module 'worker_peer_snnlab' has no attribute 'later'" in text
    *_, first, second = text.splitlines()
    number = r"\d+\.\d\d"
    head = f"W8 double {number}, W9 double {number}, W9 later {number}"
    assert re.match(rf"Time today / at commit HEAD, [0-9a-f]{{7}}: {head}. The largest deviation is ", first)
    assert re.match(rf"Time today / at commit HEAD\^, {old}: W9 double {number}. The largest", second)


def test_a_commit_is_put_down_once_and_leaves_the_repository_as_it_was(project, tmp_path):
    before = git(project, "status", "--porcelain"), git(project, "worktree", "list")
    cache = tmp_path / "cache"
    head = commit("HEAD", cache, project)
    assert (head.tree / "snnlab" / "__init__.py").read_text(encoding="utf-8") == "NUMBER = 2\n"
    (head.tree / "compiled").touch()
    full = git(project, "rev-parse", "HEAD")
    again = commit(full, cache, project)
    assert again == Commit(f"commit {full[:7]}", head.tree) and (head.tree / "compiled").exists()
    assert [tree.name for tree in (cache / "commits").iterdir()] == [full]
    assert (git(project, "status", "--porcelain"), git(project, "worktree", "list")) == before


def test_a_worker_that_takes_snnlab_from_elsewhere_is_left_out(project, tmp_path, monkeypatch, capsys):
    """Else a commit would be compared with itself, and look as quick as it."""
    aside = f"import sys\nsys.path.insert(0, {str(project)!r})\n"
    tree = commit("HEAD", tmp_path, project).tree
    (tree / "tests" / "benchmarks" / "w8" / "peer_snnlab.py").write_text(aside + PEER, encoding="utf-8")
    assert compared(project, tmp_path, monkeypatch, "HEAD") == 0
    assert re.search(
        r"Left out: ours double, commit HEAD, .*, it imports snnlab from ", capsys.readouterr().out
    )


@pytest.mark.parametrize("revision", ["no-such-branch", "-x", "HEAD:snnlab"])
def test_a_commit_that_is_not_there_is_said(project, tmp_path, monkeypatch, capsys, revision):
    with pytest.raises(Absent):
        commit(revision, tmp_path, project)
    monkeypatch.setattr(compare, "commit", lambda revision, cache: commit(revision, cache, project))
    with pytest.raises(SystemExit) as ended:
        compare.main([f"--commit={revision}"])
    assert ended.value.code == 2 and "there is no such commit: " in capsys.readouterr().err


def test_without_git_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Absent, match=r"^git is not installed$"):
        commit("HEAD", tmp_path)


def test_a_ratio_is_that_of_the_least_times(tmp_path):
    """What the machine did beside it can only have lengthened the others."""
    there = Commit("commit 1234567", tmp_path)
    task = tasks(tmp_path)[0]
    now = task.peers[0]
    then = now._replace(label="ours double, commit 1234567", tree=tmp_path)
    then = then._replace(file=str(tmp_path / "tests" / "benchmarks" / "w8" / "peer_snnlab"))
    figures = {
        now: Figures(2.0, 1.0, {}, {}, (9.0, 0.9, 1.7)),
        then: Figures(2.0, 1.0, {}, {}, (1.0, 2.5, 10.0)),
    }
    ratios = differences(task, Result(figures, {}, 3), there)
    assert ratios == {"W8 double": 0.9}
    assert summary(there, ratios | {"W9 later": 1.04}) == (
        "Time today / at commit 1234567: W8 double 0.90, W9 later 1.04. "
        "The largest deviation is -10.0 %, W8 double."
    )
    assert summary(there, differences(task, Result({}, {}, 3), there)) == (
        "Nothing was measured at commit 1234567."
    )


def test_a_table_with_a_commit_is_not_written(tmp_path, capsys):
    with pytest.raises(SystemExit):
        compare.main(["--commit", "HEAD", "--write", str(tmp_path / "any.md")])
    assert "leave --only and --commit out" in capsys.readouterr().err
