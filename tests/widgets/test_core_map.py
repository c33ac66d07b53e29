"""The core map counts as `place` does, and draws each core where it lies."""

import numpy as np
import pytest
from snnlab_widgets import Axis, Control, Curve, Panel, ReadOut
from snnlab_widgets.chapters.chapter28.core_map import DOTS, WORDS, core_map_panel

from snnlab.loihi import place, recurrent_graph


@pytest.mark.parametrize(
    ("n", "fan_in", "bits", "delay"),
    [
        (4096, 64, 8, 0), (4160, 64, 8, 0), (64, 1024, 1, 1), (1024, 777, 7, 5), (5120, 100, 1, 62),
        (2048, 300, 4, 3), (16384, 4, 2, 0), (8256, 64, 3, 0), (128, 777, 6, 62), (3072, 130, 5, 7),
        (16384, 40, 8, 0),
    ],
)  # fmt: skip
def test_it_places_as_the_package_does(n, fan_in, bits, delay):
    """Cores and shares from a formula there, from a list of all synapses here."""
    panel = core_map_panel(engine="kernel", n=n, fan_in=fan_in, bits=bits, delay=delay)
    placement = place(recurrent_graph(n, fan_in, weight_bits=bits, longest_delay=delay))
    shares = [100 * share.max() for share in placement.shares.values()]
    np.testing.assert_allclose(panel.result.shares, shares, rtol=1e-12)
    assert panel.result.cores == placement.n_cores
    assert (
        panel.result.missing
        == max(0, placement.n_cores - 128)
        == sum(e.needed - e.allowed for e in placement.excess)
    )
    assert panel.headline() == (placement.tightest if placement.fits else WORDS[4])
    at = int(np.flatnonzero(panel.result.sizes == n)[0]) if n % 256 == 0 else None
    if at is not None and placement.n_cores <= 256:
        assert panel.result.needed[at] == placement.n_cores


def test_every_core_lies_in_its_tile():
    """Core 6 is the third of tile 1: in columns 2 and 3 of the two lowest rows; its memory is its colour."""
    placement = place(recurrent_graph(4096, 100))
    chip = core_map_panel(engine="kernel", n=4096, fan_in=100).result.chip
    middle = chip[DOTS // 2 :: DOTS, DOTS // 2 :: DOTS]
    assert middle.shape == (8, 16) and np.isnan(chip[DOTS - 1 :: DOTS]).all()
    assert np.count_nonzero(~np.isnan(middle)) == placement.n_cores
    tiles = middle.reshape(4, 2, 8, 2).transpose(0, 2, 1, 3).reshape(128)
    np.testing.assert_allclose(tiles[: placement.n_cores], 100 * placement.words / 16384)
    assert np.isnan(tiles[placement.n_cores :]).all()


def test_a_read_out_in_words():
    def which(a):
        return {"x": np.zeros(2), "y": np.zeros(2), "side": float(a > 0), "far": abs(a)}

    panel = Panel(
        "side", title="", question="", controls=[Control("a", "a", "A", -1.0, 1.0, 0.5, 0.1)],
        readouts=[ReadOut("side", words=("left", "right")), ReadOut("far", 1)],
        views=[Curve("x", "y", "a", "far", Axis(-1, 1, "a"), "y")],
        sentence="{far} to the {side}", headline="side", compute=which,
    )  # fmt: skip
    assert (panel.headline(), str(panel)) == ("right", "0.5 to the right")
    panel.a = -0.2
    assert (panel.headline(), str(panel)) == ("left", "0.2 to the left")
