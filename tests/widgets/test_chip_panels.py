"""The panels of the wavefront and of LASSO: the same numbers as the package gives."""

import numpy as np
import pytest
from snnlab_widgets import lasso_panel, wavefront_panel
from snnlab_widgets.chapters.chapter28.lasso import digit_columns, digit_signals
from snnlab_widgets.chapters.chapter28.wavefront import KINDS, SOURCE, wave_map

from snnlab.loihi import grid_roads, path_to, send_wave, spiking_lasso
from snnlab.loihi.lca import lasso_loss


@pytest.mark.parametrize(("mud", "tx", "ty"), [(1, 17, 9), (22, 17, 9), (23, 17, 9), (62, 15, 3), (30, 1, 1)])
def test_the_wave_is_that_of_the_package(mud, tx, ty):
    panel = wavefront_panel(engine="kernel", mud=mud, tx=tx, ty=ty)
    wave = send_wave(grid_roads(wave_map(mud)), SOURCE)
    target = (ty - 1) * 20 + tx - 1
    seen = np.where(wave.distance < 0, np.nan, wave.distance).reshape(12, 20)
    np.testing.assert_array_equal(panel.result.wave, seen)
    path = path_to(wave, target)
    assert panel.result.time == wave.distance[target] and panel.result.squares == path.size - 1
    assert panel.result.muddy == (KINDS.ravel()[path] == 1).sum()
    np.testing.assert_array_equal(np.flatnonzero(panel.result.ground.ravel() == 1.0), np.sort(path))


def test_the_wave_on_its_way_and_a_target_that_is_a_wall():
    panel = wavefront_panel(engine="kernel", until=60)
    assert np.nanmax(panel.result.wave) <= 60
    assert np.isnan([panel.result.time, panel.result.squares, panel.result.muddy]).all()
    panel.until, panel.tx, panel.ty = 260, 11, 12
    assert np.isnan([panel.result.time, panel.result.squares, panel.result.muddy]).all()
    assert "after – steps, over – squares" in str(panel)


@pytest.mark.parametrize(("lam", "which", "steps"), [(0.1, 4, 6000), (0.02, 1, 10_000), (0.5, 9, 1500)])
def test_the_coefficients_are_those_of_the_package(lam, which, steps):
    panel = lasso_panel(engine="kernel", lam=lam, which=which, steps=steps)
    phi, x = digit_columns(), np.ascontiguousarray(digit_signals()[:, which - 1])
    code = spiking_lasso(phi, x, lam, steps=steps)
    np.testing.assert_allclose(panel.result.coded, code.a, rtol=1e-12)
    assert panel.result.spikes == code.spikes.n_spikes
    best = lasso_loss(phi, x, panel.result.exact, lam)
    gap = 100 * (lasso_loss(phi, x, code.a, lam) / best - 1)
    assert panel.result.gap == pytest.approx(gap, abs=1e-9)
    left = phi.T @ (x - phi @ panel.result.exact)
    assert (np.abs(left - lam)[panel.result.exact > 0] < 1e-6).all() and left.max() < lam + 1e-6
    rebuilt = panel.result.pictures[::-1, 9:].ravel()
    np.testing.assert_allclose(rebuilt, phi @ code.a, rtol=1e-9, atol=1e-12)
