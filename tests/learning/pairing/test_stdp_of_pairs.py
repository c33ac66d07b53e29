"""Pairs through the pair rule: the simulation, the closed form of the window, the traces."""

import numpy as np
import pytest

from snnlab.learning import STDP, pairing_protocol, simulate_stdp, stdp_window
from snnlab.learning.pairing.stdp_of_pairs import stdp_of_pairs

RULE = STDP(0.004, 1.2, 15.0, 30.0)


@pytest.mark.parametrize("delta_t", [-40.0, -1.0, 0.0, 10.0])
def test_the_weight_is_that_of_the_simulation(delta_t):
    told = stdp_of_pairs(delta_t, RULE)
    pre, post = pairing_protocol(delta_t, 1.0, 60)
    assert told.w == pytest.approx(simulate_stdp(pre, post, 0.5, RULE).w[0, 0])
    assert told.change == told.w - 0.5
    tau = RULE.tau_plus if delta_t > 0 else RULE.tau_minus
    assert told.seen == pytest.approx(np.exp(-abs(delta_t) / tau) if delta_t else 0.0)


def test_the_window_is_that_of_the_rule():
    told = stdp_of_pairs(10.0, RULE, n=1)
    window = np.where(told.delta > 0, told.up, told.down)
    np.testing.assert_allclose(window[told.delta != 0], stdp_window(told.delta[told.delta != 0], RULE))
    assert np.isnan(window[told.delta == 0]).all()


def test_slow_pairs_add_up_to_the_window():
    told = stdp_of_pairs(10.0, RULE)
    assert told.change == pytest.approx(told.up[told.delta == 10.0][0], rel=1e-6)


def test_the_traces_jump_to_one_and_decay():
    told = stdp_of_pairs(20.0, RULE)
    assert (told.pre_time[0], told.post_time[0]) == (90.0, 110.0)
    t = np.arange(1, 401) * 0.5
    np.testing.assert_allclose(told.x, np.where(t >= 90, np.exp(-(t - 90) / 15), 0.0))
    np.testing.assert_allclose(told.y, np.where(t >= 110, np.exp(-(t - 110) / 30), 0.0))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"delta_t": np.nan}, "delta_t must be finite, got nan"),
        ({"w": 1.5}, "w must be from 0 to w_max (1), got 1.5"),
        ({"n": 0}, "n must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        stdp_of_pairs(**({"delta_t": 1.0} | wrong))
    assert str(failure.value) == sentence
