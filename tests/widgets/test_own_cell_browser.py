"""Fit your own cell: the numbers of the page are those of Python, in a page from the disk."""

import base64
import contextlib
import io
import json
import re

import numpy as np
import pytest
from firefox import firefox
from snnlab_widgets.pages.own_cell import own_cell_document, sample_cell
from widgets.own_cells import PLANTED, write_cells
from widgets.panel_page import watched_page

from snnlab import Spikes
from snnlab.data import load_recording
from snnlab.neurons import lif_rate, step_response

pytestmark = pytest.mark.browser

PAGE = "snnlabOwnCell"
READ = f"!{PAGE}.go.disabled || !{PAGE}.error.hidden"
DONE = f"{PAGE}.stop.hidden && ({PAGE}.fitted || !{PAGE}.error.hidden)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("own_cell")
    (made / "page.html").write_text(own_cell_document(), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def cells(folder):
    return write_cells(folder)


@pytest.fixture
def tab(browser, folder):
    with watched_page(browser, viewport={"width": 390, "height": 800}) as page:
        page.goto((folder / "page.html").as_uri())
        yield page


def fitted_by_python(code, folder, monkeypatch):
    """What the lines do that a reader copies from the page."""
    monkeypatch.chdir(folder)
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, names)
    return names


def compare(told, mine):
    """Numbers of the page against those of Python; what differs is the last digits of exp and log."""
    alike = {"rel": 1e-6, "abs": 1e-9}
    assert told["lif"]["neuron"] == pytest.approx(mine["lif"].neuron._asdict(), **alike)
    assert told["lif"]["rms_Hz"] == pytest.approx(mine["lif"].rms, rel=1e-6, abs=1e-5)
    fit = mine["fit"]
    for name, neuron, error in (
        ("plain", fit.plain, fit.plain_interval_error),
        ("adaptive", fit.neuron, fit.interval_error),
    ):
        assert told[name]["neuron"] == pytest.approx(neuron._asdict(), **alike)
        assert told[name]["interval_error"] == pytest.approx(error, **alike)
    for name in ("plain", "adaptive"):
        held = [step[name] for step in told["held_out"]]
        assert held == pytest.approx(getattr(mine["held"], name), **alike)
    cell, duration = mine["cell"], np.diff(mine["cell"].step)[0]
    onset = round(cell.step[0] / cell.dt)
    silent = Spikes([], [], n_units=cell.step_current.size, duration=duration)
    counts = step_response(cell.step_current, silent, fit.neuron, cell.i[onset - 1]).counts
    rates = {
        "lif_Hz": lif_rate(cell.step_current, mine["lif"].neuron),
        "adaptive_Hz": 1000 * counts / duration,
    }
    for name, rate in rates.items():
        assert told["f_i"][name] == pytest.approx(rate, rel=1e-5, abs=1e-3), name


@pytest.mark.parametrize("cell", ["planted", "patched"])
def test_the_numbers_of_a_file_are_those_of_python(tab, cells, cell, folder, monkeypatch):
    tab.locator("input[type=file]").set_input_files(cells[cell])
    tab.wait_for_function(READ)
    tab.get_by_role("button", name="Fit", exact=True).click()
    tab.wait_for_function(DONE)
    told = json.loads(tab.evaluate(f"{PAGE}.json()"))
    compare(told, fitted_by_python(tab.evaluate(f"{PAGE}.python()"), folder, monkeypatch))
    assert tab.locator("output").inner_text() == "All fits are done."
    if cell == "planted":
        neuron = told["plain"]["neuron"]
        assert neuron["v_th"] == pytest.approx(PLANTED.v_th, abs=0.3)
        assert neuron["r_m"] == pytest.approx(PLANTED.r_m, rel=0.01)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_f_i_curve_has_a_dot_a_sweep_and_a_line_a_neuron(tab, cells):
    view = f"{PAGE}.views[1]"
    tab.locator("input[type=file]").set_input_files(cells["planted"])
    tab.wait_for_function(READ)
    assert tab.evaluate(f"{view}.lines") == []
    dots = tab.evaluate(f"{view}.now.cell")
    assert [current for current, _ in dots] == pytest.approx([-100, 200, 250, 350, 500], rel=0, abs=1e-3)
    tab.get_by_role("button", name="Fit", exact=True).click()
    tab.wait_for_function(DONE)
    assert tab.evaluate(f"{view}.lines.map(line => line[0])") == ["LIF", "adaptive threshold"]
    tab.get_by_label("Sweep", exact=True).select_option("4")
    tab.wait_for_function(f"{view}.now.chosen === 4")
    at = tab.evaluate(f"{view}.x(500, {view}.ranges[0])")
    told = tab.evaluate(f"{view}.read({at}).lines")
    assert told[0] == "current 500 pA" and told[1].startswith(f"cell {dots[4][1]:.0f}") and len(told) == 4
    assert re.search(r"off by [\d.]+ Hz", tab.locator("canvas").nth(1).get_attribute("aria-label"))


