"""The first page, whose panel is seen whole and at once, and the playground, which leads to every panel."""

import re

import nbformat
import pytest
from chromium import PATIENCE
from covering import covering
from sample_book import BOOK
from snnlab_widgets import CHAPTERS, PANELS, match_panel
from snnlab_widgets.chapters.chapter02.match import WINDOW

from snnlab.neurons.models import lif

PANEL = "document.querySelector('.snnlab-host').snnlab"


def read(name):
    return nbformat.read(BOOK / name, as_version=4)


def outputs(notebook):
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output.data["text/plain"] for cell in cells for output in cell.outputs]


def sources(number):
    """The code and the text of a chapter and of its excursions."""
    files = sorted((BOOK / "chapters").glob(f"{number:02}*.ipynb"))
    return "".join(cell.source for file in files for cell in read(f"chapters/{file.name}").cells)


def shown_panels():
    """What makes each panel, chapter by chapter, in the order in which the chapter shows them.

    Those that only this page or the first one shows come before them.
    """
    for number, (names, _) in CHAPTERS.items():
        text = sources(number)
        yield from (PANELS[name] for name in sorted(names, key=lambda name: text.find(f"{name}_panel(")))


@pytest.mark.parametrize("name", ["index.ipynb", "playground.ipynb"])
def test_nbval_runs_the_page(name, pytestconfig):
    assert f"book/{name}" in pytestconfig.getini("testpaths")


def test_the_first_page_begins_with_the_panel():
    notebook = read("index.ipynb")
    assert [cell.cell_type for cell in notebook.cells[:2]] == ["markdown", "code"]
    assert notebook.cells[0].source == "# Spiking neural networks"
    assert outputs(notebook)[0] == str(match_panel())
    assert f"within {WINDOW:g} ms" in notebook.cells[2].source


def test_the_first_page_tells_of_every_chapter():
    text = "".join(cell.source for cell in read("index.ipynb").cells)
    told = re.findall(r"[Cc]hapters? (\d+)(?: to (\d+))?", text)
    covered = {number for first, last in told for number in range(int(first), int(last or first) + 1)}
    assert covered >= {int(file.name[:2]) for file in (BOOK / "chapters").glob("*.ipynb")}


def test_every_panel_is_told_in_a_sentence():
    for make in PANELS.values():
        sentence = make.__doc__.splitlines()[0]
        assert sentence.endswith(".") and len(sentence.split()) > 5


def test_the_playground_has_every_panel_under_its_chapter():
    assert [name for panels, _ in CHAPTERS.values() for name in panels] == list(PANELS)
    assert list(CHAPTERS) == sorted({int(file.name[:2]) for file in (BOOK / "chapters").glob("*.ipynb")})
    for number, (names, _) in CHAPTERS.items():
        for name in set(names) - {"match", "poisson"}:  # on the first page, and on no page but this one
            assert f"{name}_panel(" in sources(number)


@pytest.fixture
def tab(browser):
    """A tab of a small laptop."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda said: page.troubles.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    yield page
    context.close()
    assert page.troubles == []


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_panel_is_wholly_visible_without_scrolling(pages, tab, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto((pages / "index.html").as_uri())
    tab.wait_for_function(f"{PANEL}?.data")
    title = tab.locator(".bd-article h1").first.bounding_box()
    panel = tab.locator(".snnlab").first.bounding_box()
    assert tab.evaluate("scrollY") == 0
    assert 0 <= title["y"] < panel["y"]
    assert panel["x"] >= 0 and panel["x"] + panel["width"] <= 1366
    assert panel["y"] + panel["height"] <= 768
    for part in (".snn-question", ".snn-result b", "canvas", ".snn-controls", ".snn-sound", ".snn-reset"):
        box = tab.locator(part).first.bounding_box()
        assert box["width"] > 0 and box["y"] >= panel["y"]
        assert box["y"] + box["height"] <= panel["y"] + panel["height"]
    assert tab.locator(".snn-view canvas").first.bounding_box()["width"] > 700


@pytest.mark.browser
def test_dragging_moves_the_score_and_the_function_stands_below(pages, tab):
    tab.goto((pages / "index.html").as_uri())
    tab.wait_for_function(f"{PANEL}?.data")
    slider = tab.get_by_role("slider", name="Threshold vth", exact=True)
    slider.fill("-34")  # one move: a pause between two key presses would be a first guess
    tab.wait_for_function("document.querySelector('.snn-best').textContent")
    moved = match_panel(v_th=-34.0)
    assert tab.evaluate(f"{PANEL}.sentence") == str(moved)
    assert tab.locator(".snn-best").inner_text() == (
        f"first guess {moved.headline()}, best {moved.headline()}"
    )
    panel = tab.locator(".snnlab").first.bounding_box()
    code = tab.locator("div.highlight pre", has_text="def step").first
    assert code.bounding_box()["y"] > panel["y"] + panel["height"]
    assert "return decay * v + (1.0 - decay) * (v_rest + r_m * i)" in code.inner_text()
    assert lif.step.py_func.__name__ in code.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1366, 400])
def test_the_playground_has_a_card_for_every_panel(pages, tab, width):
    tab.set_viewport_size({"width": width, "height": 768})
    tab.goto((pages / "playground.html").as_uri())
    titles = tab.locator(".snn-cards b").all_inner_texts()
    assert titles == [make(engine="kernel").title for make in shown_panels()]
    assert tab.locator(".snn-cards svg[role=img][aria-label]").count() == len(titles)
    headings = tab.locator(".snn-gallery h2").all_inner_texts()
    assert [heading.partition(".")[0] for heading in headings] == [str(number) for number in CHAPTERS]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert (pages / "playground.html").stat().st_size < 700_000  # when it held every panel it had 2.7 MB


@pytest.mark.browser
@pytest.mark.parametrize("name", covering(PANELS))
def test_a_panel_lives_on_its_page(pages, tab, name):
    tab.goto((pages / "playground" / f"{name}.html").as_uri())
    tab.wait_for_function(f"{PANEL}?.data")
    assert tab.evaluate(f"{PANEL}.sentence") == str(PANELS[name]())
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1366
    back = tab.get_by_role("link", name="All panels")
    back.click()
    tab.wait_for_url("**/playground.html#*")
    card = tab.locator(f".snn-cards li:target a[data-name={name}]")
    assert card.is_visible()
