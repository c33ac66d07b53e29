"""The pages in a real browser: from the disk and from a server, in light and dark, on paper, searched."""

import re

import pytest
from accessibility import axe_findings
from chromium import PATIENCE
from covering import cover
from page_server import served
from sample_book import LONG_LINE

pytestmark = pytest.mark.browser


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.slow)])
def address(request, pages):
    """The address of the folder with the pages."""
    if request.param == "file":
        yield pages.as_uri()
        return
    with served(pages) as server:
        yield server


@pytest.fixture
def tab(browser):
    """A tab that writes down what goes wrong in it: `tab.troubles`, `tab.requests`."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.troubles, page.requests = [], []
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("requestfailed", lambda request: failed(page, request))
    page.on("response", lambda got: page.troubles.append(got.url) if got.status >= 400 else None)
    page.on("request", lambda request: page.requests.append(request.url))
    yield page
    context.close()


def failed(page, request):
    # going to the next page breaks off what is still being fetched, such as the icon of the tab
    if request.failure != "net::ERR_ABORTED":
        page.troubles.append(f"failed: {request.url} ({request.failure})")


def names(folder):
    """The pages; of the reference, of those with source or with one panel, many of a kind, only a few."""
    files = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*.html"))]
    kinds = ("reference/", "_modules/", "playground/")
    made = {start: [file for file in files if file.startswith(start)] for start in kinds}
    few = [file for pages in made.values() for file in pages[:: len(pages) // 3 or 1]]
    return [file for file in files if not file.startswith(("_static/", *made))] + few


def test_pages_open_without_trouble_and_without_asking_another_host(address, pages, tab):
    for name in names(pages):
        tab.goto(f"{address}/{name}")
        tab.wait_for_load_state("networkidle")
        assert tab.troubles == [], name
    here = ("data:", "blob:", address)
    assert tab.requests
    assert [url for url in tab.requests if not url.startswith(here)] == []


BOX = "input[type=search], .search-button__button"


def visible(tab, selector) -> int:
    """Return how many of the elements can be seen."""
    found = tab.locator(selector)
    return sum(found.nth(number).is_visible() for number in range(found.count()))


def test_a_search_finds_the_word_and_there_is_one_box(address, tab):
    tab.goto(f"{address}/index.html")
    assert visible(tab, BOX) == 1
    tab.locator(".search-button__button:visible").click()
    tab.locator("input[type=search]:visible").fill("rheobase")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=rheobase**")
    hit = tab.locator("#search-results li a", has_text="Glossary").first
    hit.wait_for()
    tab.wait_for_load_state("networkidle")
    assert tab.troubles == []
    assert visible(tab, BOX) == 1
    hit.click()
    tab.wait_for_url("**/glossary.html**")


def test_equations_are_drawn_with_the_font_of_the_book(sample, tab):
    tab.goto((sample / "chapters" / "02_sample.html").as_uri())
    tab.evaluate("document.fonts.ready")
    state = "[...document.fonts].filter(f => f.family.includes('STIX Two Math')).map(f => f.status)"
    assert tab.evaluate(state) == ["loaded"]
    brace, line = tab.evaluate("""() => {
        const cases = [...document.querySelectorAll("math")].find((m) => m.textContent.startsWith("{"));
        const height = cases.querySelector("mo").getBoundingClientRect().height;
        return [height, parseFloat(getComputedStyle(cases).fontSize)];
    }""")
    assert brace > 3 * line  # the brace of the cases grows with them


def test_wide_equations_do_not_widen_a_narrow_page(sample, tab):
    tab.set_viewport_size({"width": 360, "height": 700})
    for name in names(sample):
        tab.goto((sample / name).as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, name


@pytest.mark.parametrize("width", [390, 1250])
def test_a_long_line_of_code_goes_on_below_and_is_copied_whole(sample, tab, width):
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto((sample / "chapters" / "02_sample.html").as_uri())
    code = tab.locator(".bd-article .highlight-ipython3 pre:visible")
    shown = code.evaluate_all("""blocks => blocks.map(pre => {
        const { paddingTop, paddingBottom, lineHeight } = getComputedStyle(pre);
        const [above, below, line] = [paddingTop, paddingBottom, lineHeight].map(parseFloat);
        const lines = (pre.clientHeight - above - below) / line;
        return { text: pre.innerText.trimEnd(), beyond: pre.scrollWidth - pre.clientWidth, lines };
    })""")
    assert shown and all(block["beyond"] <= 1 for block in shown)
    wide = next(block for block in shown if block["text"] == LONG_LINE)
    assert wide["lines"] > len(LONG_LINE.splitlines()) + 0.9


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_follows_the_colours_of_the_system(sample, tab, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto((sample / "chapters" / "02_sample.html").as_uri())
    assert tab.evaluate("document.documentElement.dataset.theme") == scheme
    colours = "(selector) => getComputedStyle(document.querySelector(selector))"
    ink = tab.evaluate(f"({colours})('math').color")
    paper = tab.evaluate(f"({colours})('body').backgroundColor")
    dark_paper = sum(map(int, paper[paper.index("(") + 1 : -1].split(",")[:3])) < 3 * 64
    light_ink = sum(map(int, ink[ink.index("(") + 1 : -1].split(",")[:3])) > 3 * 128
    assert dark_paper == light_ink == (scheme == "dark")


def test_a_panel_lives_in_the_page(sample, tab):
    tab.goto((sample / "chapters" / "02_sample.html").as_uri())
    slider = tab.locator(".snnlab input[type=range]").first
    slider.wait_for()
    panel = tab.locator(".snnlab").first
    before = panel.inner_text()
    slider.focus()
    for _ in range(5):
        slider.press("ArrowLeft")
    tab.wait_for_function("(before) => document.querySelector('.snnlab').innerText !== before", arg=before)
    assert tab.troubles == []


def test_paper_shows_the_folded_parts(sample, tab):
    tab.goto((sample / "chapters" / "02_sample.html").as_uri())
    tab.wait_for_function("[...document.querySelectorAll('.snnlab-host')].every(host => host.snnlab?.data)")
    closed = "document.querySelectorAll('details:not([open])').length"
    folded = tab.evaluate(closed)
    assert folded >= 3
    tab.emulate_media(media="print")
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate(closed) == 0
    code = tab.locator("details.hide .cell_input").first
    assert code.evaluate("element => getComputedStyle(element).opacity") == "1"  # at once, not faded in
    assert tab.locator(".edition").is_visible()
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.emulate_media(media="screen")
    tab.wait_for_function(f"{closed} === {folded}")


def test_the_first_stop_of_the_tab_key_skips_to_the_text(sample, tab):
    tab.goto((sample / "chapters" / "02_sample.html").as_uri())
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main-content"


def of_every_kind(folder):
    """A few pages that together have at least twice every class that an element of a page has."""
    kinds = {}
    for name in names(folder):
        given = re.findall(r'class="([^"]*)"', (folder / name).read_text(encoding="utf-8"))
        kinds[name] = {word for words in given for word in words.split()}
    return cover(kinds, {name: (folder / name).stat().st_size for name in kinds})


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pages", "scheme", "looked_at"),
    [  # the colours of the book are those of the sample, and its panels are looked at one by one elsewhere
        ("book", "light", of_every_kind),
        ("sample", "dark", names),
        pytest.param("book", "light", names, marks=pytest.mark.nightly),
        pytest.param("book", "dark", names, marks=pytest.mark.nightly),
        pytest.param("sample", "light", names, marks=pytest.mark.nightly),
    ],
    indirect=["pages"],
)
def test_axe_has_nothing_to_say(pages, tab, scheme, looked_at):
    tab.emulate_media(color_scheme=scheme)
    panels = 0
    for name in looked_at(pages):
        tab.goto((pages / name).as_uri())
        hosts = "[...document.querySelectorAll('.snnlab-host')]"
        tab.wait_for_function(f"{hosts}.every(host => host.snnlab?.data)")
        panels += tab.evaluate(f"{hosts}.length")
        # what is folded away is looked at too
        tab.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        tab.evaluate("Promise.all(document.getAnimations().map(move => move.finished))")  # it fades in
        assert axe_findings(tab) == [], name
    assert panels
