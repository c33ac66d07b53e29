"""The stepper shows what the simulation does: register for register, at every step."""

import itertools

import numpy as np
import pytest

from snnlab.loihi import (
    BRIAN2_LOIHI,
    LAVA,
    NENGO_LOIHI,
    Compartment,
    Registers,
    simulate_compartments,
    step_compartment,
    step_through,
    steps_table,
)

M = 2**23


@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)
@pytest.mark.parametrize("rest", [1, 2, 5])
@pytest.mark.parametrize("v_min", [0, -1000, 1 - M])
def test_it_does_what_the_simulation_does(convention, rest, v_min):
    rng = np.random.default_rng(rest)
    q = rng.integers(-(2**18), 2**21, 200) // rng.choice([1, 1, 3000], 200)
    q[::40] *= 2  # more than an input may be where inputs overflow
    neuron = Compartment(100, 150, 900, rest if convention.refractory else 1, v_min)
    run = simulate_compartments(
        q, neuron, convention, bias=-77, bias_exp=6, u_start=-M, v_start=1234567
    )  # fmt: skip
    steps = step_through(q, neuron, convention, bias=-77, bias_exp=6, start=Registers(-M, 1234567))
    assert [step.after.u for step in steps] == run.u.ravel().tolist()
    assert [step.after.v for step in steps] == run.v.ravel().tolist()
    assert [t for t, step in enumerate(steps) if step.fires] == run.spikes.times.tolist()
    assert run.spikes.n_spikes > 3 and any(step.wraps for step in steps) and any(s.stops for s in steps)
    for step, following in itertools.pairwise(steps):
        assert step.after == following.before
        assert step.u_sum == step.u_decayed + step.q and step.bias == -77 * 64
        assert (step.after.u == step.u_sum) != step.wraps
        assert step.held == (step.before.rest > 0)


def test_a_soft_reset():
    q = np.random.default_rng(1).integers(-300, 2000, 200)
    soft = Compartment(1000, 200, 60, soft_reset=True)
    run, steps = simulate_compartments(q, soft), step_through(q, soft)
    assert [step.after.v for step in steps] == run.v.ravel().tolist()
    assert [t for t, step in enumerate(steps) if step.fires] == run.spikes.times.tolist()
    assert all(step.after.v == step.v_sum - 3840 for step in steps if step.fires) and run.spikes.n_spikes > 20


def test_the_two_words_that_count():
    step = step_compartment(Registers(u=M - 1), 1, Compartment(decay_u=0))
    assert step.wraps and step.after.u == -M and "overflow" in str(step)
    assert step_compartment(Registers(u=M - 1), 1, Compartment(decay_u=0), LAVA).after.u == M - 2049 + 1
    step = step_compartment(Registers(v=-M + 1, u=-9), 0, Compartment(decay_v=0))
    assert step.stops and step.after.v == 1 - M and "stays at the end" in str(step)


def test_a_table_says_what_is_worth_a_word():
    steps = step_through([M, 0, 0], Compartment(0, 0, 100, 2, -500))
    words = [line[59:].strip() for line in steps_table(steps, 7).splitlines()]
    assert words == ["", "u overflows, v stays at its end", "v stays at its end", "v stays at its end"]
    assert steps_table(steps, 7).splitlines()[1].startswith("   7    8388608          0   -8388608")
    steps = step_through([6401, 0, 0], Compartment(0, 0, 100, 2))
    assert [line[59:].strip() for line in steps_table(steps).splitlines()[1:]] == ["fires", "rests", "fires"]
    assert steps_table([]).splitlines() == ["step          q   u before    u after   v before    v after"]


def test_every_line_of_a_step_adds_up():
    text = str(step_compartment(Registers(5000, -700), 320, Compartment(v_th=2), bias=-3, bias_exp=2))
    values = [int(line[23:34]) for line in text.splitlines()]
    u, u_left, q, u_sum, u_new, v, v_left, push, v_sum, threshold, v_new, rest = values
    assert (u, v, q, threshold) == (5000, -700, 320, 128)
    assert u_left + q == u_sum == u_new and v_left + push == v_sum and push == u_new - 12
    assert v_sum > threshold and v_new == rest == 0 and text.splitlines()[10].endswith("fires")


@pytest.mark.parametrize(
    ("before", "q", "message"),
    [
        (Registers(u=M + 1), 0, "u must be from -8388608 to 8388608, got 8388609"),
        (Registers(v=-M - 1), 0, "v must be from -8388608 to 8388608, got -8388609"),
        (Registers(rest=-1), 0, "rest must be at least 0, got -1"),
        (Registers(), 2**31, "q must be from -2147483648 to 2147483647, got 2147483648"),
    ],
)
def test_what_cannot_be_is_refused(before, q, message):
    with pytest.raises(ValueError, match=message):
        step_compartment(before, q)
    with pytest.raises(TypeError, match=r"q must be a whole number, got 0\.5"):
        step_compartment(Registers(), 0.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"q must have shape \(steps,\), got \(1, 1\)"):
        step_through([[1]])
