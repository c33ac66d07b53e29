"""Goals in JupyterLab for real: the page answers, Python knows; both engines."""

import pytest
from jupyter_host import jupyter, run_cell, write_code
from snnlab_widgets import GOALS
from widgets.goal_answers import answers
from widgets.test_goals import asked
from widgets.test_panel_jupyterlab import notebook_page, panel_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "from snnlab_widgets import GOALS",
    "number = GOALS['lif-overflow']()\nnumber",
    "curtain = GOALS['lif-curtain'](engine='kernel')\ncurtain",
    "curve = GOALS['lif-predict'](engine='kernel')\ncurve",
    "print(number.goal, number.tries, number.solved, curtain.goal, curtain.injected, curtain.neuron)",
    "print(curve.goal)",
    "curtain.neuron = 3",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address of a JupyterLab on a notebook with goals."""
    folder = tmp_path_factory.mktemp("lab")
    write_code(folder / "panels.ipynb", CELLS)
    with jupyter(folder) as address:
        yield address


def test_goals_in_jupyterlab(browser, lab):
    page = notebook_page(browser, lab)
    for index in range(4):
        run_cell(page, index)

    number = panel_of(page, 1)
    wrong = answers("lif-overflow")[2]
    for typed in (wrong.given, "27,5", "27.5"):
        number.get_by_label("First spike after").fill(typed)
        number.get_by_label("First spike after").press("Enter")
        number.get_by_text(GOALS["lif-overflow"](engine="kernel").goal.say(typed)).wait_for()

    # Python computes what is injected, also for another neuron
    curtain = panel_of(page, 2)
    expected = GOALS["lif-curtain"](engine="kernel")
    for neuron in (0, 1):
        expected.neuron, expected.current = neuron, 0.35
        curtain.locator("input[type=number]").fill("0.35")
        curtain.get_by_role("button", name="Inject").press("Enter")
        curtain.get_by_text(f"Trial 1: 0.350 nA: {expected.headline()} spikes.").wait_for()
        if neuron == 0:
            curtain.get_by_role("button", name="Another neuron").press("Enter")
            curtain.get_by_text("Neuron 2 of 5").wait_for()

    curve = panel_of(page, 3)
    drawn = answers("lif-predict")[-1]
    for dot in curve.locator(".snn-dot:not(.snn-given)").all():
        dot.focus()
        page.keyboard.press("Home")
    curve.get_by_role("button", name="Show the curve").click()
    curve.get_by_text(asked("lif-predict", drawn).goal.say(drawn.given)).wait_for()
    curve.locator(".snn-controls").wait_for()

    said = "<goal lif-overflow: solved, 2 tries> 2 True <goal lif-curtain: not solved, 0 tries> [0.35] 1"
    assert run_cell(page, 4).strip() == said
    assert run_cell(page, 5).strip() == "<goal lif-predict: not solved, 1 try>"
    # Python may hand out another neuron
    run_cell(page, 6)
    curtain.get_by_text("Neuron 4 of 5").wait_for()
    expected.neuron = 3
    curtain.locator("input[type=number]").fill("0.35")
    curtain.get_by_role("button", name="Inject").click()
    curtain.get_by_text(f"Trial 1: 0.350 nA: {expected.headline()} spikes.").wait_for()
    assert not page.trouble, "\n".join(page.trouble)
    page.context.close()
