"""The page "Fit your own cell" has the place that its script fills, and says what the script does."""

import sys

from sample_book import BOOK
from snnlab_widgets.pages.own_cell import PLACE

from snnlab.data.recording import LEVEL

sys.path.append(str(BOOK / "_ext"))

import own_cell_page

PAGE = (BOOK / "own_cell.md").read_text(encoding="utf-8")


def test_the_page_has_the_place_and_asks_for_the_script():
    assert f'<div id="{PLACE}">' in PAGE and f'src="_static/{own_cell_page.SCRIPT}"' in PAGE
    assert f"file: {own_cell_page.PAGE}\n" in (BOOK / "_toc.yml").read_text(encoding="utf-8")
    assert "own_cell_page: _ext" in (BOOK / "_config.yml").read_text(encoding="utf-8")


def test_the_level_of_spikes_is_that_of_the_code():
    assert f"crossings of −{-LEVEL:.0f} mV" in PAGE
