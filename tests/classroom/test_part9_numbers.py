"""The numbers of part 9 are those that the chip's arithmetic and the equations of the chapters give."""

import itertools

import numpy as np
import pytest
from classroom.forms import one_of

from snnlab.course.classroom.parts import visible
from snnlab.loihi import Compartment, decayed, simulate_compartments

SEEDS = [1, 2, 3]
seeds = pytest.mark.parametrize("seed", SEEDS)


def drawn(id, seed):
    """The numbers of a student, and what is expected."""
    exercise = one_of("part9", id)
    variant = exercise.draw(seed)
    return visible(variant), exercise.expected(variant)


@seeds
def test_a_voltage_stands_still_between_the_two_numbers_and_nowhere_else(seed):
    own, (low, high) = drawn("registers, form 0", seed)

    def stands(v):
        return decayed(v, 4096 - own["delta"]) + own["bias"] == v

    assert all(stands(v) for v in range(int(low), int(high) + 1))
    assert not stands(int(low) - 1) and not stands(int(high) + 1)


@seeds
def test_with_this_exponent_nothing_overflows_and_with_the_next_something_does(seed):
    own, (exponent, stands) = drawn("registers, form 1", seed)
    cell = Compartment(decay_u=own["delta_u"], decay_v=4096, v_th=131071)
    for more in (0, 1):
        q = np.full(8000, 64 * 2 ** (int(exponent) + more) * own["mantissa"])
        u = simulate_compartments(q, cell).u[:, 0]
        assert (u.min() < 0) == bool(more)
        assert more or u[-1] == stands


@seeds
def test_pairs_that_come_again_and_again_add_up(seed):
    """Step by step through both traces, long enough for the first pairs to be forgotten."""
    own, expected = drawn("engine, form 1", seed)
    x = y = 0.0
    for step in range(60 * own["period"] + own["behind"] + 1):
        x, y = own["kept"] * x, own["kept"] * y
        if step % own["period"] == 0:
            taken, x = y / 2 ** own["m"], x + own["impulse"]
        if step % own["period"] == own["behind"]:
            added, y = x / 2 ** own["k"], y + own["impulse"]
    np.testing.assert_allclose([added, taken], expected, rtol=1e-9)


@seeds
def test_what_a_late_reward_adds_is_the_integral_of_trace_and_dopamine(seed):
    own, (size, longer) = drawn("credit, form 1", seed)
    t = np.linspace(0.0, 40.0, 400_001)
    for late, share in ((own["late"], 1.0), (own["late"] + longer, 0.5)):
        trace = own["lam"] * np.exp(-own["apart"] / own["tau_plus"] - (late + t) / own["tau_c"])
        both = trace * size * np.exp(-t / own["tau_d"])
        grown = np.sum((both[1:] + both[:-1]) / 2) * (t[1] - t[0])
        np.testing.assert_allclose(grown, share * own["growth"], rtol=1e-5)


@seeds
def test_no_road_has_room_with_a_relay_less(seed):
    """Tried one after another: n relays leave room for n + 1 delays, and take n steps themselves."""
    exercise = one_of("part9", "needs, form 1")
    variant = exercise.draw(seed)
    most = variant["most"]
    for (lengths,), expected in zip(exercise.cases(variant), exercise.expected(variant), strict=True):
        for length, relays in zip(lengths, expected, strict=True):
            assert relays == next(n for n in itertools.count() if (n + 1) * most + n >= length)
