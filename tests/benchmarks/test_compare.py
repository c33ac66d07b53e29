"""The comparison with other tools: who is asked, when, who is left out and why. No time is judged."""

import re
import sys
from itertools import groupby
from pathlib import Path

import pytest
from benchmarks import compare, race
from benchmarks.compare import digits, duration, into, table, tasks
from benchmarks.environments import FOLDER, Absent, python_of
from benchmarks.race import Figures, Peer, Result, Task
from benchmarks.worker import load

# A workload whose tools need nothing but Python. Each writes its letter down when it is called.
TOOLS = """
import os

def tool(letter, answer):
    def make(task):
        def call(k):
            print("a tool may print: @@ 3")
            with open(os.environ["NOTES"], "a", encoding="utf-8") as notes:
                notes.write(letter)
            return {"spikes": answer(k)}
        return call
    return make

def leave(k):
    os._exit(3)

a = tool("a", lambda k: 56)
b = tool("b", lambda k: 56 + k % 2)
wrong = tool("w", lambda k: 12)
dies = tool("d", lambda k: 56 if k == 0 else leave(k))

def missing(task):
    import not_installed

def breaks(task):
    raise ValueError("negative radius")
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Race some of the tools; the result, and the letters of those that were called."""
    notes = tmp_path / "notes"
    monkeypatch.setenv("NOTES", str(notes))
    (tmp_path / "task.py").write_text("", encoding="utf-8")
    (tmp_path / "tools.py").write_text(TOOLS, encoding="utf-8")

    def start(*functions, runs=1, python_of=lambda peer: Path(sys.executable)):
        task = Task(
            "A task",
            tmp_path,
            tuple(Peer(f"tool {name}", "elsewhere", "pytest", "tools", name) for name in functions),
            lambda answer: "" if answer["spikes"] == 56 else f"{answer['spikes']} spikes, not 56",
            lambda answer: f"{answer['spikes']} spikes",
        )
        result = race.race(task, python_of, runs=runs, rounds=4, seconds=0.02)
        return task, result, notes.read_text(encoding="utf-8") if notes.exists() else ""

    return start


def reasons(result):
    return {peer.function: reason for peer, reason in result.left_out.items()}


def test_the_tools_take_turns(run):
    _, result, letters = run("a", "b", runs=2)
    turns = "".join(letter for letter, _ in groupby(letters))
    assert turns == "ab" * 5 * 2  # in each run once to answer, then in each of the four rounds
    assert [peer.function for peer in result.figures] == ["a", "b"] and result.runs == 2
    ours, theirs = result.figures.values()
    assert ours.ratio == 1.0 and theirs.ratio > 0 and ours.seconds > 0
    assert ours.versions == {"Python": sys.version.split()[0], "pytest": pytest.__version__}


def test_who_cannot_answer_is_named_and_left_out(run):
    def python(peer):
        if peer.function == "b":
            raise Absent("no Python 2.1 on this machine")
        return Path(sys.executable)

    task, result, letters = run("a", "b", "missing", "breaks", "dies", "wrong", runs=2, python_of=python)
    assert [peer.function for peer in result.figures] == ["a"] and result.runs == 2
    assert reasons(result) == {
        "b": "no Python 2.1 on this machine",
        "missing": "it ended with exit code 1: ModuleNotFoundError: No module named 'not_installed'",
        "breaks": "it ended with exit code 1: ValueError: negative radius",
        "dies": "it ended with exit code 3: a tool may print: @@ 3",
        "wrong": "it computes something else: 12 spikes, not 56",
    }
    assert letters.count("w") == 2  # while it got ready and when it was asked; its time is not taken
    text = table(task, result)
    assert "| tool a |" in text and "Left out: tool b, no Python 2.1 on this machine." in text


def test_a_tool_that_does_not_answer_in_time_is_ended(run, monkeypatch):
    monkeypatch.setattr(race, "PATIENCE", 0.0)
    _, result, _ = run("a")
    assert reasons(result) == {"a": "no answer within 0 s"} and not result.figures


def test_without_ours_there_is_no_table(run):
    task, result, _ = run("wrong", "a", runs=3)
    assert not result.figures and result.runs == 0 and "|" not in table(task, result)


def test_an_interrupt_keeps_the_runs_before_it(run, monkeypatch):
    took = iter([3.0, 1.0, 2.0])

    def until_ctrl_c(task, pythons, *_):
        try:
            seconds = next(took)
        except StopIteration:
            raise KeyboardInterrupt from None
        return {peer: Figures(seconds, 10 * seconds, {"spikes": 56}, {}) for peer in pythons}, {}

    monkeypatch.setattr(race, "_run", until_ctrl_c)
    task, result, _ = run("a", "b", runs=5)
    assert result.runs == 3 and result.interrupted
    assert [found[:2] for found in result.figures.values()] == [(2.0, 20.0)] * 2  # the medians
    assert "Interrupted: the medians of 3 runs." in table(task, result)


PEERS = Peer("ours", "", "pytest", "tools", "a"), Peer("theirs", "theirs", "pytest", "tools", "b")
RESULT = Result(
    {
        PEERS[0]: Figures(36.4e-6, 1.0, {"spikes": 56}, {"Python": "3.11.7", "pytest": "8.2"}),
        PEERS[1]: Figures(5.31e-3, 146.4, {"spikes": 57}, {"Python": "3.9.1", "pytest": "8.0"}),
    },
    {},
    3,
)
TASK = Task("A task", Path(), PEERS, lambda answer: "", lambda answer: f"{answer['spikes']} spikes")


