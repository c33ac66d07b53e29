"""Panels and goals are found by reading, and imported when somebody asks for one."""

import subprocess
import sys

import pytest
import snnlab_widgets
from IPython.core.completerlib import module_completion
from snnlab_widgets import GOALS, PANELS

ASKED = """
import sys
import snnlab_widgets
def loaded():
    return [name for name in sys.modules if name.startswith("snnlab_widgets.chapters.chapter")]
print(loaded())
from snnlab_widgets import lif_panel
print([name for name in loaded() if name.count(".") == 3])
"""


def test_a_chapter_waits_for_no_other_chapter_s_panels():
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines() == ["[]", "['snnlab_widgets.chapters.chapter02.lif']"]


def test_names_are_seen_before_they_are_imported():
    makers = {f"{name}_panel" for name in PANELS}
    assert makers <= set(snnlab_widgets.__all__) <= set(dir(snnlab_widgets))
    assert set(module_completion("from snnlab_widgets import ")) >= makers


def test_a_name_that_there_is_not():
    with pytest.raises(AttributeError, match="module 'snnlab_widgets' has no attribute 'lof_panel'"):
        _ = snnlab_widgets.lof_panel
    assert "lof" not in PANELS and "lif" in PANELS and "lif-twice" in GOALS
    with pytest.raises(KeyError):
        PANELS["lof"]
