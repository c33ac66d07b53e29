"""A sound heard at once: the row is that of `delay_line`, and a period later there is a ghost."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding.codes.heard_sound import (
    FARTHEST,
    FIBRES,
    FIRES,
    buffers,
    heard_sound,
    recorded,
    run_sound,
)
from snnlab.coding.codes.heard_sound import QUICK as NEURON
from snnlab.neurons import delay_line, interaural_delay


def test_the_row_is_that_of_the_delay_line():
    seen, work = recorded(), buffers()
    run_sound(seen, *work.values(), NEURON, 240.0, 400.0, 90.0, 60.0, np.uint64(3))
    n_left, n_right = (np.count_nonzero(work[ear]) for ear in ("left", "right"))
    left, right = (Spikes(work[ear][:n], duration=70.0) for ear, n in (("left", n_left), ("right", n_right)))
    counts = delay_line(left, right, seen.row / 1000)
    assert n_left > 100 and np.array_equal(seen.fired, counts)
    found = heard_sound(0.24, 400.0, 0.09, 60.0, rng=np.uint64(3))
    assert found.told == pytest.approx(1000 * interaural_delay(counts, seen.row / 1000), rel=0, abs=1e-6)
    assert found.off == pytest.approx(abs(found.told - 240), rel=0, abs=1e-9)
    assert found.most == counts.max() and found.busy == np.count_nonzero(counts >= 0.5 * counts.max())


def test_fibres_fire_in_step_with_the_tone():
    seen = heard_sound(0.5, 500.0, 0.0, 100.0, rng=np.uint64(2))
    left, right = (seen.times[seen.units // FIBRES == ear] for ear in (0, 1))
    early = FARTHEST - 0.25
    assert (left - early) % 2.0 == pytest.approx(np.zeros(left.size), rel=0, abs=1e-9)
    assert (right - early) % 2.0 == pytest.approx(np.full(right.size, 0.5), rel=0, abs=1e-9)
    drawn = 10 * FIBRES  # ten cycles, ten fibres
    for ear in (left, right):
        assert abs(ear.size - FIRES * drawn) < 4.5 * np.sqrt(drawn * FIRES * (1 - FIRES))


@pytest.mark.equation("delay-ghost")
def test_a_period_away_there_is_a_ghost():
    """1000 Hz: the neurons at 400 and at −600 µs hear the same; those half a period away hear least."""
    seen = heard_sound(0.4, 1000.0, rng=np.uint64(1))
    true, ghost, between = (
        np.flatnonzero(np.isclose(seen.row, at, atol=1e-6))[0] for at in (400, -600, -100)
    )
    assert seen.fired[true] == pytest.approx(seen.fired[ghost], rel=0, abs=3)
    assert seen.fired[between] < 0.3 * seen.fired[true]
    low = heard_sound(0.4, 500.0, rng=np.uint64(1))
    assert low.off < 60 < seen.off and low.fired[ghost] == 0


def test_nothing_is_told_if_no_neuron_fires():
    seen = heard_sound(0.3, jitter=0.4, rng=np.random.default_rng(1))
    assert seen.most == 0 and np.isnan(seen.told) and np.isnan(seen.off)


def test_bad_input_names_argument_rule_and_value():
    rng = np.uint64(1)
    with pytest.raises(ValueError, match=r"delay must be −0.5 to 0.5 ms, got 0.6"):
        heard_sound(0.6, rng=rng)
    with pytest.raises(ValueError, match="frequency must be 250 to 1200 Hz, got 2000"):
        heard_sound(0.0, 2000.0, rng=rng)
    with pytest.raises(ValueError, match=r"jitter must be at most 0.4 ms, got 0.5"):
        heard_sound(0.0, jitter=0.5, rng=rng)
    with pytest.raises(ValueError, match="duration must be at most 100 ms, got 200"):
        heard_sound(0.0, duration=200.0, rng=rng)
