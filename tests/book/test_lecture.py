"""Slides and paper of a chapter hold all that its page has: panels, links, words; and ask no other host."""

import re
from collections import Counter
from pathlib import Path

import pytest

pytest.importorskip("bs4")

from bs4 import BeautifulSoup

from snnlab.course.lecture.chapter_page import read_chapter
from snnlab.course.lecture.deck import slides_page
from snnlab.course.lecture.paper import paper_page

HOSTS = ".snnlab-host"
ADDRESS = re.compile(r"""(?:src|href)=["']?(?:https?:)?//|@import|url\(["']?(?:https?:)?//""")
FOLDED = ".cell > details.hide > summary"  # "show the source": a slide shows it, or the notes do


def whole(text: str) -> BeautifulSoup:
    """A page as it is written, without the numbers of panels, in which nothing is looked for."""
    text = re.sub(r"(<script\b[^>]*>).*?(</script>)", r"\1\2", text, flags=re.DOTALL)
    return BeautifulSoup(re.sub(r"<svg\b.*?</svg>", "<svg></svg>", text, flags=re.DOTALL), "html.parser")


def links(part) -> int:
    return len(part.select("a[href]"))


def words(part) -> Counter:
    return Counter(re.findall(r"\w+", part.get_text(" ")))


def problems(file: Path) -> list[str]:
    """What slides and paper of one chapter lack."""
    page = read_chapter(file)
    panels, linked = len(page.article.select(HOSTS)), links(page.article)
    for line in page.article.select(f"{FOLDED}, script, noscript"):
        line.extract()
    said = words(page.article)
    found = []
    for name, text in (
        ("slides", slides_page(read_chapter(file))),
        ("paper", paper_page(read_chapter(file))),
    ):
        made = whole(text)
        found += of_slides(made)
        if ADDRESS.search(re.sub(r"<a\b[^>]*>", "", text)):
            found.append(f"{name}: something is loaded from another host")
        inner = [link["href"][1:] for link in made.select('a[href^="#"]')]
        ids = Counter(part["id"] for part in made.select("[id]"))
        found += [f"{name}: nothing is called {id}" for id in inner if id not in ids]
        found += [f"{name}: two parts are called {id}" for id, times in ids.items() if times > 1]
        found += [f"{name}: {link} leads out" for link in outward(made)]
        if len(made.select(HOSTS)) != panels:
            found.append(f"{name}: {len(made.select(HOSTS))} panels of {panels}")
        if links(made) != linked:
            found.append(f"{name}: {links(made)} links of {linked}")
        if lost := said - words(made):
            found.append(f"{name}: lost {lost}")
    return [f"{file.stem}, {problem}" for problem in found]


def outward(made) -> list[str]:
    hrefs = (link["href"] for link in made.select("a[href]"))
    return [href for href in hrefs if not href.startswith(("#", "https://", "http://", "mailto:"))]


def of_slides(deck) -> list[str]:
    """What is wrong with single slides."""
    found = []
    for slide in deck.select("section.leaf"):
        heading = slide.select_one("h1, h2")
        if heading is None or not heading.get_text().strip():
            found.append("a slide has no heading")
        looks = slide.select(f".body {HOSTS}, .body img, .body > .math, .body table")
        if len(looks) > 1 and len(slide.select(".body > .output")) != 1:
            found.append(f"{slide.get_text()[:40]}: {len(looks)} things to look at")
    return found


def test_the_sample_chapter_is_whole(sample):
    assert problems(sample / "chapters" / "02_sample.html") == []


@pytest.mark.slow
def test_every_chapter_is_whole(whole_book):
    """Under a minute: all chapters, because any of them may hold what nobody foresaw."""
    files = sorted((whole_book / "chapters").glob("[0-9]*_*.html"))
    assert len(files) > 25
    assert [problem for file in files for problem in problems(file)] == []


@pytest.mark.slow
def test_the_speaker_has_the_teachers_notes(whole_book):
    page = whole_book / "chapters" / "05_random_spikes.html"
    deck = whole(slides_page(read_chapter(page)))
    first = deck.select_one("section.title aside.notes").get_text()
    assert "Time." in first and "Afterwards your students can" in first
    exercises = deck.select("section.exercise")
    assert len(exercises) >= 4
    assert all("What goes wrong" in part.select_one("aside.notes").get_text() for part in exercises)
