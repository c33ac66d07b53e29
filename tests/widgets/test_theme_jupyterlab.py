"""JupyterLab changes its theme: a panel then looks like one that is shown for the first time.

CI looks at one panel, in the playground; this looks at three, and there and back.
"""

import pytest
from jupyter_host import jupyter, open_notebook, run_cell, write_code
from lab_session import PANEL, panel_at_rest
from snnlab_widgets import PANELS

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.nightly]

SHOWN = {1: "lif", 2: "wavefront", 13: "stdp"}  # the last far below the others, out of sight
MAKE = [f"{name}_panel()" for name in SHOWN.values()]
CELLS = [
    f"from snnlab_widgets import {', '.join(f'{name}_panel' for name in SHOWN.values())}",
    *MAKE[:2],
    *["print('a line\\n' * 40)"] * 10,
    MAKE[2],
]
# What the panel has drawn, and the colours of all its parts.
LOOKS = """figure => JSON.stringify([
    [...figure.querySelectorAll("canvas")].map(canvas => canvas.toDataURL()),
    [figure, ...figure.querySelectorAll(":not(:focus)")].map(part => {
        const { color, backgroundColor, borderTopColor } = getComputedStyle(part);
        return [part.tagName, part.className, color, backgroundColor, borderTopColor];
    }),
])"""
INK = f"figure => ({PANEL})(figure).palette.ink === getComputedStyle(figure).color"


@pytest.fixture
def page(browser, tmp_path):
    """A notebook in JupyterLab's light theme whose cells have run."""
    write_code(tmp_path / "panels.ipynb", CELLS)
    with jupyter(tmp_path) as address:
        page = browser.new_context(viewport={"width": 1300, "height": 1000}).new_page()
        open_notebook(page, address, "panels.ipynb")
        page.evaluate("jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Light' })")
        page.wait_for_function("document.body.dataset.jpThemeLight === 'true'")
        for index in range(len(CELLS)):
            run_cell(page, index)
        yield page
        page.context.close()


def in_sight(page, index):
    """The panel of a cell, at rest and with nothing that still fades."""
    page.evaluate(
        """async index => {
            const { content } = jupyterapp.shell.currentWidget;
            content.activeCellIndex = index;
            await content.scrollToItem(index, "start");
        }""",
        index,
    )
    panel = page.locator(f'figure.snn-panel[aria-label="{PANELS[SHOWN[index]]().title}"]')
    panel.wait_for()
    panel_at_rest(panel)
    page.wait_for_function(INK, arg=panel.element_handle())
    panel.evaluate("it => Promise.all(it.getAnimations({ subtree: true }).map(move => move.finished))")
    return panel


def test_a_panel_has_the_colours_of_the_theme_of_now(page):
    light = {index: in_sight(page, index).evaluate(LOOKS) for index in SHOWN}
    in_sight(page, 1)
    for theme, is_light in (("JupyterLab Dark", "false"), ("JupyterLab Light", "true")):
        page.evaluate("theme => jupyterapp.commands.execute('apputils:change-theme', { theme })", theme)
        page.wait_for_function(f"document.body.dataset.jpThemeLight === '{is_light}'")
        for index, before in light.items():
            kept = in_sight(page, index).evaluate(LOOKS)
            run_cell(page, index)
            assert kept == in_sight(page, index).evaluate(LOOKS), (theme, SHOWN[index])
            assert (kept == before) == (is_light == "true"), (theme, SHOWN[index])