def test_the_table_is_markdown():
    assert table(TASK, RESULT).splitlines() == [
        "## A task",
        "",
        "| tool | CPU time | ratio | found |",
        "|:--|--:|--:|--:|",
        "| ours | 36 µs | 1.0 | 56 spikes |",
        "| theirs | 5.3 ms | 146 | 57 spikes |",
    ]


@pytest.mark.parametrize(
    "seconds, text",
    [(3.64e-7, "0.4 µs"), (9.94e-6, "9.9 µs"), (9.96e-6, "10 µs"), (0.24, "240 ms"), (2, "2.0 s")],
)
def test_times_have_two_digits(seconds, text):
    assert duration(seconds) == text and digits(0.96) == "1.0"


def written(tmp_path, monkeypatch, result, text):
    file = tmp_path / "README.md"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(compare, "tasks", lambda: [TASK])
    monkeypatch.setattr(compare, "race", lambda task, python, runs: result)
    code = compare.main(["--runs", "3", "--write", str(file)])
    return code, file.read_text(encoding="utf-8")


def test_the_table_is_put_between_the_marks(tmp_path, monkeypatch):
    before = f"# Fast\n\n{compare.BEGIN}\nold\n{compare.END}\n\nThe end.\n"
    code, after = written(tmp_path, monkeypatch, RESULT, before)
    assert code == 0 and after.startswith(f"# Fast\n\n{compare.BEGIN}\n\n## A task\n")
    assert after.endswith(f"\n\n{compare.END}\n\nThe end.\n") and "old" not in after
    assert re.search(r"^\d\d? \w+ 20\d\d, .+ cores, \w+; pytest 8.2 \(Python 3.11.7\)\.$", after, re.M)


def test_tables_of_other_tasks_stay_and_those_that_are_gone_go():
    text = f"{compare.BEGIN}\n\n## b\n\nold b\n\n## gone\n\nx\n\n## c\n\nold c\n\n{compare.END}\n"
    text = into(text, "b", "## b\n\nnew b", ["a", "b", "c"])
    text = into(text, "a", "## a\n\nnew a", ["a", "b", "c"])
    assert text == (f"{compare.BEGIN}\n\n## a\n\nnew a\n\n## b\n\nnew b\n\n## c\n\nold c\n\n{compare.END}\n")


def test_an_interrupted_comparison_writes_nothing(tmp_path, monkeypatch):
    before = f"{compare.BEGIN}\nold\n{compare.END}\n"
    code, after = written(tmp_path, monkeypatch, RESULT._replace(runs=2, interrupted=True), before)
    assert code == 1 and after == before


def test_one_task_is_measured_alone(monkeypatch):
    measured = []
    monkeypatch.setattr(compare, "tasks", lambda: [TASK, TASK._replace(title="Another")])
    monkeypatch.setattr(compare, "race", lambda task, python, runs: measured.append(task.title) or RESULT)
    assert compare.main(["--runs", "3", "--task", "another"]) == 0
    assert measured == ["Another"]


def test_some_tools_only_are_not_written(tmp_path, capsys):
    with pytest.raises(SystemExit):
        compare.main(["--only", "nest", "--write", str(tmp_path / "any.md")])
    assert "leave --only and --commit out" in capsys.readouterr().err


def test_a_file_without_the_marks():
    with pytest.raises(ValueError, match="the file must have the lines"):
        into("# Fast\n", "a title", "a table", ["a title"])


def test_a_python_that_is_not_there(tmp_path, monkeypatch):
    (tmp_path / "old.txt").write_text("# Python 2.1\npytest\n", encoding="utf-8")
    monkeypatch.setattr("benchmarks.environments.FOLDER", tmp_path)
    with pytest.raises(Absent, match=r"^no Python 2.1 on this machine$"):
        python_of("old", tmp_path)


@pytest.mark.slow
def test_an_environment_is_made_once_and_again_when_its_requirements_change(tmp_path, monkeypatch):
    """A requirement that pip has already stands for one that it would have to fetch."""
    monkeypatch.setattr("benchmarks.environments.FOLDER", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    head = f"# Python {sys.version_info[0]}.{sys.version_info[1]}\n"
    file, cache = tmp_path / "tool.txt", tmp_path / "cache"
    file.write_text(head + "a-tool-that-nobody-has\n", encoding="utf-8")
    with pytest.raises(Absent, match=r"^its environment could not be made .*a-tool-that-nobody-has"):
        python_of("tool", cache)
    file.write_text(head + "pip\n", encoding="utf-8")
    python = python_of("tool", cache)  # the half of one that is there does not count
    made = python.parent.stat().st_mtime_ns
    assert python.is_file()
    assert python_of("tool", cache) == python and python.parent.stat().st_mtime_ns == made


OWN = [(task, peer) for task in tasks() for peer in task.peers if not peer.environment]


@pytest.mark.parametrize(
    "task, peer",
    [
        pytest.param(
            task,
            peer,
            id=f"{task.folder.name}-{peer.label}",
            marks=[pytest.mark.slow] if task.folder.name in ("w2", "w3", "w4", "w5", "w8") else [],
        )
        for task, peer in OWN
    ],
)
def test_what_runs_in_our_environment_is_right(task, peer):
    call = getattr(load(task.folder, peer.file), peer.function)(load(task.folder, "task"))
    assert [task.problem(call(0)), task.problem(call(0))] == ["", ""]
    call(1)  # a little different, and it runs


@pytest.mark.parametrize("task", tasks(), ids=lambda task: task.title)
def test_ours_comes_first_and_the_others_have_what_they_need(task):
    assert task.peers[0].package == "snnlab-course" and not task.peers[0].environment
    for peer in task.peers:
        assert (task.folder / f"{peer.file}.py").is_file()
        assert not peer.environment or (FOLDER / f"{peer.environment}.txt").is_file()
