"""A bump on a ring: against `Network`, against `snnlab.coding`, and against its controls."""

import numpy as np
import pytest
from networks.experiments.ring_twin import twin

from snnlab.coding import angle_between, population_vector
from snnlab.networks.experiments.bump import Inputs, bump
from snnlab.networks.experiments.drift import diffusion
from snnlab.networks.experiments.ring_cells import RingNetwork

SMALL = RingNetwork(n_exc=60, n_inh=15)
EARLY = Inputs(cue_on=50.0, cue_off=150.0, push_on=200.0, push_off=300.0, push=6.0, push_at=300.0)


@pytest.mark.parametrize(
    "net",
    [SMALL, SMALL._replace(frozen=80.0, wiring=4), SMALL._replace(structure=0.0, outside=900.0, eta_exc=1.1)],
)
def test_the_spikes_are_those_of_a_network_with_the_same_wiring(net):
    """In the last one so many spikes come from outside that they are counted."""
    seen = bump(net, EARLY, 400.0, rng=np.uint64(7))
    made, state = twin(net, EARLY, 400.0, 7)
    run = made.run(400.0, start=state)["exc"].spikes
    assert run.n_spikes == seen.n_shown > 50
    np.testing.assert_array_equal(59 - seen.units, run.units)
    np.testing.assert_allclose(seen.times, run.times, rtol=1e-12)


def test_centre_is_the_population_vector_and_width_the_circular_deviation():
    seen = bump(RingNetwork(), Inputs(cue_at=20.0), 1500.0, rng=np.uint64(3))
    counts = np.zeros((30, 512))
    np.add.at(counts, (np.ceil(seen.times / 50.0 - 1e-9).astype(int) - 1, 511 - seen.units.astype(int)), 1)
    preferred = 2 * np.pi * np.arange(512) / 512
    there = ~np.isnan(seen.centre)
    assert there[10:].all()
    voted = population_vector(counts[there], preferred)
    np.testing.assert_allclose(angle_between(np.radians(seen.centre[there]), voted), 0.0, atol=1e-9)
    long = np.abs(counts @ np.exp(1j * preferred)) / np.maximum(counts.sum(axis=1), 1)
    np.testing.assert_allclose(seen.width[there], np.degrees(np.sqrt(-2 * np.log(long[there]))), rtol=1e-9)
    n = counts.sum(axis=1)
    np.testing.assert_array_equal(there, (long > 0.5) & (n * long**2 > 10.0))
    assert (np.abs(np.diff(seen.centre[10:])) < 90).all()  # no jump where the angle begins anew
    assert seen.rate_exc == pytest.approx(counts[-5:].sum() / 512 / 0.25)
    assert seen.end == pytest.approx(seen.centre[-5:].mean()) and seen.off == pytest.approx(seen.end - 20.0)


def test_the_cue_puts_the_bump_and_without_one_there_is_none():
    for seed in range(3):
        for place in (90.0, 270.0):
            seen = bump(inputs=Inputs(cue_at=place), rng=np.uint64(seed))
            assert abs(seen.centre[10] - place) < 15 and abs(seen.off) < 60
        assert np.isnan(bump(inputs=Inputs(cue=0.0), rng=np.uint64(seed)).centre).all()


def test_without_structure_nothing_is_remembered():
    """As much excitation, spread evenly: the cue is gone a moment after it ends."""
    for seed in range(3):
        seen = bump(RingNetwork(structure=0.0), rng=np.uint64(seed))
        assert np.isnan(seen.centre[16:]).all() and np.isnan(seen.end)


def test_a_push_moves_the_bump_and_it_stays_there():
    for seed in range(3):
        pushed = bump(inputs=Inputs(push=12.0, push_at=240.0), rng=np.uint64(seed))
        alone = bump(rng=np.uint64(seed))
        assert abs(pushed.end - 240.0) < 30 < abs(alone.end - 240.0)


def test_the_same_seed_is_the_same_run_and_another_wiring_is_not():
    net = RingNetwork(n_exc=120, n_inh=30, frozen=50.0)
    a, b = (bump(net, duration=800.0, rng=np.uint64(1)) for _ in range(2))
    c = bump(net._replace(wiring=2), duration=800.0, rng=np.uint64(1))
    np.testing.assert_array_equal(a.times, b.times)
    assert a.n_shown != c.n_shown


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"net": RingNetwork(ee=-1.0)}, "ee must be zero or positive, and finite, got -1"),
        ({"inputs": Inputs(push=-1.0)}, "push must be zero or positive, and finite, got -1"),
        ({"inputs": Inputs(cue_off=10.0)}, "cue_off must be at least cue_on (250 ms), got 10"),
        ({"duration": 100.0}, "duration must be at least 250 ms, got 100"),
        ({"every": 0}, "every must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        bump(**({"rng": np.uint64(1)} | wrong))
    assert str(failure.value) == sentence


def diffusions(net, duration=12_000.0):
    """D of ten seeds, square degrees a second, from 1 s on. (With seed 0, 256 neurons lose their bump.)"""
    runs = (bump(net, duration=duration, every=net.n_exc, rng=np.uint64(seed)) for seed in range(1, 11))
    return np.array([diffusion(run.centre[20:]) for run in runs])


def error(values):
    """The standard error of their mean."""
    return values.std(ddof=1) / np.sqrt(values.size)


def test_diffusion_falls_with_the_number_of_neurons():
    """N D is the same for 256 and 1024 neurons, to within three standard errors; D itself is not."""
    few, many = (diffusions(RingNetwork(n_exc=n, n_inh=n // 4)) for n in (256, 1024))
    apart = 1024 * many.mean() - 256 * few.mean()
    assert abs(apart) < 3 * np.hypot(1024 * error(many), 256 * error(few))
    assert few.mean() - many.mean() > 3 * np.hypot(error(few), error(many))


def test_diffusion_comes_from_the_noise_outside():
    """The same mean in ten times as many spikes, each a tenth as large, has a tenth of the noise."""
    noisy, calm = (diffusions(RingNetwork(outside=rate)) for rate in (100.0, 1000.0))
    assert (calm < noisy).all() and calm.mean() < 0.3 * noisy.mean()


def test_frozen_differences_pull_the_bump_the_same_way_whatever_the_noise():
    """Against the same seeds without them; the shift varies more over wirings than over seeds."""
    seeds = [np.uint64(seed) for seed in range(3)]
    plain = np.array([bump(every=512, rng=seed).off for seed in seeds])
    shift = [
        [bump(RingNetwork(frozen=100.0, wiring=w), every=512, rng=seed).off for seed in seeds] - plain
        for w in range(1, 11)
    ]
    assert np.std(np.mean(shift, axis=1)) > 2 * np.mean(np.std(shift, axis=1))
