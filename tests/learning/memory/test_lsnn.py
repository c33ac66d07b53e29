"""The neurons of an LSNN: both kinds start alike, and adaptation is all that is taken from them."""

import numpy as np
import pytest

from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.memory.lsnn import lsnn, without_adaptation
from snnlab.learning.samples import samples_from_raster


def small(beta_a=1.8, dt=4.0, n=6):
    return lsnn(5, 3, 700.0, beta_a, n=n, refractory=5.0, dt=dt, rng=np.random.default_rng(1))


def test_the_control_differs_in_adaptation_alone():
    adaptive, control = small(), small(0.0)
    np.testing.assert_array_equal(adaptive.w_in, control.w_in)
    np.testing.assert_array_equal(adaptive.w_out, control.w_out)
    np.testing.assert_array_equal(adaptive.recurrent.w, control.recurrent.w)
    np.testing.assert_array_equal(adaptive.cell.beta_a, [0.0] * 3 + [1.8 / 4.0] * 3)
    taken = without_adaptation(adaptive)
    for name in control.cell._fields:
        np.testing.assert_array_equal(getattr(taken.cell, name), getattr(control.cell, name))
    assert adaptive.cell.beta_a.any()  # it stays as it is


def test_the_refractory_time_is_rounded_to_steps_of_which_there_is_one():
    assert [small(dt=dt).cell.refractory[0] for dt in (1.0, 2.0, 4.0, 12.0)] == [5, 2, 1, 1]


def test_a_spike_reaches_the_readout_as_loud_at_any_step():
    """All that one spike brings, summed over time: 20 times its weight, in ms."""
    for dt in (1.0, 4.0):
        network = lsnn(1, 1, 1200.0, 1.7, n=2, dt=dt, rng=np.random.default_rng(1))
        network = network._replace(
            w_in=np.array([[1.0], [0.0]]), w_out=np.array([[0.5, 0.0]]), recurrent=None
        )
        raster = np.zeros((1, 800, 1), bool)
        raster[0, 0] = True
        run = run_recurrent(network, samples_from_raster(raster, [0]))
        assert run.s.sum() >= 1
        assert run.y.sum() * dt / run.s.sum() == pytest.approx(20.0 * 0.5, rel=1e-6)


def test_thresholds_rise_where_there_is_adaptation():
    samples = samples_from_raster(np.ones((1, 50, 5)), [0])
    network = small()
    runs = [run_recurrent(some, samples) for some in (network, without_adaptation(network))]
    assert runs[0].threshold[:, 3:].max() > 1.5 * network.cell.threshold[0]
    assert (runs[0].threshold[:, :3] == network.cell.threshold[:3]).all()
    assert (runs[1].threshold == network.cell.threshold).all()


def test_what_it_refuses():
    with pytest.raises(ValueError, match="n must be even, half of it for each kind, got 5"):
        small(n=5)
    with pytest.raises(ValueError, match="dt must be positive and finite, got 0"):
        small(dt=0.0)
