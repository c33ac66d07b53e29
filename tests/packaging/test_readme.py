"""The README is true: its commands work on a clean clone, its code runs, its links lead somewhere."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from benchmarks.compare import tasks
from benchmarks.w2.task import RATES
from needs import need
from tree import ROOT, copy

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [(kind, code.strip()) for kind, code in re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.M | re.S)]
COMMANDS = [code for kind, code in BLOCKS if kind == "sh"]
INSIDE = "SNNLAB_README_TEST"  # set in the tests that this test runs, so that it does not start itself


def test_the_two_commands_are_single_lines_for_every_shell():
    """Windows PowerShell 5 knows no `&&`, no backslash at the end of a line and no `VAR=1 command`."""
    first, second = COMMANDS[:2]
    for command in (first, second):
        assert "\n" not in command and not re.search(r"&&|\|\||\\|=|~|\$", command)
    assert second == f"{first} test"


def test_ci_runs_the_second_command():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1].replace('"$python"', "python3") == COMMANDS[1]


def test_the_first_screen_has_title_sentence_picture_and_the_two_commands():
    """And nothing that pushes one of them out of it."""
    first, _, _ = TEXT.partition("\n## ")
    assert re.match(
        r"# .+\n\n[^.\n]+\.\n\n<img src=\"docs/panel.png\" width=\"480\" alt=\"[^\"]+\">\n\n", first
    )
    assert [first.index(f"```sh\n{command}\n```") for command in COMMANDS[:2]]
    assert first.count("\n") <= 24


def test_it_leads_to_the_site_the_library_and_the_tables():
    assert "`python3 start.py site`" in TEXT and "`snnlab-site`" in TEXT and "`index.html`" in TEXT
    assert {"book/ten_minutes.md", "book/reference.md", "book/speed.md"} <= set(
        re.findall(r"\]\(([^)]+)\)", TEXT)
    )


def test_its_times_are_those_of_the_full_tables():
    """At most eight rows, and each of them stands in the table of a task."""
    tables = (ROOT / "book" / "speed.md").read_text(encoding="utf-8").split("\n## ")[1:]
    rows = re.findall(r"^\| (.+?) \| ([\d.]+ \S+) \| (.+), ([\d.]+ \S+) \| ([\d.]+) \|$", TEXT, re.M)
    assert 5 <= len(rows) <= 8 and len(rows) == TEXT.count("\n|") - 2
    for task, ours, tool, theirs, ratio in rows:
        assert any(
            re.search(rf"^\| snnlab, .+ \| {ours} \| 1\.0 \|", table, re.M)
            and re.search(rf"^\| {re.escape(tool)} \| {theirs} \| {ratio} \|", table, re.M)
            for table in tables
        ), task


def test_the_full_tables_are_where_the_comparison_writes_them():
    speed = (ROOT / "book" / "speed.md").read_text(encoding="utf-8")
    assert speed.count("<!-- made by tests/benchmarks/compare.py, from here -->") == 1
    assert speed.count("\n## ") == len(tasks()) and all(f"\n## {task.title}\n" in speed for task in tasks())


def test_it_names_every_chapter():
    covers = TEXT.partition("## What the course covers")[2].partition("\n## ")[0]
    named = {int(number) for number in re.findall(r"^(?:- )?(\d+)[.,] \*\*", covers, re.M)}
    toc = (ROOT / "book" / "_toc.yml").read_text(encoding="utf-8")
    assert named == {int(number) for number in re.findall(r"file: chapters/(\d\d)_", toc)}


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:\]\(|src=\")([^)\"#:]+)[)\"]", TEXT))))
def test_what_it_points_to_is_there(target):
    assert (ROOT / target).is_file()


NEURON, NETWORK = (code for kind, code in BLOCKS if kind == "python")


def printed(code, folder):
    """What a block of Python prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def test_its_neuron_runs_and_agrees_with_itself(tmp_path):
    said = printed(NEURON, tmp_path)
    spikes, rate = re.fullmatch(r"(\d+) spikes, ([\d.]+) Hz in closed form\n", said).groups()
    assert abs(int(spikes) - float(rate)) <= 1


def test_its_network_runs_and_is_the_benchmark(tmp_path):
    """Each of 4000 times 4000 pairs is joined by a chance of 2 %, and it fires as often as that of W2."""
    said = printed(NETWORK, tmp_path)
    synapses, rate = re.fullmatch(r"(\d+) synapses, ([\d.]+) Hz\n", said).groups()
    assert abs(int(synapses) - 320_000) < 4 * (320_000 * 0.98) ** 0.5
    low, high = RATES["cuba"]
    assert low <= float(rate) <= high


@pytest.fixture
def paste(tmp_path):
    """A clean clone, and how a line is pasted into a terminal that stands in it."""
    if os.environ.get(INSIDE):
        pytest.skip("this is the run that the test of the README has started")
    need(shutil.which("bash"), "the commands are run in bash")
    clone = copy(tmp_path / "a clean clone")
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *command], cwd=clone, check=True)
    tools = tmp_path / "bin"  # `python3` is the Python that runs the tests, whatever else there is
    tools.mkdir()
    (tools / "python3").symlink_to(Path(sys.executable).resolve())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))},
        "PATH": os.pathsep.join([str(tools), os.environ["PATH"]]),
        "SNNLAB_HOME": str(tmp_path / "home"),
        INSIDE: "1",
    }

    def paste(line: str, **more: str) -> str:
        """What it says on both streams."""
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=clone,
            env={**environment, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        assert done.returncode == 0, done.stdout[-6000:]
        return done.stdout

    return SimpleNamespace(line=paste, clone=clone)


@pytest.mark.slow
def test_the_first_command_works_on_a_clean_clone(paste):
    """`open` is what it does; --check stops it once the chapter is served."""
    assert "opens at http://" in paste.line(f"{COMMANDS[0]} open --check")
    stamp = json.loads((paste.clone / ".venv" / "snnlab.json").read_text(encoding="utf-8"))
    assert stamp["state"] == "ready" and stamp["extra"] == "course"
    check_size(paste.clone)
    assert "Installing" not in paste.line(f"{COMMANDS[0]} open --check")


@pytest.mark.nightly
@pytest.mark.slow
def test_the_second_command_works_on_a_clean_clone(paste):
    """The tests inside are all collected, and a part of them runs; CI runs all, in a clean clone too."""
    said = paste.line(COMMANDS[1], PYTEST_ADDOPTS="-m 'not slow and not browser' -k 'lif or leaky'")
    assert re.search(r"^=+ .*\b\d{2,} passed.* in .*=+$", said.splitlines()[-1])


def check_size(clone: Path) -> None:
    """The download that the README states, against what pip wrote down, on the system it was measured on."""
    log = (clone / ".venv" / "install.log").read_text(encoding="utf-8")
    sizes = re.findall(r"(?:Downloading|Using cached) \S+ \(([\d.]+) (kB|MB)\)", log)
    megabytes = sum(float(size) / (1 if unit == "MB" else 1000) for size, unit in sizes)
    stated = float(re.search(r"it downloads (\d+) MB", TEXT)[1])
    if sys.platform == "linux":
        assert megabytes == pytest.approx(stated, rel=0.15)
