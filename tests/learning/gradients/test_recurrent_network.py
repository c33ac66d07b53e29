"""A recurrent network: what fits together, what does not, and how it starts."""

import numpy as np
import pytest

from snnlab.learning import CurrentLIF, Weights
from snnlab.learning.gradients.cell_kinds import adaptive_cell, lif_cell
from snnlab.learning.gradients.recurrent_network import (
    RecurrentNetwork,
    as_recurrent,
    check_recurrent,
    initial_recurrent,
)
from snnlab.networks import from_list


def test_initial_weights_have_their_spread_and_nobody_hears_himself():
    network = initial_recurrent(
        300, adaptive_cell(200), 2, longest=4, gain=0.5, tau_out=30.0, dt=2.0, rng=np.random.default_rng(1)
    )
    assert network.w_in.std() == pytest.approx(0.5 / np.sqrt(300), rel=0.02)
    lines = network.recurrent
    assert lines.w.size == 200 * 199 and (lines.pre != lines.post).all()
    assert lines.w.std() == pytest.approx(0.5 / np.sqrt(200), rel=0.02)
    late, count = np.unique(lines.delay, return_counts=True)
    np.testing.assert_array_equal(late, [0.0, 2.0, 4.0, 6.0, 8.0])
    assert np.abs(count / lines.w.size - 0.2).max() < 0.02
    assert network.beta_out == pytest.approx(np.exp(-2 / 30))
    assert network.gain_out == 1
    wide = initial_recurrent(3, lif_cell(400), 50, gain=0.5, rng=np.random.default_rng(1))
    assert wide.w_out.std() == pytest.approx(1 / np.sqrt(400), rel=0.02)  # the gain is none of the readout's
    assert initial_recurrent(3, lif_cell(1), 2, rng=np.random.default_rng(1)).recurrent is None


def test_the_network_of_spytorch_in_the_general_form():
    neuron = CurrentLIF(tau_m=12.0, tau_s=6.0, dt=0.5, tau_out=90.0)
    w_rec = np.array([[0.0, 2.0], [3.0, 4.0]])
    network = as_recurrent(Weights(np.ones((2, 3)), np.ones((2, 2)), w_rec), neuron)
    assert (network.alpha_out, network.beta_out, network.dt) == (neuron.alpha, neuron.beta_out, 0.5)
    assert network.cell.alpha[1] == neuron.alpha and network.cell.beta[0] == neuron.beta
    lines = network.recurrent
    assert {(a, b): w for a, b, w in zip(lines.pre, lines.post, lines.w, strict=True)} == {
        (0, 1): 3.0,
        (1, 0): 2.0,
        (1, 1): 4.0,
    }
    assert (lines.delay == 0.5).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"w_in": np.zeros((3, 5))}, "w_out must have shape"),
        ({"cell": lif_cell(5)}, "w_in must have a row for each of the 5 neurons of cell, got 4"),
        ({"w_out": np.full((2, 4), np.inf)}, "w_out must be finite, got inf"),
        (
            {"recurrent": from_list([0], [1], n_pre=5, n_post=4)},
            "recurrent must join the 4 neurons of cell to one another, got 5 to 4",
        ),
        ({"beta_out": 1.5}, "beta_out must be between 0 and 1"),
        ({"alpha_out": -0.5}, "alpha_out must be between 0 and 1"),
        ({"dt": 0.0}, "dt must be positive"),
    ],
)
def test_what_does_not_fit_is_named(change, message):
    network = RecurrentNetwork(lif_cell(4), np.zeros((4, 5)), np.zeros((2, 4)))
    with pytest.raises(ValueError, match=message):
        check_recurrent(network._replace(**change))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"recurrent": np.zeros((4, 4))}, "recurrent must be Connections or None, got ndarray"),
        ({"w_in": "abc"}, r"w_in must be an array of numbers of shape \(hidden, inputs\), got a str"),
        ({"w_out": np.ones((2, 4)) * 1j}, "w_out must be an array of numbers"),
    ],
)
def test_another_kind_is_named(change, message):
    network = RecurrentNetwork(lif_cell(4), np.zeros((4, 5)), np.zeros((2, 4)))
    with pytest.raises(TypeError, match=message):
        check_recurrent(network._replace(**change))
