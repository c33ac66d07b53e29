"""The playground's cards: every panel once, under its chapter, filtered in the page and in JupyterLab."""

import re

import pytest
from docutils.nodes import make_id
from snnlab_widgets import CHAPTERS, PANELS, playground
from snnlab_widgets.pages import gallery
from widgets.panel_page import watched_page


@pytest.fixture(scope="module")
def cards():
    return gallery.cards()


def test_every_panel_has_a_card_under_its_chapter(cards):
    assert {card.name for card in cards} == set(PANELS) and len(cards) == len(PANELS)
    assert [card.chapter for card in cards] == sorted(card.chapter for card in cards)
    for card in cards:
        assert card.name in CHAPTERS[card.chapter][0] and card.question


def test_a_card_stands_where_the_heading_of_its_panel_once_stood(cards):
    anchors = [card.anchor for card in cards]
    assert anchors == [make_id(card.title) for card in cards]
    assert len(set(anchors)) == len(anchors)


def test_a_chapter_is_called_as_in_the_book():
    assert gallery.chapter_title(2) == "2. The leaky integrate-and-fire neuron"
    assert all(gallery.chapter_title(chapter).startswith(f"{chapter}. ") for chapter in CHAPTERS)


def test_in_jupyterlab_a_card_that_is_clicked_shows_its_panel():
    shown = playground()
    (cards,) = shown.children
    assert "<svg" not in cards.html and cards.html.count("<li ") == len(PANELS)
    cards.chosen = "lif"
    assert shown.children[0] is cards and shown.children[1].name == "lif"
    cards.chosen = "no such panel"
    assert shown.children[1].name == "lif"


def test_while_the_book_is_built_there_is_no_widget(monkeypatch):
    monkeypatch.setenv("SNNLAB_STATIC", "1")
    assert not hasattr(playground(), "comm")


FEW = ["lif", "poisson", "brunel_map"]


@pytest.fixture
def few(monkeypatch):
    """A playground of three panels."""
    monkeypatch.setattr(
        gallery, "CHAPTERS", {2: (["lif"], []), 5: (["poisson"], []), 9: (["brunel_map"], [])}
    )


def test_a_picture_says_what_it_shows(few):
    html = gallery.gallery(links=True)
    pictures = re.findall(r'<svg [^>]*role="img" aria-label="([^"]+)"', html)
    assert len(pictures) == len(FEW) and all(
        str(PANELS[n]())[:20] in p for n, p in zip(FEW, pictures, strict=True)
    )
    assert re.findall(r'href="playground/(\w+)\.html"', html) == FEW


@pytest.mark.browser
def test_the_cards_are_filtered_and_old_addresses_lead_on(few, browser, tmp_path):
    file = tmp_path / "playground.html"
    file.write_text(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>P</title>{gallery.in_page()}'
    )
    (tmp_path / "playground").mkdir()
    for name in FEW:
        (tmp_path / "playground" / f"{name}.html").write_text(f"<!doctype html><title>{name}</title>")
    with watched_page(browser) as tab:
        tab.goto(file.as_uri())
        shown, said = tab.locator(".snn-cards li:visible b"), tab.locator("output")
        assert shown.count() == 3 and said.inner_text() == "3 panels"
        tab.get_by_label("Chapter").select_option("5")
        assert shown.count() == 1 and said.inner_text() == "1 panel"
        tab.get_by_label("Idea").fill("threshold")
        assert shown.count() == 0
        tab.get_by_label("Chapter").select_option("")
        assert "Leaky integrate-and-fire neuron" in shown.all_inner_texts()
        tab.get_by_label("Idea").fill("no such thing")
        assert said.inner_text() == "0 panels"
        tab.goto(file.as_uri() + "#lif?v_th=-52")
        tab.wait_for_url("**/playground/lif.html#lif?v_th=-52")
