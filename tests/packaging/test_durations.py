"""Recorded durations decide what is slow, and what is begun with."""

import json
import subprocess
import sys
from types import SimpleNamespace

import durations
import pytest
from tree import ROOT

TESTS = """import time

import pytest


@pytest.mark.parametrize("seconds", [0.0, 0.4])
def test_it(seconds):
    time.sleep(seconds)
"""
SETTINGS = """[pytest]
pythonpath = {tests}
addopts = -p durations -p no:cacheprovider -m "not nightly"
markers =
    slow: slow
    nightly: nightly
"""


def pytest_in(folder, *options):
    command = [sys.executable, "-m", "pytest", "-q", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    return done.stdout


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of its own with a copy of the plugin, so that ours is not written to."""
    (tmp_path / "plugin").mkdir()
    text = (ROOT / "tests" / "durations.py").read_text(encoding="utf-8")
    (tmp_path / "plugin" / "durations.py").write_text(text, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(SETTINGS.format(tests="plugin"), encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "plugin"))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)  # of the run that this test is in
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(TESTS, encoding="utf-8")
    return tmp_path


def test_a_run_is_recorded_and_what_did_not_run_keeps_its_time(project):
    record = project / "plugin" / "durations.json"
    assert "4 passed" in pytest_in(project, "--record-durations")
    first = json.loads(record.read_text(encoding="utf-8"))
    assert list(first) == ["test_a.py::test_it[0.4]", "test_b.py::test_it[0.4]"]
    assert all(0.4 <= took < 5 for took in first.values())
    record.write_text(json.dumps(first | {"test_b.py::test_it[0.4]": 9.0}), encoding="utf-8")
    pytest_in(project, "--record-durations", "test_a.py")
    assert json.loads(record.read_text(encoding="utf-8"))["test_b.py::test_it[0.4]"] == 9.0


def test_slow_is_what_took_long_and_the_longest_file_comes_first(project):
    times = {"test_a.py::test_it[0.4]": 0.6, "test_b.py::test_it[0.4]": 2.0}
    (project / "plugin" / "durations.json").write_text(json.dumps(times), encoding="utf-8")
    order = [line for line in pytest_in(project, "--collect-only").splitlines() if "::" in line]
    assert order[0].startswith("test_b.py") and len(order) == 4
    quick = [
        line for line in pytest_in(project, "--collect-only", "-m", "not slow").splitlines() if "::" in line
    ]
    assert sorted(set(order) - set(quick)) == sorted(times) and len(quick) == 2


def test_what_only_the_nightly_runs_is_slow_and_left_out(project):
    text = TESTS.replace("def test_it", "@pytest.mark.nightly\ndef test_it")
    (project / "test_b.py").write_text(text, encoding="utf-8")
    assert "2 passed" in pytest_in(project) and "2 passed" in pytest_in(project, "-m", "not slow")
    assert "4 passed" in pytest_in(project, "-m", "")


def test_what_waits_for_a_built_book_is_slow(project):
    text = "import pytest\n\n@pytest.fixture\ndef sample(): pass\n\ndef test_a_page(sample): pass\n"
    (project / "test_b.py").write_text(text, encoding="utf-8")
    assert "1 passed, 2 deselected" in pytest_in(project, "-m", "slow or nightly")
    assert "2 passed, 1 deselected" in pytest_in(project, "-m", "not slow")


def test_a_second_record_keeps_what_stands_at_the_limit(tmp_path):
    (tmp_path / "durations.json").write_text('{"test.py::a": 0.3}', encoding="utf-8")
    recorder = durations.Recorder(tmp_path / "durations.json")
    recorder.pytest_runtest_logreport(SimpleNamespace(nodeid="test.py::b", when="call", duration=0.24))
    recorder.pytest_sessionfinish(None)
    assert json.loads(recorder.file.read_text(encoding="utf-8")) == {"test.py::a": 0.3}


def test_cells_of_a_notebook_are_slow_together():
    seconds = {"a.ipynb::Cell 1": 5.0, "a.ipynb::Cell 7": 4.0, "b.ipynb::Cell 0": 5.0, "test.py::a": 0.4}
    files = durations.of_files(seconds)
    assert durations.slow("a.ipynb::Cell 0", seconds, files)
    assert not durations.slow("b.ipynb::Cell 0", seconds, files)
    assert durations.slow("test.py::a", seconds, files)
    assert not durations.slow("test.py::never recorded", seconds, files)


def test_files_are_ordered_and_their_tests_are_not():
    tests = ["a::1", "b::1", "a::2", "c::1", "b::2", "x.ipynb::Cell 0"]
    order = durations.in_order(tests, durations.of_files({"b::1": 2.0, "c::1": 3.0}))
    assert [tests[k] for k in order] == ["x.ipynb::Cell 0", "c::1", "b::1", "b::2", "a::1", "a::2"]


def test_the_start_of_a_kernel_counts_for_a_cell(tmp_path):
    recorder = durations.Recorder(tmp_path / "durations.json")
    for test, when in (("a.ipynb::Cell 0", "setup"), ("test.py::a", "setup"), ("test.py::a", "call")):
        recorder.pytest_runtest_logreport(SimpleNamespace(nodeid=test, when=when, duration=1.0))
    recorder.pytest_sessionfinish(None)
    assert json.loads(recorder.file.read_text(encoding="utf-8")) == {
        "a.ipynb::Cell 0": 1.0,
        "test.py::a": 1.0,
    }
