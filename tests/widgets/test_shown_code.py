"""The code behind every figure calls `snnlab` and prints the figure's headline first."""

import contextlib
import inspect
import io
import math
import re

import numpy as np
import pytest
from snnlab_widgets import PANELS

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\bnan\b|-?\binf\b")


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_is_a_declaration(name):
    source = inspect.getsource(inspect.getmodule(PANELS[name]))
    assert "\n@kernel\n" not in source and "snnlab_widgets import" not in source.partition("python=")[2]


def moved(panel, rng):
    """The values of the controls and the seed, drawn anew."""
    for control in panel.controls:
        step = round(rng.uniform(0, (control.high - control.low) / control.step))
        setattr(panel, control.name, round(control.low + step * control.step, control.decimals))
    if panel._seed is not None:
        panel.seed = int(rng.integers(2**63))


def printed(code):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(code, {})
    return said.getvalue()


@pytest.mark.parametrize("name", PANELS)
def test_the_shown_code_prints_the_headline_first(name):
    panel = PANELS[name](engine="kernel")
    rng = np.random.default_rng(7)
    seen = set()
    for k in range(6):
        if k:
            moved(panel, rng)
        code = panel.as_python()
        assert "snnlab_widgets" not in code and code.startswith(("from snnlab", "import numpy"))
        said = printed(code)
        read = panel.readouts[panel._headline]
        headline = getattr(panel.result, read.name)
        if read.words:
            assert read.text(headline) in said, (panel.values, said)
        else:
            first = float(NUMBER.search(said)[0])
            close = abs(first - headline) <= 0.5000001 * 10.0**-read.decimals
            assert close or (math.isnan(first) and math.isnan(headline)), (panel.values, said)
        seen.add(panel.headline())
    assert len(seen) > 1
