"""The drawings of chapter 1: their words agree with what is drawn."""

import base64
import re

import numpy as np
import pytest

from snnlab import plots
from snnlab.data import load_patch_fast_spiking, measure_shapes


def cell_shapes():
    cell = load_patch_fast_spiking()
    return measure_shapes(cell.v[1400:6600, 12], cell.dt)


DRAWN = {
    "two neurons": plots.two_neurons,
    "spike shapes": lambda: plots.spike_shapes(cell_shapes()),
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_is_shown_with_its_words(name):
    picture = DRAWN[name]()
    bundle = picture._repr_mimebundle_()
    png = base64.b64decode(re.search(r"base64,([^\"]*)", bundle["text/html"])[1])
    assert png.startswith(b"\x89PNG") and bundle["text/plain"] == picture.alt


def test_every_part_of_a_neuron_is_named_in_the_drawing_and_in_words():
    picture = plots.two_neurons()
    (ax,) = picture.fig.axes
    drawn = " ".join(text.get_text() for text in ax.texts)
    for word in ("dendrites", "soma", "axon", "ynapse", "resynaptic neuron", "ostsynaptic"):
        assert word in drawn and word in picture.alt


def test_all_spikes_are_drawn_the_first_and_the_last_over_the_others():
    shapes, picture = cell_shapes(), plots.spike_shapes(cell_shapes())
    (ax,) = picture.fig.axes
    assert len(ax.lines) == shapes.v.shape[1] == 54
    for line, k in ((ax.lines[-2], 0), (ax.lines[-1], -1)):
        assert np.array_equal(line.get_ydata(), shapes.v[:, k])
        assert f"up to {shapes.v[:, k].max():.0f} mV" in picture.alt
    assert re.search(r"\(ms\)$", ax.get_xlabel()) and re.search(r"\(mV\)$", ax.get_ylabel())


def test_one_spike_cannot_be_laid_over_another():
    shapes = cell_shapes()
    with pytest.raises(ValueError, match="shapes must hold two spikes at least, got 1"):
        plots.spike_shapes(shapes._replace(v=shapes.v[:, :1]))
