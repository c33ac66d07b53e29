"""Slides in Chromium: panels live on them, keys go where they are meant; a PDF keeps links and pictures."""

import re
from importlib.util import find_spec

import pytest
from needs import need
from widgets.panel_page import settled, watched_page

pytest.importorskip("bs4")

from snnlab.course.lecture.chapter_page import read_chapter
from snnlab.course.lecture.chromium import find_chromium
from snnlab.course.lecture.deck import write_deck
from snnlab.course.lecture.paper import print_chapter

pytestmark = pytest.mark.browser

WIDE = {"viewport": {"width": 1600, "height": 900}}  # a slide is enlarged by a third
HOSTS = "[...document.querySelectorAll('.snnlab-host')]"
LIVE = f"{HOSTS}.every(host => !host.querySelector('script') || host.snnlab?.data)"
PANEL = "document.querySelector('.leaf.present .snnlab-host').snnlab"
WHERE = "Object.values(Reveal.getIndices()).join('.')"
GOES = "place => {{ const found = document.querySelector(place).closest('.leaf'); {} }}".format(
    "const at = Reveal.getIndices(found); Reveal.slide(at.h, at.v);"
)


@pytest.fixture(scope="module")
def folder(sample, tmp_path_factory):
    """The slides of the sample chapter."""
    need(find_spec("sphinx_revealjs"), "no reveal.js: python -m pip install sphinx-revealjs")
    folder = tmp_path_factory.mktemp("lecture") / "slides"
    write_deck(read_chapter(sample / "chapters" / "02_sample.html"), folder)
    return folder


@pytest.fixture
def deck(folder, browser):
    """The slides, opened from the disk; whatever they ask of a network fails the test."""
    with watched_page(browser, **WIDE) as page:
        page.goto((folder / "index.html").as_uri())
        page.wait_for_function("window.Reveal?.isReady()")
        page.wait_for_function(LIVE)
        yield page


def on_panel(deck):
    """Go to the slide of the first panel."""
    deck.evaluate(GOES, ".stage .snnlab-host")
    deck.wait_for_function(f"{PANEL}?.data")
    settled(deck)


def value(deck, name: str) -> float:
    """Of the first panel, on whichever slide one is."""
    return deck.evaluate(f"document.querySelector('.stage .snnlab-host').snnlab.values.{name}")


def test_arrows_go_to_the_slides_or_to_the_slider_that_has_the_focus(deck):
    first = deck.evaluate(WHERE)
    deck.keyboard.press("Space")
    assert deck.evaluate(WHERE) != first
    on_panel(deck)
    slide, before = deck.evaluate(WHERE), value(deck, "v_th")
    for part in (".present .snn-range input", ".present [role=slider]"):
        deck.locator(f".leaf{part}").first.focus()
        for key in ("ArrowLeft", "ArrowDown", "Home"):
            deck.keyboard.press(key)
        settled(deck)
        assert deck.evaluate(WHERE) == slide and value(deck, "v_th") < before
        deck.evaluate(f"{PANEL}.move('v_th', {before}, 'reset')")
    deck.keyboard.press("Escape")  # leaves the slider, and shows no overview
    assert not deck.evaluate("Reveal.isOverview()")
    deck.keyboard.press("PageDown")
    assert deck.evaluate(WHERE) != slide and value(deck, "v_th") == before


def test_a_clicker_goes_on_whatever_has_the_focus(deck):
    on_panel(deck)
    slide, before = deck.evaluate(WHERE), value(deck, "v_th")
    deck.locator(".leaf.present .snn-range input").first.focus()
    deck.keyboard.press("PageDown")
    assert deck.evaluate(WHERE) != slide and value(deck, "v_th") == before


def test_a_threshold_is_dragged_to_where_the_hand_is_although_the_slide_is_enlarged(deck):
    on_panel(deck)
    grip = deck.locator(".leaf.present .snn-grip-y").first
    box, before = grip.bounding_box(), value(deck, "v_th")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    deck.mouse.move(x, y)
    deck.mouse.down()
    deck.mouse.move(x, y + 30, steps=5)
    deck.mouse.up()
    settled(deck)
    after = grip.bounding_box()
    assert value(deck, "v_th") < before
    assert after["y"] + after["height"] / 2 == pytest.approx(y + 30, rel=0, abs=3)


def test_no_slide_moves_when_the_next_one_is_shown_and_all_of_it_is_seen(deck):
    pages, bodies = (f"[...document.querySelectorAll('.slides .{part}')]" for part in ("page", "body"))
    places = f"{pages}.map(page => JSON.stringify(page.getBoundingClientRect()))"
    before = deck.evaluate(places)
    for _ in range(4):
        deck.keyboard.press("Space")
    assert deck.evaluate(places) == before and len(set(before)) == 1
    assert deck.evaluate(f"{bodies}.filter(body => body.scrollWidth > body.clientWidth + 1).length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_slides_are_light_or_dark_as_the_system_is(deck, scheme):
    deck.emulate_media(color_scheme=scheme)
    deck.wait_for_function(f"document.documentElement.dataset.theme === '{scheme}'")
    paper = deck.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = deck.evaluate("getComputedStyle(document.querySelector('.slides .body')).color")
    light = [sum(map(int, re.findall(r"\d+", text)[:3])) for text in (paper, ink)]
    assert (light[0] > light[1]) == (scheme == "light")


def test_the_speaker_sees_notes_and_both_slides(deck):
    on_panel(deck)
    with deck.expect_popup() as opened:
        deck.keyboard.press("s")
    window = opened.value
    window.wait_for_function("document.querySelectorAll('iframe').length === 2")
    window.wait_for_function(
        "document.querySelector('.speaker-controls-notes .value')?.textContent.includes('lif_panel()')"
    )
    window.close()


@pytest.mark.slow
def test_a_pdf_keeps_links_and_pictures(sample, browser, tmp_path):
    from pypdf import PdfReader

    chapter = read_chapter(sample / "chapters" / "02_sample.html")
    linked = len(chapter.article.select("a[href]"))
    print_chapter(chapter, tmp_path / "sample.pdf", find_chromium())
    pages = PdfReader(tmp_path / "sample.pdf").pages
    texts = [page.extract_text() for page in pages]
    assert min(map(len, texts)) > 20
    kept = [link.get_object() for page in pages for link in page.get("/Annots", ())]
    # a link that is broken over two lines is two
    assert len([link for link in kept if link["/Subtype"] == "/Link"]) >= linked
    assert not any("file:" in str(link.get("/A", {}).get("/URI", "")) for link in kept)
    said = " ".join(" ".join(texts).split())
    assert "33.0 Hz" in said and "time (ms)" in said  # what the panel shows, as letters
    assert "Words" in said and "membrane potential" in said
