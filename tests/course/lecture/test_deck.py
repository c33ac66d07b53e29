"""What lies behind a chapter fits on its slides, and what is for a keyboard is left out."""

import pytest

pytest.importorskip("bs4")

from snnlab.course.lecture.chapter_page import read_chapter, words_of
from snnlab.course.lecture.deck import _ENTRIES, _LINES, _lines, _shared_out
from snnlab.course.lecture.elsewhere import GROUPS, Entry


def entry(paragraphs: int, letters: int) -> Entry:
    return Entry("a", GROUPS[1], "snnlab.neurons.LIF", f"<p><code>{'x' * letters}</code></p>" * paragraphs)


@pytest.mark.parametrize("letters", [10, 200, 700, 5000])
def test_a_slide_gets_no_more_entries_than_it_has_room_for(letters):
    entries = [entry(2, letters)] * 19
    parts = _shared_out(entries)
    assert [each for part in parts for each in part] == entries
    for part in parts:
        assert 1 <= len(part) <= _ENTRIES and (len(part) == 1 or sum(map(_lines, part)) <= _LINES)
    assert (len(parts) < 19) == (letters < 500)
    assert _shared_out([]) == []


def test_how_to_run_a_notebook_stands_on_no_slide(tmp_path):
    file = tmp_path / "05_spikes.html"
    quotes = "<blockquote><p>In JupyterLab, run cell after cell.</p></blockquote><blockquote>No.</blockquote>"
    text = f'<article class="bd-article"><section><h1>5. Spikes</h1>{quotes}</section></article>'
    file.write_text(text, encoding="utf-8")
    assert words_of(read_chapter(file).article) == "5. SpikesNo."
