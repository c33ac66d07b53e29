"""The page "What Loihi 2 changes": its pieces run one after the other and print what stands below them."""

from page_code import blocks, printed
from sample_book import BOOK

TEXT = (BOOK / "loihi2.md").read_text(encoding="utf-8")


def test_the_page_prints_what_it_says():
    assert printed(blocks(TEXT, "python")) == "".join(blocks(TEXT, "text"))


def test_no_line_is_wider_than_its_box():
    lines = "".join(blocks(TEXT, r"\w+")).splitlines()
    assert [line for line in lines if len(line) > 84] == []


def test_no_piece_is_longer_than_nine_lines():
    for piece in blocks(TEXT, "python"):
        assert len([line for line in piece.splitlines() if line.strip()]) <= 9


def test_it_is_in_the_table_of_contents_and_says_its_sources():
    assert "- file: loihi2\n" in (BOOK / "_toc.yml").read_text(encoding="utf-8")
    assert "## Sources" in TEXT and "Orchard" in TEXT and "lava-nc 0.10.0" in TEXT
