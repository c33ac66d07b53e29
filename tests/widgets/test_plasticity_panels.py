"""The panels of plasticity against the package, beyond the start values."""

import numpy as np
import pytest
from snnlab_widgets import drift_panel, pairing_panel, stdp_panel
from snnlab_widgets.chapters.chapter20.drift import ROOM

from snnlab.learning import (
    STDP,
    Triplet,
    pairing_protocol,
    simulate_stdp,
    simulate_triplet,
    stdp_window,
)


def test_the_drawn_window_and_the_protocol_are_those_of_the_package():
    rule = STDP(0.004, 1.6, 12.0, 45.0)
    panel = stdp_panel(engine="kernel", alpha=1.6, tau_plus=12.0, tau_minus=45.0)
    result = panel.result
    drawn = np.where(result.delta > 0, result.up, result.down)
    assert np.isnan(drawn[result.delta == 0]).all() and np.isnan(drawn).sum() == 1
    expected = 60 * stdp_window(result.delta, rule)
    assert drawn[result.delta != 0] == pytest.approx(expected[result.delta != 0], rel=1e-12, abs=0)
    for delta_t in (-70.0, -1.0, 0.0, 3.0):
        panel.delta_t = delta_t
        w = simulate_stdp(*pairing_protocol(delta_t), 0.5, rule).w[0, 0]
        assert panel.result.w == pytest.approx(w, rel=1e-12, abs=0)
        later = panel.result.y if delta_t < 0 else panel.result.x  # what the later of the two spikes sees
        at = round(max(panel.result.pre_time[0], panel.result.post_time[0]) / 0.5) - 1
        assert panel.result.seen == pytest.approx(later[at] if delta_t else 0.0)


def test_both_rules_at_other_frequencies_and_distances():
    panel = pairing_panel(engine="kernel", frequency=30.0, delta_t=-6.0)
    pairs = STDP(0.0025, 1.4, 16.8, 33.7, w_max=2.0)
    for trains, k in ((pairing_protocol(-6.0, 30.0), None), (pairing_protocol(8.0, 30.0), 28)):
        by_pairs = simulate_stdp(*trains, 1.0, pairs).w[0, 0] - 1
        by_triplets = simulate_triplet(*trains, 1.0, Triplet(w_max=2.0)).w[0, 0] - 1
        result = panel.result
        seen = (
            (result.pairs, result.triplets)
            if k is None
            else (result.pair_window[k], result.triplet_window[k])
        )
        assert seen == pytest.approx((by_pairs, by_triplets), rel=1e-12, abs=0)
    assert panel.result.delta[28] == pytest.approx(8.0)
    assert np.isnan(panel.result.pair_window[20]) and np.isnan(panel.result.triplet_window).sum() == 1


def test_the_room_is_enough_at_the_highest_rates():
    panel = drift_panel(engine="kernel", r_pre=50.0, r_post=50.0)
    for seed in range(20):
        panel.seed = seed
        assert max(panel.result.n_pre, panel.result.n_post) < ROOM
