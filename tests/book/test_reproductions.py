"""The page of reproductions: a row for each claim, each written by a test, and the page made of the rows."""

import re

import pytest
from chapters.notebook import read
from reproductions import CLAIMS, PAGE, VERDICTS, Recorder, page, rows
from sample_book import BOOK
from tree import ROOT

ASKED = re.compile(r'\breproduces\("([\w-]+)"')
TOLD = {"reproduces": ("spytorch", "85%", "reached")}


def test_each_claim_has_a_row_and_a_test():
    tests = [path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    written = {name for text in tests for name in ASKED.findall(text)}
    assert written >= CLAIMS.keys()
    assert list(rows()) == list(CLAIMS)
    assert {verdict for _, verdict in rows().values()} <= set(VERDICTS)


def test_the_page_is_what_the_rows_say():
    assert PAGE.read_text(encoding="utf-8") == page(rows())


@pytest.mark.parametrize("name", CLAIMS)
def test_the_chapter_cites_the_source(name):
    claim = CLAIMS[name]
    text = "\n".join(cell.source for cell in read(BOOK / "chapters" / f"{claim.chapter}.ipynb").cells)
    for author in re.findall(r"[A-Z]['’]?[A-ZÀ-Ža-zö]{2,}", claim.source.partition("(")[0]):
        assert author in text, author


class Report:
    when, passed = "call", True

    def __init__(self, properties):
        self.user_properties = list(properties.items())


def test_a_run_writes_what_it_was_told_and_keeps_the_rest(tmp_path):
    file, to = tmp_path / "rows.csv", tmp_path / "page.md"
    file.write_text("claim,ours,verdict\nsodium,13 times,not reached\nspytorch,1%,not reached\n", "utf-8")
    recorder = Recorder(file, to)
    recorder.pytest_runtest_logreport(Report(TOLD))
    recorder.pytest_runtest_logreport(Report({"other": 1}))
    recorder.pytest_sessionfinish(None)
    assert rows(file) == {"sodium": ("13 times", "not reached"), "spytorch": ("85%", "reached")}
    shown = to.read_text(encoding="utf-8")
    assert "| 85% |" in shown and shown.count("| not run |") == 2 * (len(CLAIMS) - 2)


def test_a_test_that_failed_says_nothing(tmp_path):
    recorder = Recorder(tmp_path / "rows.csv", tmp_path / "page.md")
    failed = Report(TOLD)
    failed.passed = False
    recorder.pytest_runtest_logreport(failed)
    assert not recorder.told


def test_a_verdict_that_is_not_the_written_one_fails(reproduces):
    with pytest.raises(AssertionError, match=r"reproductions\.csv says reached of sjostrom"):
        reproduces("sjostrom", "nothing", "not reached")
    with pytest.raises(AssertionError, match="no claim"):
        reproduces("no claim", "nothing", "reached")
