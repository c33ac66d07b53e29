"""A notebook as `jupyter nbconvert --to html` shows it, from the disk, with no other host to ask.

nbconvert prefers a widget view wherever the notebook holds the widget's state, and shows it by scripts of
another host. Without the state, or with it cleared away, the panel's own page form is shown, and lives.
"""

import copy
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from chromium import PATIENCE
from nbclient import NotebookClient
from snnlab_widgets import lif_panel
from widgets.panel_page import PANEL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CLEARED = "--ClearMetadataPreprocessor.enabled=True"
README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(scope="module")
def notebook():
    """A notebook that has run, with the state of its widgets."""
    code = "from snnlab_widgets import lif_panel\nlif_panel()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    assert "widgets" in notebook.metadata
    return notebook


def convert(notebook, folder, *options):
    """The page that nbconvert makes."""
    nbformat.write(notebook, folder / "panels.ipynb")
    command = [sys.executable, "-m", "nbconvert", "--to", "html", *options, str(folder / "panels.ipynb")]
    run = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    return folder / "panels.html"


@pytest.fixture
def page(browser):
    """A page that no other host answers: nbconvert's own template asks for MathJax and the like."""
    context = browser.new_context(viewport={"width": 1300, "height": 900})
    context.set_default_timeout(PATIENCE)
    context.route(re.compile("^https?:"), lambda route: route.abort())
    yield context.new_page()
    context.close()


def moves(page):
    """Press a key on the slider; sentence and picture change to what Python computes."""
    page.wait_for_function(f"{PANEL}?.data !== undefined")
    assert page.evaluate(f"{PANEL}.sentence") == str(lif_panel())
    before = page.locator(".snn-view canvas").first.evaluate("canvas => canvas.toDataURL()")
    page.locator(".snn-panel input[type=range]").first.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"{PANEL}.data.values.v_th === -50.1")
    assert page.evaluate(f"{PANEL}.sentence") == str(lif_panel(v_th=-50.1))
    assert page.locator(".snn-view canvas").first.evaluate("canvas => canvas.toDataURL()") != before


def test_without_widget_state_the_panel_lives(notebook, tmp_path, page):
    bare = copy.deepcopy(notebook)
    del bare.metadata["widgets"]
    page.goto(convert(bare, tmp_path).as_uri())
    moves(page)


def test_with_the_state_cleared_away_the_panel_lives(notebook, tmp_path, page):
    page.goto(convert(notebook, tmp_path, CLEARED).as_uri())
    moves(page)


def test_the_readme_says_so():
    assert f"jupyter nbconvert --to html {CLEARED}" in README.read_text(encoding="utf-8")


def test_with_widget_state_the_view_of_the_widget_wins(notebook, tmp_path):
    """If this changes, the sentence about nbconvert in the README has to change with it."""
    text = convert(notebook, tmp_path).read_text(encoding="utf-8")
    assert 'type="application/vnd.jupyter.widget-view+json"' in text
    assert "snnlab-host" not in text
