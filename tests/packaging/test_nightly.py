"""The nightly leaves no test out, and no slice takes longer than it may."""

import importlib.machinery
import importlib.util
import re
import subprocess
import sys

import pytest
from tree import ROOT, files

FILE = ROOT / ".ci" / "nightly"


@pytest.fixture(scope="module")
def nightly():
    loader = importlib.machinery.SourceFileLoader("nightly", str(FILE))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("nightly", loader))
    loader.exec_module(module)
    return module


def test_every_file_with_tests_is_in_one_slice_of_each_versions(nightly):
    names = {file.as_posix() for file in files()}
    tests = {name for name in names if name.startswith("tests/") and "/test_" in name}
    notebooks = {name for name in names if name.startswith("book/") and name.endswith(".ipynb")}
    notebooks -= {name for name in notebooks if name.startswith("book/exercises/")}  # nbgrader's, by tests
    for versions in nightly.VERSIONS:
        parts = [part for name, (_, part) in nightly.plan().items() if name.startswith(f"{versions}-")]
        listed = [name for part in parts for name in part]
        assert len(set(listed)) == len(listed)
        assert tests | notebooks | {"snnlab/neurons/models/lif.py"} <= set(listed)


def test_a_slice_takes_no_longer_than_it_may(nightly):
    seconds = nightly.recorded()
    for which, part in nightly.plan().values():
        took = sum(seconds.get(name, nightly.UNKNOWN) for name in part)
        assert took <= nightly.FULL * nightly.WORKERS, (which, part)


def test_the_changed_calls_are_slices_of_their_own(nightly, monkeypatch, tmp_path):
    parts = {name: part for name, part in nightly.plan().items() if name.startswith("fuzz-")}
    assert [part[1] for part in parts.values()] == [
        [nightly.FUZZ, "--part", f"{k}/5"] for k in (1, 2, 3, 4, 5)
    ]
    (tmp_path / nightly.FUZZ).parent.mkdir(parents=True)
    last = "'40 cases of 2 functions, 0 end badly, seed 7'"
    (tmp_path / nightly.FUZZ).write_text(f"import sys\nprint(sys.argv[2])\nprint({last})\n", encoding="utf-8")
    monkeypatch.setattr(nightly, "environment", lambda which: sys.executable)
    monkeypatch.setattr(nightly, "ROOT", tmp_path)
    said = nightly.run(*parts["fuzz-2"], tmp_path / "log.txt")
    assert re.fullmatch(r"passed in \d+\.\d min: 40 cases of 2 functions, 0 end badly, seed 7", said)
    assert (tmp_path / "log.txt").read_text(encoding="utf-8").startswith("2/5\n")


def test_what_is_a_test_file(nightly):
    tested = ["tests/test_a.py", "snnlab/spikes.py", "book/index.ipynb", "book/chapters/01_a.ipynb"]
    other = ["tests/needs.py", "tests/a/test_a.txt", "book/_ext/a.py", "book/exercises/part1.ipynb"]
    assert [name for name in tested + other if nightly.is_tested(name)] == tested


def test_slices_keep_the_order_and_stay_below_the_limit(nightly):
    seconds = {"a": 3.0, "b": 4.0, "c": 9.0, "d": 1.0}
    assert nightly.slices(list("abcd"), seconds, full=7.0) == [["a", "b"], ["c"], ["d"]]
    assert nightly.slices(["x", "y", "z"], {}, full=2.0) == [["x", "y"], ["z"]]


def test_a_slice_that_is_not_there_is_refused(nightly, capsys, monkeypatch, tmp_path):
    def clean(command, **_):
        return subprocess.CompletedProcess(command, 0, stdout="" if "status" in command else "abc\n")

    listed = nightly.plan()
    monkeypatch.setattr(nightly, "plan", lambda: listed)
    monkeypatch.setattr(nightly.subprocess, "run", clean)
    monkeypatch.setattr(nightly, "PLACE", tmp_path)
    assert nightly.main(["tested-99"]) == 2
    assert "no slice is called tested-99; there are" in capsys.readouterr().err


def test_what_is_done_is_not_done_again(nightly, capsys, monkeypatch, tmp_path):
    def clean(command, **_):
        return subprocess.CompletedProcess(command, 0, stdout="" if "status" in command else "abc\n")

    monkeypatch.setattr(
        nightly, "plan", lambda: {"tested-1": ("tested", ["a"]), "newest-1": ("newest", ["a"])}
    )
    monkeypatch.setattr(nightly.subprocess, "run", clean)
    monkeypatch.setattr(nightly, "PLACE", tmp_path)
    ran = []

    def run(which, names, log):
        ran.append(log.stem)
        if len(ran) == 2:
            raise KeyboardInterrupt
        return "passed in 1.0 min: 3 passed in 60 s"

    monkeypatch.setattr(nightly, "run", run)
    with pytest.raises(KeyboardInterrupt):
        nightly.main([])
    assert nightly.main(["--list"]) == 1
    assert "newest-1             not run" in capsys.readouterr().out
    assert nightly.main([]) == 0
    assert ran == ["tested-1", "newest-1", "newest-1"]


@pytest.mark.parametrize(("test", "told"), [("pass", "passed in"), ("assert 0", "FAILED (1) in")])
def test_what_became_of_a_slice_is_told(nightly, monkeypatch, tmp_path, test, told):
    (tmp_path / "test_it.py").write_text(f"def test_it():\n    {test}\n", encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    monkeypatch.setattr(nightly, "environment", lambda which: sys.executable)
    monkeypatch.setattr(nightly, "ROOT", tmp_path)
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)  # of the run that this test is in
    said = nightly.run("tested", ["test_it.py"], tmp_path / "log.txt")
    assert re.match(rf"{re.escape(told)} \d+\.\d min: .*1 (passed|failed) in", said)
