"""No refusal waits for a kernel: the script that finds those, on two small tests and on all of ours."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("refusals.py")
TESTS = """
import pytest
from snnlab.compiling import kernel

@kernel
def root(x):
    return x**0.5

def late(x):
    if not root(x) >= 0:
        raise ValueError("x must be zero or positive")

def early(x):
    if x < 0:
        raise ValueError("x must be zero or positive")
    return root(x)

def test_which_is_no_refusal():
    assert early(4.0) == 2.0

def test_it_is_refused_at_once():
    with pytest.raises(ValueError, match="x must be"):
        early(-1.0)

def test_it_is_refused_late():
    assert root(4.0) == 2.0  # so that it is compiled
    with pytest.raises(ValueError, match="x must be"):
        late(-1.0)
"""


def refusals(*paths):
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, paths)],
        capture_output=True, encoding="utf-8", cwd=SCRIPT.parents[1],
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
    )  # fmt: skip


@pytest.mark.slow
def test_a_refusal_that_calls_a_kernel_is_named(tmp_path):
    file = tmp_path / "test_root.py"
    file.write_text(TESTS, encoding="utf-8")
    run = refusals(file)
    assert run.returncode == 1 and "2 passed" in run.stdout, run.stdout + run.stderr
    named = re.findall(r"^.*/test_root.py::(\w+) calls \S*test_root\.root: it should not$", run.stdout, re.M)
    assert named == ["test_it_is_refused_late"]


@pytest.mark.slow
@pytest.mark.nightly
def test_no_refusal_of_ours_waits_for_a_kernel():
    run = refusals(SCRIPT.parent)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
