"""`snnlab warmup`: afterwards every kernel is compiled and kept."""

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from snnlab.course import cli, warmup

# In a process of its own, so that nothing is compiled before: warm up, then name each kernel and its folder.
WARM = """
from pathlib import Path
from snnlab.course import warmup
code = warmup.warm_up()
for package in ("snnlab", "snnlab_widgets"):
    for module in warmup.modules_with_kernels(package):
        for kernel in warmup.kernels_of(module):
            print("KERNEL", module.__name__, kernel.py_func.__name__, Path(module.__file__).parent, sep="|")
raise SystemExit(code)
"""


def warm(**environment):
    """The kernels after a warming up: module, name, folder of the module."""
    lines = subprocess.run(
        [sys.executable, "-c", WARM],
        env={**os.environ, "SNNLAB_JIT_CACHE": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    kernels = [tuple(line.split("|")[1:]) for line in lines if line.startswith("KERNEL")]
    assert ("snnlab.neurons.models.lif", "run") in {kernel[:2] for kernel in kernels}
    return kernels


def kept(folder):
    return {file.name.split("-")[0]: file.stat().st_mtime_ns for file in folder.rglob("*.nbc")}


def file_name(module, kernel):
    return f"{module.rpartition('.')[2]}.{kernel}"


@pytest.mark.slow
def test_every_kernel_of_both_packages_is_kept():
    """Beside its module, where the tests of the same run keep theirs: little is left to compile."""
    for module, name, folder in warm():
        assert file_name(module, name) in kept(Path(folder) / "__pycache__")


@pytest.mark.nightly
@pytest.mark.slow
def test_every_kernel_is_kept_in_an_empty_folder_and_not_a_second_time(tmp_path):
    kernels = warm(NUMBA_CACHE_DIR=str(tmp_path))
    before = kept(tmp_path)
    assert {file_name(module, name) for module, name, _ in kernels} <= set(before)
    warm(NUMBA_CACHE_DIR=str(tmp_path))
    assert kept(tmp_path) == before


@pytest.fixture
def steps(monkeypatch, tmp_path):
    """Three steps in place of the real ones; the test replaces what they do."""
    done = []
    steps = [(name, lambda name=name: done.append(name)) for name in ("one", "two", "three")]
    monkeypatch.setattr(warmup, "_steps", lambda: steps)
    monkeypatch.setattr(warmup, "cache_folder", lambda: tmp_path)
    return SimpleNamespace(all=steps, done=done)


def test_a_log_gets_a_line_a_step(steps, capsys):
    assert cli.main(["warmup"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["1/3 one", "2/3 two", "3/3 three"]
    assert lines[3].startswith("3 of 3 are ready after ")
    assert steps.done == ["one", "two", "three"]


def test_a_terminal_gets_a_bar(steps, capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert cli.main(["warmup"]) == 0
    said = capsys.readouterr()
    states = said.err.split("\r")[1:]
    assert states[0].split() == ["compiling", 20 * "░", "0/3", "one"]
    assert states[-1].split() == ["compiling", 20 * "█"]
    assert said.err.endswith("\n") and said.out.startswith("3 of 3 are ready after ")


def test_one_that_fails_keeps_no_other_waiting(steps, capsys):
    def fails():
        raise ValueError("no such thing")

    steps.all[1] = ("two", fails)
    assert cli.main(["warmup"]) == 1
    said = capsys.readouterr()
    assert said.err == "two: ValueError: no such thing\n"
    assert "2 of 3 are ready" in said.out
    assert steps.done == ["one", "three"]


def test_ctrl_c_keeps_what_is_done(steps, capsys):
    def interrupted():
        raise KeyboardInterrupt

    steps.all[1] = ("two", interrupted)
    assert cli.main(["warmup"]) == 130
    said = capsys.readouterr()
    assert said.out.splitlines()[-1] == "Stopped after 1 of 3: what is compiled is kept."
    assert said.err == ""
    assert steps.done == ["one"]


SAMPLE = '''
ran = []

def documented():
    """Show a value and an error.

    >>> ran.append(1)
    >>> int("x")
    Traceback (most recent call last):
    ValueError: invalid literal
    """
'''


def test_examples_are_run_but_for_those_that_show_an_error():
    module = ModuleType("sample")
    exec(SAMPLE, vars(module))
    warmup.run_examples(module)
    assert module.ran == [1]


def test_no_kernels_are_kept_where_the_folder_cannot_be_written(monkeypatch):
    monkeypatch.setattr(warmup, "can_write", lambda folder: False)
    assert warmup.cache_folder() is None
