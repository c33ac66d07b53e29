"""The pairing protocol: the times it is made of, and the window that comes out of it."""

import numpy as np
import pytest

from snnlab.learning import STDP, pairing_protocol, simulate_stdp, stdp_window


@pytest.mark.parametrize("delta_t", [-30.0, -5.0, 0.0, 12.5])
def test_every_pair_has_its_interval_and_the_pairs_their_frequency(delta_t):
    pre, post = pairing_protocol(delta_t, frequency=4.0, n=7)
    assert post.times - pre.times == pytest.approx(np.full(7, delta_t))
    assert np.diff(pre.times) == pytest.approx(np.full(6, 250.0))
    assert min(pre.times[0], post.times[0]) == 0.0
    assert pre.duration == post.duration > pre.times[-1]


def test_at_one_hertz_the_protocol_measures_the_window():
    """The next pair is a second away and the traces are gone: sixty pairs do sixty times what one does."""
    rule = STDP(1e-4)
    for delta_t in (-50.0, -10.0, 10.0, 50.0):
        change = simulate_stdp(*pairing_protocol(delta_t), 0.5, rule).w[0, 0] - 0.5
        assert change == pytest.approx(60 * float(stdp_window(delta_t, rule)), abs=1e-12)


def test_bad_input_names_argument_rule_and_value():
    with pytest.raises(ValueError, match="frequency must be positive and finite, got 0"):
        pairing_protocol(5.0, 0.0)
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        pairing_protocol(5.0, n=0)
