"""Two worlds that differ by one spike, each against `Network`, and the control without a loop."""

import numpy as np
import pytest
from networks.experiments.sparse_twin import twin, wired

from snnlab.networks.experiments.deleted_spike import (
    AFTER,
    BEFORE,
    SETTLING,
    _growth,
    deleted_spike,
    recorded,
)
from snnlab.networks.experiments.sparse_cells import SparseNetwork
from snnlab.networks.experiments.sparse_network import sparse_network

LOST = SETTLING + BEFORE  # ms
NET = SparseNetwork()


def of_row(seen, row):
    """Spikes of one world: times from the beginning, and neurons."""
    own = seen.units % 2 == row
    return seen.times[own] + SETTLING, seen.units[own] // 2


def test_the_first_world_is_the_network_itself():
    seen = deleted_spike(rng=np.uint64(3))
    whole = sparse_network(NET, float(LOST + AFTER), rng=np.uint64(3))
    shown = whole.times > SETTLING + 1e-6
    times, units = of_row(seen, 0)
    np.testing.assert_allclose(times, whole.times[shown])
    np.testing.assert_array_equal(units, whole.units[shown])


def test_the_second_world_is_a_network_that_lost_one_spike():
    """The run of `Network` stops at the loss, one spike is taken out of what is under way, and it goes on."""
    seen = deleted_spike(rng=np.uint64(3))
    made, start = twin(NET, 3)
    before = made.run(float(LOST), start=start)
    spikes = before["cells"].spikes
    steps = np.rint(spikes.times / 0.1).astype(int) - 1
    lost = max(
        k for k in range(steps.size) if LOST * 10 <= steps[k] + 15 < LOST * 10 + 10 and spikes.units[k] < 800
    )
    state = before.state
    row = steps[lost] & (len(state.waiting) - 1)
    under_way = state.waiting[row, : state.n_waiting[row]].tolist()
    under_way.remove(spikes.units[lost])
    state.waiting[row, : len(under_way)], state.n_waiting[row] = under_way, len(under_way)
    after = made.run(float(AFTER), start=state)["cells"].spikes
    times, units = of_row(seen, 1)
    late = times > LOST + 1e-6
    np.testing.assert_allclose(times[late], after.times + LOST)
    np.testing.assert_array_equal(units[late], after.units)
    first = {(t, j) for t, j in zip(np.rint(of_row(seen, 0)[0] * 10), of_row(seen, 0)[1], strict=True)}
    second = {(t, j) for t, j in zip(np.rint(times * 10), units, strict=True)}
    assert seen.missing == len(first - second)
    assert seen.there == sum(t > LOST * 10 for t, _ in first)


def test_at_first_only_those_differ_that_the_spike_would_have_reached():
    for seed in range(5):
        lines, _ = wired(NET, seed)
        seen = deleted_spike(rng=np.uint64(seed))
        reached = round(seen.share[0] * 10)
        heard = np.bincount(lines.pre, minlength=1000)[:800]
        assert heard.min() <= reached <= heard.max()  # a few are held after a spike and lose it anyway
        assert 0 < seen.apart[0] <= 1.0 * heard.max() / 1000 + 0.05


@pytest.mark.equation("divergence")
@pytest.mark.parametrize(("rate", "end"), [(-50.0, 0.0), (150.0, 8.0), (300.0, 8.0)])
def test_growth_is_the_slope_of_the_logarithm(rate, end):
    """Of an exponential that fades, and of one that grows until it is cut off."""
    seen = recorded(NET, 50)
    ms = np.arange(float(AFTER))
    seen.apart[:] = np.minimum(0.01 * np.exp(rate * ms / 1000.0), end or np.inf)
    _growth(seen)
    assert seen.growth[0] == pytest.approx(rate, rel=1e-9, abs=0)
    half = np.log(0.5 * 8.0 / 0.01) / rate * 1000.0
    assert np.isnan(seen.half[0]) if end == 0.0 else half <= seen.half[0] - 1 < half + 1.0


def test_without_the_loop_the_difference_fades():
    """More slowly than a membrane forgets, 50 a second: of some neurons the next spike has moved."""
    growths = [deleted_spike(loop=False, rng=np.uint64(seed)).growth for seed in range(10)]
    assert -55.0 < min(growths) and max(growths) < 0.0


def test_with_the_loop_one_spike_changes_most_of_the_others():
    for seed in range(3):
        seen, cut = (deleted_spike(loop=loop, rng=np.uint64(seed)) for loop in (True, False))
        assert seen.growth > 0 and seen.missing > 0.5 * seen.there
        assert cut.missing < 0.01 * cut.there


def test_a_shift_that_moves_no_spike_fades_with_the_membrane():
    """Of the smallest differences this network is not chaotic: 1e-9 mV is forgotten, loop and all."""
    made, start = twin(NET._replace(chance=0.0), 3)
    far = {}
    for ms in (10.0, 60.0):
        a, b = (made.run(ms, start=start._replace(v=start.v + shift)) for shift in (0.0, 1e-9))
        np.testing.assert_array_equal(a["cells"].spikes.times, b["cells"].spikes.times)
        far[ms] = np.abs(a.state.v - b.state.v).mean()
    assert far[10.0] <= 1e-9 * np.exp(-10.0 / 20.0) and far[60.0] < 1e-9 * np.exp(-60.0 / 20.0)


def test_where_nobody_fires_nothing_is_lost():
    seen = deleted_spike(SparseNetwork(eta=0.1, chance=0.0), rng=np.uint64(1))
    assert seen.there == seen.missing == 0 and not seen.apart.any() and np.isnan(seen.growth)


def test_bad_input_names_argument_rule_and_value():
    with pytest.raises(ValueError, match=r"g must be zero or positive, and finite, got -1"):
        deleted_spike(SparseNetwork(g=-1.0), rng=np.uint64(1))
    with pytest.raises(TypeError, match="loop must be True or False, got 1"):
        deleted_spike(loop=1, rng=np.uint64(1))
