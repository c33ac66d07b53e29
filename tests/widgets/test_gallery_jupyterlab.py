"""`snnlab open playground` and an equation of a chapter, in JupyterLab for real."""

import pytest
from lab_session import open_chapter, run_all, snnlab_open

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of the playground in a reader's folder."""
    with snnlab_open(tmp_path_factory.mktemp("reader") / "course", asked="playground") as address:
        yield address


@pytest.fixture
def page(browser, lab):
    """The page that the command opens, in which nothing went wrong."""
    tab = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
    troubles = []
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    open_chapter(tab, lab)
    yield tab
    tab.context.close()
    assert troubles == []


INK = """() => {
    const figure = document.querySelector("figure.snnlab");
    const { palette } = [...document.querySelectorAll("*")].find(e => e.snnlab?.figure === figure).snnlab;
    const gallery = document.querySelector(".snn-gallery");
    return [palette.ink, getComputedStyle(figure).color, getComputedStyle(gallery).color];
}"""
PIXELS = "() => document.querySelector('figure.snnlab canvas').toDataURL()"


def test_a_card_gives_way_to_its_panel_which_takes_the_colours_of_a_new_theme(page):
    run_all(page)
    page.get_by_label("Idea").fill("threshold")
    page.locator(".snn-gallery a[data-name=lif]").click()
    page.locator("figure.snnlab canvas").first.wait_for()
    assert page.locator(".snn-cards li:visible").count() == 0
    light, drawn = page.evaluate(INK), page.evaluate(PIXELS)
    page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' })")
    page.wait_for_function(f"before => ({INK})().every((ink, k) => ink !== before[k])", arg=light)
    assert len(set(page.evaluate(INK))) == 1
    page.wait_for_function(f"before => ({PIXELS})() !== before", arg=drawn)
    page.get_by_role("button", name="All panels").click()
    assert page.locator(".snn-cards li:visible").count() > 5


def test_in_a_chapter_an_equation_has_its_number_and_a_long_line_goes_on_below(page):
    page.evaluate(
        "jupyterapp.commands.execute('docmanager:open', { path: '02_leaky_integrate_and_fire.ipynb' })"
    )
    equation = page.locator(".jp-RenderedMarkdown", has_text="times the speed of the potential").first
    equation.locator("mjx-container[display=true]").first.wait_for(state="attached")
    assert "lif-membrane" not in equation.text_content()
    assert equation.locator("mjx-merror").count() == 0
    assert equation.locator("mjx-mlabeledtr, mjx-labels").count() >= 1
    code = page.locator(".jp-CodeCell .cm-content").first
    code.wait_for(state="attached")
    assert code.evaluate("code => getComputedStyle(code).whiteSpace") in ("pre-wrap", "break-spaces")
