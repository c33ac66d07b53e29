"""In a real notebook: functions live in `__main__`, and their lines in the notebook's own memory."""

import nbformat
import pytest
from nbclient import NotebookClient

DOTS = """
def firing_rate(i, neuron):
    return ...

check("2.5", firing_rate)
"""
FAILING = """
def firing_rate(i, neuron):
    climb = neuron.tau_m / 0
    return climb

check("2.5", firing_rate)
"""
HELPED = """
def firing_rate(i, neuron):
    return helper(i) + neuron.t_ref

def helper(i):
    return undefined * i

check("2.5", firing_rate)
"""
COMPILED = """
import math, numba

@numba.njit
def firing_rate(i, neuron):
    v_inf = neuron.v_rest + neuron.r_m * i
    if v_inf <= neuron.v_th:
        return 0.0
    climb = neuron.tau_m * math.log((v_inf - neuron.v_reset) / (v_inf - neuron.v_th))
    return 1000 / (climb + neuron.t_ref)

check("2.5", firing_rate)
"""
CELLS = {
    "from snnlab.course import check, exercise": "",
    DOTS: "2.5  Not started yet.",
    FAILING: "2.5  Not yet. Your function stops in the line `climb = neuron.tau_m / 0`: ZeroDivisionError: ",
    HELPED: "name 'undefined' is not defined",
    COMPILED: "2.5  Right. ",
    "hidden = exercise('2.4')\nhidden": "<a neuron with hidden numbers: 10 of 10 trials left>",
}


@pytest.mark.slow
def test_the_checker_in_a_notebook(tmp_path):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    ).execute()
    for cell, words in zip(notebook.cells, CELLS.values(), strict=True):
        said = "".join(out["text"] if "text" in out else out["data"]["text/plain"] for out in cell.outputs)
        assert words in said.replace("\n", " ")
