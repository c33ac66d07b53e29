"""A page of the book where little is allowed: a strict server, no JavaScript, paper; and ten panels on it."""

import re
import zlib
from contextlib import suppress

import pytest
from chromium import PATIENCE
from page_server import served
from sample_book import build_book, copy_book
from snnlab_widgets import PANELS, lif_panel
from snnlab_widgets.views.frames import COLUMNS
from snnlab_widgets.views.still import LIGHT
from widgets.panel_page import FIRST as PANEL
from widgets.panel_page import settled

pytestmark = pytest.mark.browser

PAGE = "chapters/02_sample.html"
# Nothing but the server's own files, and the two words that panels need.
STRICT = "; ".join([
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
])  # fmt: skip


@pytest.fixture
def tab(browser):
    """A tab with `troubles`: errors, and what a policy forbade."""
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    yield page
    context.close()


def test_the_strictest_policy_of_a_server_lets_the_panel_live(sample, tab):
    with served(sample, STRICT) as address:
        answer = tab.goto(f"{address}/{PAGE}")
        assert answer.headers["content-security-policy"] == STRICT
        # a function: the policy forbids an expression, which would be evaluated anew at every look
        tab.wait_for_function(f"() => {PANEL}?.data !== undefined")
        before = tab.locator(".snn-view canvas").first.evaluate("canvas => canvas.toDataURL()")
        tab.locator(".snnlab input[type=range]").first.focus()
        tab.keyboard.press("ArrowLeft")
        settled(tab)
        assert tab.evaluate(f"{PANEL}.sentence") == str(lif_panel(v_th=-50.1))
        assert tab.locator(".snn-view canvas").first.evaluate("canvas => canvas.toDataURL()") != before
        assert tab.troubles == []


@pytest.mark.parametrize("word", ["'wasm-unsafe-eval'", "'unsafe-inline'"])
def test_a_stricter_policy_leaves_picture_and_sentence(sample, tab, word):
    """Scripts of the page alone are forbidden, or WebAssembly."""
    scripts, rest = STRICT.split("; style-src")
    with served(sample, f"{scripts.replace(f' {word}', '')}; style-src{rest}") as address:
        tab.goto(f"{address}/{PAGE}")
        still = tab.locator(".snnlab-host").first
        assert still.get_by_text(str(lif_panel()), exact=True).is_visible()
        assert still.locator("svg").first.is_visible()
        assert tab.locator(".snn-controls").count() == 0


def test_without_javascript_picture_and_sentence_are_there(sample, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((sample / PAGE).as_uri())
    still = page.locator(".snnlab-host").first
    assert still.get_by_text(str(lif_panel()), exact=True).is_visible()
    assert all(picture.is_visible() for picture in still.locator("svg").all())
    assert still.locator("svg").count() == len(lif_panel().views)
    context.close()


def strokes(pdf: bytes, colour: str) -> tuple[int, int]:
    """Line segments and rectangles of a PDF in one colour, as Chromium writes a canvas down."""
    channels = [
        f"{int(colour[k : k + 2], 16) / 255:.4f}".lstrip("0").rstrip("0").rstrip(".") or "0"
        for k in (1, 3, 5)
    ]
    lines = rectangles = 0
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            text = zlib.decompress(packed.rstrip(b"\r\n")).decode("latin1")
            for piece in text.split(f"{' '.join(channels)} RG")[1:]:
                drawn = piece.split(" RG\n")[0]
                lines += drawn.count(" l\n")
                rectangles += drawn.count(" re\n")
    return lines, rectangles


def test_a_printed_page_shows_pictures_and_sentence(sample, tab):
    panel = lif_panel(v_th=-52.0)
    tab.goto(f"{(sample / PAGE).as_uri()}{panel.link()}")
    tab.wait_for_function(f"{PANEL}?.data !== undefined")
    pdf = tab.pdf(tagged=True)
    segments, _ = strokes(pdf, LIGHT["trace"])
    assert segments > COLUMNS  # a trace has two points for each column
    _, ticks = strokes(pdf, LIGHT["ink"])
    assert ticks >= sum(panel.result.times <= panel.views[0].until) > 10
    spoken = b"".join(re.findall(rb"/Alt\s*<([0-9A-F]*)>", pdf))
    assert str(panel).encode("utf-16-be").hex().upper().encode() in spoken
    assert tab.troubles == []


@pytest.mark.slow
def test_ten_panels_on_a_page_of_the_book(tmp_path_factory, tab):
    calls = [f"from snnlab_widgets import PANELS\n\nPANELS[{name!r}]()" for name in PANELS]
    cells = ["# 2. Ten panels", *[(code, []) for code in (calls * 10)[:10]]]
    pages = build_book(copy_book(tmp_path_factory.mktemp("ten"), cells))
    tab.goto((pages / PAGE).as_uri())
    # what is far below the window follows when the page has nothing else to do
    tab.wait_for_function("[...document.querySelectorAll('.snnlab-host')].every(host => host.snnlab?.data)")
    living = "[...document.querySelectorAll('.snnlab-host')].map(host => host.snnlab?.sentence)"
    expected = [str(make()) for make in (list(PANELS.values()) * 10)[:10]]
    assert tab.evaluate(living) == expected
    for k in range(10):
        panel = tab.locator(".snnlab-host").nth(k)
        panel.scroll_into_view_if_needed()
        canvases = panel.locator("canvas")
        before = [canvases.nth(n).evaluate("canvas => canvas.toDataURL()") for n in range(canvases.count())]
        panel.locator("input[type=range]").first.focus()
        tab.keyboard.press("ArrowLeft")
        settled(tab)
        after = [canvases.nth(n).evaluate("canvas => canvas.toDataURL()") for n in range(canvases.count())]
        assert after != before, k
        # and no other panel has moved
        said = tab.evaluate(living)
        assert said[k] != expected[k] and said[k + 1 :] == expected[k + 1 :]
    assert tab.troubles == []