def test_firefox_comes_to_the_same_numbers(cells, folder, tmp_path, monkeypatch):
    with firefox(tmp_path) as driven:
        driven.goto((folder / "page.html").as_uri())
        for cell in ("planted", "patched"):
            sent = base64.b64encode(cells[cell].read_bytes()).decode()
            bytes_ = f"Uint8Array.from(atob({json.dumps(sent)}), c => c.charCodeAt(0))"
            driven.evaluate(f"{PAGE}.take(new File([{bytes_}], {json.dumps(cells[cell].name)}))")
            driven.wait_for(READ)
            driven.evaluate(f"{PAGE}.go.click()")
            driven.wait_for(DONE)
            told = json.loads(driven.evaluate(f"{PAGE}.json()"))
            compare(told, fitted_by_python(driven.evaluate(f"{PAGE}.python()"), folder, monkeypatch))
        assert driven.troubles == []


def test_the_cell_of_the_course_is_that_of_its_code(tab, folder, monkeypatch):
    tab.get_by_role("button", name="Take a cell of the course").click()
    tab.wait_for_function(READ)
    code = tab.evaluate(f"`from snnlab.data import ${{{PAGE}.loader}}\\n${{{PAGE}.opening}}`")
    mine, cell = fitted_by_python(code, folder, monkeypatch)["cell"], sample_cell()
    np.testing.assert_array_equal(mine.v, cell.v)
    for name in ("v", "i"):
        told = tab.evaluate(f"[...{PAGE}.cell.{name}]")
        np.testing.assert_array_equal(np.reshape(told, cell.v.shape), getattr(cell, name))


def test_what_a_file_does_not_say_is_asked_for_in_the_words_of_python(tab, tmp_path):
    file = tmp_path / "bare.csv"
    rows = [f"{k / 10:.1f};-0.0{65 + k % 2};{100 * (200 <= k < 800)}" for k in range(1000)]
    file.write_text("\n".join(["t (ms);v;i (pA)", *rows]), encoding="utf-8")
    with pytest.raises(ValueError, match="units must say in what the potential") as refused:
        load_recording(file)
    tab.locator("input[type=file]").set_input_files(file)
    tab.wait_for_function(READ)
    assert tab.get_by_role("alert").inner_text() == str(refused.value)
    assert tab.locator(".snn-guess").inner_text() == "potentials from -0.066 to -0.065: volts?"
    assert tab.get_by_label("Unit of the potential").input_value() == "V"
    assert tab.get_by_label("Unit of the current").input_value() == ""  # the header says it
    tab.get_by_role("button", name="Read it again").click()
    tab.wait_for_function(f"{PAGE}.cell !== undefined")
    assert load_recording(file, units={"v": "V"}).v[0, 0] == tab.evaluate(f"{PAGE}.cell.v[0]")


def test_a_fit_can_be_stopped_and_begun_again_by_the_keyboard(tab, cells):
    tab.locator("input[type=file]").set_input_files(cells["planted"])
    tab.wait_for_function(READ)
    tab.get_by_role("button", name="Fit", exact=True).press("Enter")
    tab.evaluate(f"{PAGE}.stop.click()")
    tab.wait_for_function(f"{PAGE}.doing.textContent === 'Stopped.'")
    assert tab.evaluate(f"{PAGE}.fitted === undefined && {PAGE}.stop.hidden && !{PAGE}.go.disabled")
    tab.get_by_role("button", name="Fit", exact=True).press("Enter")
    tab.wait_for_function(DONE)
    tab.get_by_label("Neuron", exact=True).select_option("held-adaptive")
    tab.wait_for_function(f"{PAGE}.caption.textContent.includes('This sweep was held out')")
