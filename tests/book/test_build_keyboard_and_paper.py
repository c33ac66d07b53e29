"""A page of the book for whoever goes by the keyboard, prints, searches, or has a slow network."""

import re

import pytest
from chromium import PATIENCE
from page_server import served

pytestmark = pytest.mark.browser

LIVES = "[...document.querySelectorAll('.snnlab-host')].every(host => host.snnlab?.data)"


@pytest.fixture
def tab(browser, sample):
    """A tab with the sample chapter, whose panels live."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto((sample / "chapters" / "02_sample.html").as_uri())
    page.wait_for_function(LIVES)
    yield page
    context.close()


def brightness(colour: str) -> float:
    """The mean of red, green and blue in `rgb(…)`."""
    return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3


PARTS = ["body", ".bd-article p", "math", ".bd-article .highlight pre", ".snn-question", "blockquote p"]
INK = f"{PARTS}.map(part => getComputedStyle(document.querySelector(part)).color)"
PAPER = "getComputedStyle(document.body).backgroundColor"
THEME = "document.documentElement.dataset.theme === '{}'"


def test_paper_is_white_also_where_the_page_is_dark(tab):
    tab.emulate_media(color_scheme="dark")
    tab.reload()
    tab.wait_for_function(LIVES)
    on_screen = tab.evaluate(INK)
    assert min(map(brightness, on_screen)) > 128 and brightness(tab.evaluate(PAPER)) < 64
    tab.emulate_media(media="print", color_scheme="dark")
    tab.wait_for_function(THEME.format("light"))
    assert max(map(brightness, tab.evaluate(INK))) < 128 and brightness(tab.evaluate(PAPER)) == 255
    tab.emulate_media(media="screen", color_scheme="dark")
    tab.wait_for_function(THEME.format("dark"))
    assert tab.evaluate(INK) == on_screen


def test_whoever_goes_by_the_tab_key_sees_where_they_are(tab):
    here = """() => {
        const at = document.activeElement, { outlineStyle, boxShadow } = getComputedStyle(at);
        const ring = outlineStyle !== "none" || / [3-9]px(,|$)/.test(boxShadow);
        return [at.className, ring || at.matches("input[type=range]")];  // a slider has it around its knob
    }"""
    met, without = set(), []
    for _ in range(30):
        tab.keyboard.press("Tab")
        name, ring = tab.evaluate(here)
        met |= set(name.split())
        without += [] if ring else [name]
    assert without == []
    assert {"search-button-field", "sidebar-toggle", "dropdown-toggle", "theme-switch-button"} <= met


def test_what_scrolls_is_reached_by_the_tab_key_as_long_as_it_does(tab):
    equations = "[...document.querySelectorAll('div.math')]"
    stops = f"{equations}.filter(part => part.tabIndex === 0).length"
    wide = f"{equations}.filter(part => part.scrollWidth > part.clientWidth + 1).length"
    assert tab.evaluate(stops) == tab.evaluate(wide) == 0
    tab.set_viewport_size({"width": 300, "height": 700})
    tab.wait_for_function(f"{stops} && {stops} === {wide}")
    tab.set_viewport_size({"width": 1366, "height": 768})
    tab.wait_for_function(f"{stops} === 0")


def test_an_excerpt_is_of_the_article(sample, tab):
    with served(sample) as server:
        tab.goto(f"{server}/search.html?q=sample")
        tab.locator("#search-results p.context").first.wait_for()
        words = " ".join(tab.locator("#search-results p.context").all_inner_texts())
    assert "How far does one page get us?" in words
    assert ".ipynb" not in words and ".pdf" not in words


def test_a_page_brings_the_icons_that_it_shows_and_no_others(sample, tab):
    script = sample / "_static" / "scripts" / "fontawesome.js"
    assert script.stat().st_size < 100_000  # all of them are 1.5 MB
    shown = "[...document.querySelectorAll('svg[data-icon]')].map(svg => [svg.dataset.icon, svg.innerHTML])"
    tab.wait_for_function(f"{shown}.length > 5")
    icons = dict(tab.evaluate(shown))
    assert {"magnifying-glass", "bars", "download", "file", "moon", "sun"} <= set(icons)
    assert all('d="M' in path for path in icons.values())
