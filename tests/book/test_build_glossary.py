"""The glossary and the references: plain pages with anchors that JupyterLab and the book agree on."""

import json
import re
import unicodedata
from urllib.parse import unquote

import pytest
from sample_book import BOOK

TEXT = (BOOK / "chapters" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^## (.+)\n+((?:(?!## ).*\n?)+)", TEXT, re.MULTILINE))
NOTEBOOKS = sorted(BOOK.rglob("[!.]*.ipynb"))
NOTEBOOKS = [file for file in NOTEBOOKS if not {"_build", ".ipynb_checkpoints"} & set(file.parts)]


def markdown(notebook) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def anchor(term: str) -> str:
    return term.replace(" ", "-")


def also(body: str) -> list[str]:
    """Return the other names of an entry, from its line "*Also: f–I curve, gain function.*"."""
    line = re.match(r"\*Also: (.+)\.\*\n", body)
    return line.group(1).split(", ") if line else []


def key(author: str, year: str) -> str:
    """Return the key of a reference in the list: plain letters, so Sjöström (2001) is sjostrom2001."""
    letters = unicodedata.normalize("NFKD", author.lower())
    return re.sub("[^a-z]", "", letters) + year


def test_the_glossary_has_the_words_of_the_second_chapter():
    assert len(ENTRIES) >= 30
    assert {"spike", "spike train", "threshold", "reset", "leak", "rheobase", "refractory period"} <= set(
        ENTRIES
    )


def test_terms_are_in_alphabetical_order():
    assert list(ENTRIES) == sorted(ENTRIES)


def test_an_entry_has_an_anchor_that_both_agree_on_and_is_short():
    # JupyterLab keeps capitals and punctuation in an anchor and Sphinx does not: plain words are safe, and a
    # digit that is not the first character.
    assert [term for term in ENTRIES if not re.fullmatch(r"[a-z]+[0-9]?([ -][a-z]+)*", term)] == []
    for term, text in ENTRIES.items():
        body = re.sub(r"\*Also: .+\*\n", "", text).strip()
        assert body.endswith("."), term
        assert 1 <= len(re.findall(r"[.?](?:\s|$)", body)) <= 4, term


def test_no_name_stands_for_two_things():
    names = [name.lower() for term, body in ENTRIES.items() for name in [term, *also(body)]]
    assert len(names) == len(set(names))


def test_the_pages_that_jupyterlab_shows_are_plain():
    assert not re.search(r"\{[a-z]+\}`|^:::|^```\{", TEXT, re.MULTILINE)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_links_into_the_glossary_find_their_entry(notebook):
    anchors = {anchor(term) for term in ENTRIES}
    assert set(re.findall(r"glossary\.md#([^)\s]+)", markdown(notebook))) <= anchors


def test_a_source_is_listed_once():
    """A key that stands twice ends the build of the book."""
    keys = re.findall(r"^@\w+\{([^,]+),", (BOOK / "references.bib").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda file: file.stem)
def test_what_a_chapter_cites_is_in_the_list_of_references(notebook):
    listed = (BOOK / "references.bib").read_text(encoding="utf-8").lower()
    text = markdown(notebook)
    for author, year in re.findall(r"^- ([^,\n]+), .*?\((\d{4})\)", text, re.MULTILINE):
        assert f"{{{key(author, year)}," in listed, f"{author} ({year})"
    for doi in re.findall(r"doi\.org/([^)\s>\]]+)", text):
        assert unquote(doi).lower().rstrip(".") in listed  # a link writes a bracket as %28
