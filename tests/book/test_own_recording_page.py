"""The page "A recording of your own": its pieces run one after the other and print what stands below them."""

import importlib.util
import re

import pytest
from needs import need
from page_code import blocks, printed
from sample_book import BOOK

from snnlab.data import load_recording

TEXT = (BOOK / "own_recording.md").read_text(encoding="utf-8")


def test_the_page_goes_from_a_file_to_a_score_and_prints_what_it_says(tmp_path, monkeypatch):
    for package in ("neo", "pynwb"):
        need(importlib.util.find_spec(package), f"needs {package}: pip install -e .[data]")
    monkeypatch.chdir(tmp_path)  # it writes the file that it reads
    assert printed(blocks(TEXT, "python")) == "".join(blocks(TEXT, "text"))


def test_no_line_is_wider_than_its_box():
    lines = "".join(blocks(TEXT, r"\w+")).splitlines()
    assert [line for line in lines if len(line) > 84] == []


def test_no_piece_is_longer_than_nine_lines():
    for piece in blocks(TEXT, "python"):
        assert len([line for line in piece.splitlines() if line.strip()]) <= 9


ADVICE = dict(re.findall(r"^\| (.+?) \| `(.+?)`", TEXT, re.MULTILINE))


@pytest.mark.parametrize(
    ("case", "columns"),
    [
        ("no header; time, two sweeps, one current for both", [0, 1, 2, 3]),
        ("no column of time", [1, 2, 3]),
        ("no current, but you know the steps", [0, 1, 2]),
        ("a second step, a test pulse", [0, 1, 2, 3]),
    ],
)
def test_the_advice_for_other_files_works(case, columns, tmp_path):
    """Each with a file of the kind; what the advice writes is written."""
    names, rows = ["t (s)", "v (mV)", "v (mV)", "i (pA)"], []
    for k in range(8000):
        i = 100 * (1000 <= k < 6000) + 80 * (case.startswith("a second") and 7000 <= k < 7100)
        rows.append(f"{k / 10_000:.4f},-65.0,-60.5,{i}".split(","))
    header = [] if case.startswith("no header") else [[names[k] for k in columns]]
    file = tmp_path / "cell.csv"
    lines = [",".join(row) for row in header + [[row[k] for k in columns] for row in rows]]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ValueError, match="must be given"):
        load_recording(file)
    cell = eval(f"load_recording(file, {ADVICE[case]})", {"load_recording": load_recording, "file": file})
    assert cell.v.shape == (8000, 2) and cell.dt == 0.1 and cell.step == (100.0, 600.0)
