"""An arm that learns its load: by nengo-loihi's integers, in ten seeds, and only while it learns."""

import numpy as np
import pytest

from snnlab.loihi.applications import adaptive_arm as arm
from snnlab.loihi.applications.adaptive_arm import adaptive_arm, arm_chip, chip_step, swing
from snnlab.loihi.fixed_point import BIAS_BITS, BIAS_EXP_BITS, weight_limits
from snnlab.loihi.plasticity import pes
from snnlab.loihi.plasticity.pes import PES
from snnlab.random import uniform

SEEDS = [np.uint64(seed) for seed in range(1, 11)]  # tuned on 101 to 103


@pytest.fixture(scope="module")
def learning():
    return [adaptive_arm(10.0, rng=seed) for seed in SEEDS]


def test_in_ten_seeds_it_learns_the_load(learning):
    late = np.array([seen.late for seen in learning])
    off = np.array([adaptive_arm(10.0, 0.0, rng=seed).late for seed in SEEDS])
    assert (late < 0.2 * off).all()
    for seen in learning:
        last = seen.time >= 16.0
        assert np.corrcoef(seen.torque[last], seen.needed[last])[0, 1] > 0.98


@pytest.mark.equation("arm-motion")
def test_without_learning_it_hangs_by_what_the_controller_cannot_do():
    """In the slow limit it is off by L sin θ / k_p; the swing is slow beside the controller."""
    seen = adaptive_arm(5.0, 0.0, rng=SEEDS[0])
    assert (seen.torque == 0).all() and seen.weight == 0.0
    still = np.rad2deg(5.0 * np.sin(np.deg2rad(seen.angle)) / arm.K_P)
    omega = 2 * np.pi / arm.PERIOD
    lag = omega * arm.K_D / arm.K_P
    least = np.sqrt(np.mean(still[seen.time >= 16] ** 2)) / np.hypot(1 - omega**2 / arm.K_P, lag)
    assert seen.late == pytest.approx(least, rel=0.03, abs=0)


@pytest.mark.equation("arm-motion")
def test_the_arm_moves_by_what_controller_and_load_add():
    """The record of a run without learning, differentiated twice over 50 ms, once the start is over."""
    seen, h = adaptive_arm(10.0, 0.0, rng=SEEDS[0]), 0.05
    wanted, angle = np.deg2rad(seen.wanted[80:]), np.deg2rad(seen.angle[80:])
    first, second = lambda x: (x[2:] - x[:-2]) / (2 * h), lambda x: (x[2:] - 2 * x[1:-1] + x[:-2]) / h**2
    added = arm.K_P * (wanted - angle)[1:-1] + arm.K_D * first(wanted - angle) + second(wanted)
    load = 10.0 * np.sin(angle)
    np.testing.assert_allclose(seen.needed[80:], load, rtol=1e-9, atol=1e-9)
    missing = second(angle) - (added - load[1:-1])
    assert np.abs(missing).max() < 0.02 * np.abs(load).max()


def test_without_a_load_there_is_nothing_to_learn():
    assert adaptive_arm(0.0, 4.0, rng=SEEDS[0]).late < 0.5


def test_few_compartments_learn_less(learning):
    few = [adaptive_arm(10.0, 4.0, 4, rng=seed).late for seed in SEEDS]
    assert all(less > 3 * seen.late for less, seen in zip(few, learning, strict=True))


def test_what_few_compartments_lack_is_torque_and_not_speed_of_learning():
    few, strong, quick = (
        np.mean([adaptive_arm(10.0, magnitude, 4, unit=unit, rng=seed).late for seed in SEEDS])
        for magnitude, unit in ((4.0, arm.UNIT), (4.0, 10 * arm.UNIT), (40.0, arm.UNIT))
    )
    assert strong < 0.5 * few < 0.75 * quick


def test_a_bias_is_a_mantissa_of_12_bits_times_a_power_of_two():
    chip = arm_chip()
    arm._tune(chip.tuning, np.uint64(1))
    largest = 0
    for x in np.linspace(-1.5, 1.5, 31):
        arm._encode(chip, x, arm.MOST)
        e = np.maximum(0, np.frexp(chip.b)[1] - BIAS_BITS)
        assert (e < 1 << BIAS_EXP_BITS).all() and (chip.b % (1 << e) == 0).all()
        largest = max(largest, chip.b.max())
    assert largest > 1 << BIAS_BITS


def test_the_swing_is_its_own_derivative():
    t, h = 0.7, 1e-5
    before, now, after = swing(t - h), swing(t), swing(t + h)
    assert now[1] == pytest.approx((after[0] - before[0]) / (2 * h), rel=1e-7, abs=0)
    assert now[2] == pytest.approx((after[1] - before[1]) / (2 * h), rel=1e-7, abs=0)


def test_the_loop_learns_as_the_rule_does_with_given_spikes():
    """400 steps of the chip, whose spikes and errors `pes.run` then gets, with the same random numbers."""
    n, steps, impulse, seed, chip = 6, 400, 16.0, np.uint64(3), arm_chip()
    chip.b[:n] = np.linspace(4000, 9000, n)
    errors = np.rint(60 * np.sin(np.arange(steps) / 40)).astype(np.int64)[:, None]
    fired, weights = np.zeros((steps, n), np.uint8), []
    for t in range(steps):
        chip_step(t, chip, n, float(errors[t, 0]), impulse, seed)
        fired[t] = chip.fired[:n]
        if t % 4 == 3:
            weights.append(chip.w[:, :n].copy())
    x = [
        [uniform(seed, arm.TRACES + np.uint64(j), np.uint64(t)) for j in range(n)] for t in range(1, steps, 2)
    ]
    w = [
        [
            [uniform(seed, arm.WEIGHTS + np.uint64(2 * j + i), np.uint64(t)) for i in range(2)]
            for j in range(n)
        ]
        for t in range(3, steps, 4)
    ]
    w_seen, q = np.empty((steps // 4, 2, n), np.int32), np.empty((steps, 2), np.int32)
    x_seen, shift = np.empty((steps // 2, n), np.int32), pes.FRACTION_BITS + PES().exponent - pes.TOO_LONG
    pes.run(
        fired, errors, np.zeros((2, n), np.int32), w_seen, x_seen, q, arm.KEPT, impulse, 1, shift,
        arm.GRID, arm.HIGHEST, arm.POWER, 1 << 21, np.array(x), np.array(w),
    )  # fmt: skip
    np.testing.assert_array_equal(weights, w_seen)
    assert np.abs(w_seen[-1]).max() > 20
    grid, _, most = weight_limits(8, 1)
    assert (grid, most) == (arm.GRID, arm.HIGHEST)


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"load": 21.0}, "load must be from 0 to 20, got 21"),
        ({"magnitude": 128.0}, "magnitude must be from 0 to below 128, got 128"),
        ({"n": 0}, "n must be from 1 to 64, got 0"),
        ({"unit": -1.0}, "unit must be from 0 to 1000, got -1"),
    ],
)
def test_arguments_that_cannot_be(wrong, rule):
    with pytest.raises(ValueError, match=rule):
        adaptive_arm(**({"load": 1.0, "rng": SEEDS[0]} | wrong))
