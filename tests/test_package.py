"""The package as a reader meets it: what it offers, and when it is loaded."""

import subprocess
import sys

import numpy as np

import snnlab
from snnlab.compiling import kernel


def loaded_after(code):
    """The modules that a fresh Python has after it."""
    code = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


def test_dir_has_what_is_offered_and_nothing_that_the_file_imports():
    assert set(dir(snnlab)) == {*snnlab.__all__, "__all__", "__doc__", "__version__"}
    assert all(hasattr(snnlab, name) for name in dir(snnlab))


def test_plots_are_there_after_the_import_and_loaded_when_asked_for():
    before = loaded_after("import snnlab")
    assert not {"snnlab.plots", "snnlab.neurons", "numba", "matplotlib"} & before
    after = loaded_after("import snnlab; snnlab.plots.trace")
    assert "snnlab.plots" in after and "matplotlib" not in after


def test_kernel_is_offered():
    assert snnlab.kernel is kernel


def test_one_unit_is_times_and_several_are_spikes_as_the_annotations_say():
    spikes = snnlab.Spikes([1.0, 2.0], [0, 1], duration=3.0)
    assert isinstance(spikes[0], np.ndarray) and isinstance(spikes[np.int64(1)], np.ndarray)
    assert all(isinstance(spikes[key], snnlab.Spikes) for key in (slice(1), [1], np.array([0])))
