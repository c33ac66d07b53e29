"""A rhythm in spikes: how many there are, how jitter weakens the locking, and phases as elsewhere."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.coding import phase_locking, spike_phases
from snnlab.coding.codes.hidden_rhythm import RhythmicNeuron, hidden_rhythm

SEED = np.uint64(1)
CELL = RhythmicNeuron()


@pytest.mark.equation("phase-jitter")
@pytest.mark.parametrize("jitter", [0.0, 20.0, 40.0])
def test_jitter_weakens_the_locking_in_closed_form(jitter):
    found = hidden_rhythm(CELL.rhythm, 0.0, RhythmicNeuron(jitter), 20.0, rng=SEED)
    strength = np.exp(-2 * (np.pi * jitter / CELL.rhythm) ** 2)
    assert abs(found.strength - strength) < 4.5 * np.sqrt(0.5 / found.n) * (jitter > 0) + 1e-9
    cycles = 20_000 / CELL.rhythm
    assert abs(found.n - CELL.fires * cycles) < 4.5 * np.sqrt(cycles * CELL.fires * (1 - CELL.fires)) + 1
    if jitter < 30:
        turn = found.phase / 360 - CELL.onset / CELL.rhythm
        assert abs(turn - np.round(turn)) < 4.5 * jitter / CELL.rhythm / np.sqrt(found.n) + 1e-9


@pytest.fixture(scope="module")
def seen():
    return hidden_rhythm(110.0, 35.0, RhythmicNeuron(25.0), 10.0, rng=SEED)


def test_phases_are_those_of_the_spikes(seen):
    assert np.all(np.diff(seen.times) >= 0) and seen.times.size == seen.n
    spikes = Spikes(seen.times, duration=10_000)
    phases = spike_phases(spikes, period=110, start=35)
    mean = np.exp(1j * phases).mean()
    assert seen.strength == pytest.approx(np.abs(mean), abs=1e-9)
    assert seen.phase == pytest.approx(np.degrees(np.angle(mean)) % 360, abs=1e-6)
    assert seen.p == pytest.approx(phase_locking(spikes, period=110, start=35).p, abs=1e-9)
    np.testing.assert_array_equal(seen.phases, np.histogram(np.degrees(phases), np.arange(0, 361, 15))[0])
    assert seen.law.sum() == pytest.approx(seen.n, rel=0.02)
    assert seen.chance == pytest.approx(seen.n**-0.5)


def test_every_period_has_its_strength(seen):
    assert seen.periods[[0, -1]].tolist() == [80.0, 200.0]
    spikes = Spikes(seen.times, duration=10_000)
    expected = [phase_locking(spikes, period, start=35).strength for period in seen.periods]
    np.testing.assert_allclose(seen.strength_curve, expected)
    assert seen.strength_curve[seen.periods == 110] == seen.strength


def test_what_is_drawn_of_the_first_second(seen):
    drawn = np.flatnonzero(seen.needles == seen.needles.max())
    np.testing.assert_array_equal(drawn, np.unique(np.floor(seen.times[seen.times < 1000.5] + 0.5)))
    assert seen.time[-1] == 1000 and seen.wave[35] == 1 and seen.wave[90] == pytest.approx(-1)


def test_without_a_spike_nothing_is_known():
    silent = hidden_rhythm(125.0, neuron=RhythmicNeuron(fires=0.0), rng=SEED)
    assert silent.n == 0 and not silent.phases.any() and not silent.law.any()
    assert np.isnan([silent.strength, silent.phase, silent.p, silent.chance]).all()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"period": 0.0}, "period must be positive and finite, got 0"),
        ({"seconds": -1.0}, "seconds must be positive and finite, got -1"),
        ({"neuron": RhythmicNeuron(jitter=-1.0)}, "jitter must be zero or positive, and finite, got -1"),
        ({"neuron": RhythmicNeuron(fires=2.0)}, "fires must be between 0 and 1, got 2"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        hidden_rhythm(**({"period": 125.0, "rng": SEED} | wrong))
    assert str(failure.value) == sentence
