"""A small LSNN: which of its neurons adapt, and what the control has in common with it."""

import numpy as np
import pytest

from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.memory.lsnn import half_adaptive
from snnlab.learning.samples import samples_from_raster


def test_the_second_half_adapts_and_the_control_has_the_same_weights():
    lsnn, control = (
        half_adaptive(5, 3, 600.0, beta_a, n=6, dt=2.0, rng=np.random.default_rng(1)) for beta_a in (1.7, 0.0)
    )
    np.testing.assert_array_equal(lsnn.cell.beta_a, [0.0] * 3 + [0.85] * 3)
    assert not control.cell.beta_a.any()
    for mine, its in (
        (lsnn.w_in, control.w_in),
        (lsnn.w_out, control.w_out),
        (lsnn.recurrent.w, control.recurrent.w),
    ):
        np.testing.assert_array_equal(mine, its)
    assert lsnn.w_in.shape == (6, 5) and lsnn.w_out.shape == (3, 6) and lsnn.recurrent.w.size == 30
    assert lsnn.cell.rho[3] == pytest.approx(np.exp(-2.0 / 600.0))
    assert lsnn.cell.refractory.tolist() == [2] * 6


def test_a_spike_reaches_the_readout_as_loud_at_any_step():
    """All that one spike brings, summed over time: 20 times its weight, in ms."""
    for dt in (1.0, 4.0):
        network = half_adaptive(1, 1, n=2, dt=dt, rng=np.random.default_rng(1))
        network = network._replace(
            w_in=np.array([[1.0], [0.0]]), w_out=np.array([[0.5, 0.0]]), recurrent=None
        )
        raster = np.zeros((1, 800, 1), bool)
        raster[0, 0] = True
        run = run_recurrent(network, samples_from_raster(raster, [0]))
        assert run.s.sum() >= 1
        assert run.y.sum() * dt / run.s.sum() == pytest.approx(20.0 * 0.5, rel=1e-6)


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for call, message in (
        (lambda: half_adaptive(5, 2, n=5, rng=rng), "n must be even, half of it for each kind, got 5"),
        (lambda: half_adaptive(5, 2, dt=0.0, rng=rng), "dt must be positive"),
        (lambda: half_adaptive(5, 2, tau_a=-1.0, rng=rng), "tau_a must be positive"),
        (lambda: half_adaptive(0, 2, rng=rng), "n_inputs must be at least 1"),
    ):
        with pytest.raises(ValueError, match=message):
            call()
