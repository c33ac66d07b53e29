"""The page "The library in ten minutes": every piece of code runs and prints what stands below it."""

import re

import pytest
from page_code import blocks, printed
from sample_book import BOOK

PAGE = BOOK / "ten_minutes.md"
PARTS = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
WITH_CODE = {part.partition("\n")[0]: part for part in PARTS if "```python" in part}


def test_it_simulates_connects_measures_compares_learns_draws_and_makes_a_panel():
    assert list(WITH_CODE) == ["Simulate", "Connect", "Measure", "Compare", "Learn", "Draw", "Make a panel"]


@pytest.mark.parametrize("title", WITH_CODE)
def test_a_part_prints_what_it_says(title, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # one of them saves a picture
    pytest.importorskip("matplotlib").use("agg")
    assert printed(blocks(WITH_CODE[title], "python")) == "".join(blocks(WITH_CODE[title], "text"))


def test_no_line_is_wider_than_its_box():
    """So many letters fit where the window is 1300 px wide; in a narrower one the line goes on below."""
    lines = [line for part in WITH_CODE.values() for line in "".join(blocks(part, r"\w+")).splitlines()]
    assert [line for line in lines if len(line) > 84] == []


@pytest.mark.parametrize("title", WITH_CODE)
def test_no_piece_is_longer_than_eight_lines(title):
    for piece in blocks(WITH_CODE[title], "python"):
        assert len([line for line in piece.splitlines() if line.strip()]) <= 8
