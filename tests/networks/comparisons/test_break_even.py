"""The break-even number of spikes against its limits, its closed form and a count of operations."""

import math

import numpy as np
import pytest

from snnlab.networks.comparisons.break_even import ADD, MULTIPLY, break_even


def counted(spikes, memory, fan_in, steps, in_memory, batch):
    """What both cost, operation after operation as a machine would go through them."""
    deep = spiking = 0.0
    for _ in range(fan_in):
        deep += memory / batch + MULTIPLY + ADD  # read the weight, once for the batch, multiply, add
        for _ in range(spikes):
            spiking += memory + ADD  # read the weight, add it to the current
            spiking += 2 * memory if in_memory else 0  # which has to be read and written
    for _ in range(steps):
        for _ in ("current", "potential"):
            spiking += MULTIPLY + (2 * memory if in_memory else 0)  # decay: read, multiply, write
        spiking += ADD  # the current is added to the potential
    return deep, spiking


@pytest.mark.parametrize("memory", [0.0, 5.0, 50.0])
@pytest.mark.parametrize(
    ("fan_in", "steps", "in_memory", "batch"), [(64, 50, False, 1), (100, 20, True, 1), (30, 0, False, 8)]
)
def test_the_costs_are_those_of_a_count(memory, fan_in, steps, in_memory, batch):
    seen = break_even(memory, fan_in, steps, in_memory, batch=batch)
    for spikes in (0, 1, 3):
        deep, spiking = counted(spikes, memory, fan_in, steps, in_memory, batch)
        assert seen.dense == pytest.approx(deep, rel=1e-12, abs=0)
        assert seen.silent + spikes * seen.each == pytest.approx(spiking, rel=1e-12, abs=0)
        assert np.interp(spikes, seen.spikes, seen.spiking) == pytest.approx(spiking / deep, rel=1e-12, abs=0)


@pytest.mark.equation("break-even-spikes")
def test_both_cost_the_same_at_the_break_even_number():
    for memory, fan_in, steps, in_memory in [
        (5.0, 100, 10, False),
        (20.0, 500, 4, True),
        (0.0, 64, 3, False),
    ]:
        seen = break_even(memory, fan_in, steps, in_memory)
        assert seen.silent + seen.even * seen.each == pytest.approx(seen.dense, rel=1e-12, abs=0)
        a = 2 if in_memory else 0
        update = ADD + 2 * MULTIPLY + 2 * a * memory
        closed = (ADD + MULTIPLY + memory - steps / fan_in * update) / (ADD + (1 + a) * memory)
        assert seen.even == pytest.approx(closed, rel=1e-12, abs=0)


def test_the_limits():
    """Arithmetic alone: as many additions as a multiply-accumulate costs. Memory alone: one spike."""
    assert break_even().even == pytest.approx((ADD + MULTIPLY) / ADD, rel=1e-15, abs=0)
    assert break_even(1e12).even == pytest.approx(1.0, rel=1e-9, abs=0)
    assert break_even(1e12, in_memory=True).even == pytest.approx(1 / 3, rel=1e-9, abs=0)
    assert break_even(1e12, batch=64).even == pytest.approx(1 / 64, rel=1e-9, abs=0)


def test_the_dearer_the_memory_the_fewer_spikes_and_never_fewer_than_one():
    evens = break_even(fan_in=64).evens
    assert (np.diff(evens) < 0).all() and evens[-1] > 1


def test_steps_alone_can_cost_more_than_the_deep_neuron():
    """50 steps of a neuron with 64 inputs, as in chapter 10, if only arithmetic costs anything."""
    seen = break_even(fan_in=64, steps=50)
    assert seen.even == 0 and seen.silent > seen.dense
    assert break_even(fan_in=64, steps=50, memory=5.0).even > 0  # which the deep neuron pays for as well
    assert break_even(fan_in=640, steps=50).even > 4  # shared by more inputs


def test_the_curve_goes_through_the_number():
    seen = break_even(20.0, 128, 16, True)
    assert np.interp(20.0, seen.memories, seen.evens) == pytest.approx(seen.even, rel=1e-12, abs=0)
    assert np.interp(seen.even, seen.spikes, seen.spiking) == pytest.approx(1.0, rel=1e-12, abs=0)
    assert (seen.deep == 1).all() and seen.spiking[0] == seen.silent / seen.dense


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"memory": -1.0}, "memory must be zero or positive, and finite, got -1"),
        ({"memory": math.nan}, "memory must be zero or positive, and finite, got nan"),
        ({"fan_in": 0}, "fan_in must be at least 1, got 0"),
        ({"steps": -1}, "steps must be at least 0, got -1"),
        ({"batch": 0}, "batch must be at least 1, got 0"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        break_even(**wrong)
    assert str(failure.value) == sentence
