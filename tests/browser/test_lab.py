"""The first command of the README, to its end: the chapter opens in JupyterLab, a slider moves the spikes."""

import pytest
from lab_session import error_outputs, move_first_slider, open_chapter, run_all, snnlab_open

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reader") / "snnlab-course"
    with snnlab_open(folder) as address:
        page = browser.new_page(viewport={"width": 1366, "height": 900})
        page.failures = []
        page.on("pageerror", lambda error: page.failures.append(str(error)))
        open_chapter(page, address)
        run_all(page)
        yield page
        page.close()


def test_every_cell_runs(page):
    assert error_outputs(page) == []


def test_the_slider_moves_the_spikes(page):
    sentence, new_sentence, picture, new_picture = move_first_slider(page)
    assert sentence != new_sentence
    assert picture != new_picture


def test_the_value_is_known_to_python(page):
    """What the reader set with the slider is what the next cell gets."""
    values = page.evaluate(
        """async () => {
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const code = "import json, snnlab_widgets; print(json.dumps([p.values for p in globals().values()"
                + " if isinstance(p, snnlab_widgets.Panel)]))";
            const future = kernel.requestExecute({ code });
            let text = "";
            future.onIOPub = m => { text += m.content.text ?? ""; };
            await future.done;
            return JSON.parse(text);
        }"""
    )
    shown = page.locator(".snn-panel").first.locator("input[type=range]").first.input_value()
    assert any(abs(float(shown) - value) < 1e-9 for panel in values for value in panel.values())


def test_a_notebook_opened_again_shows_its_panels(page):
    """Widgets are saved with the notebook: no "model not found" without running it."""
    page.evaluate("async () => { await window.jupyterapp.shell.currentWidget.context.save(); }")
    page.reload(wait_until="domcontentloaded")
    page.wait_for_selector(".snn-panel canvas, .snn-panel svg, .snn-panel img")
    assert page.get_by_text("model not found").count() == 0


def test_no_error_of_ours_on_the_page(page):
    assert [f for f in page.failures if "snn" in f.lower() or "panel" in f.lower()] == []
