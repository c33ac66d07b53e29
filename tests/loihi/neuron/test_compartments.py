"""The compartment against its equations in unbounded integers, at every edge of its registers."""

from fractions import Fraction

import numpy as np
import pytest

from snnlab.loihi import BRIAN2_LOIHI, LAVA, NENGO_LOIHI, Compartment, simulate_compartments, simulate_spikes
from snnlab.loihi.neuron.compartments import check_compartment

M = 2**23
NEURON = Compartment(decay_u=300, decay_v=150, v_th=131071)


@pytest.mark.equation("loihi-current", "loihi-voltage")
@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)
@pytest.mark.parametrize(
    "neuron",
    [NEURON, Compartment(0, 0, 20), Compartment(4095, 4096, 3, v_min=-500)],
    ids=["slow", "none", "all"],
)
def test_the_equations_in_unbounded_integers(convention, neuron):
    """Inputs beyond every register, and starts at their ends."""
    rng = np.random.default_rng(3)
    n = 8
    q = rng.integers(-(2**22), 2**22, (40, n)) // rng.choice([1, 50, 3000], (40, 1))
    bias = rng.integers(-4096, 4096, n)
    start = np.array([0, 1, -1, M - 1, 1 - M, 77, -77, 12345])
    run = simulate_compartments(q, neuron, convention, bias=bias, bias_exp=7, u_start=start, v_start=-start)
    wrap = lambda x, m, edge=0: (x + m - edge) % (2 * m) - m + edge if m else x  # noqa: E731
    for k in range(n):
        u, v = int(start[k]), -int(start[k])
        for t in range(40):
            u = int(Fraction(u * (4096 - neuron.decay_u - convention.decay_offset), 4096))
            u = wrap(u + wrap(int(q[t, k]), convention.input_limit), M, convention.wrap_edge)
            v = int(Fraction(v * (4096 - neuron.decay_v), 4096))
            v += wrap(u + int(bias[k]) * 128, convention.drive_limit)
            v = min(max(v, neuron.v_min), M - 1)
            fires = v > 64 * neuron.v_th
            v = 0 if fires else v
            assert (run.u[t, k], run.v[t, k]) == (u, v)
            assert (float(t) in run.spikes[k]) == fires


def test_the_threshold_must_be_passed():
    still = Compartment(0, 0, 10)
    assert not simulate_compartments([640], still).spikes
    assert simulate_compartments([641], still).spikes.times.tolist() == [0.0]


@pytest.mark.parametrize("rest", [1, 2, 5])
def test_the_voltage_rests_while_the_current_decays_on(rest):
    run = simulate_compartments(np.full(20, 1000), Compartment(4096, 0, 10, rest))
    assert run.spikes.times.tolist() == list(range(0, 20, rest))
    assert (run.v == 0).all() and (run.u == 1000).all()


def test_overflow_of_the_current_and_saturation_of_the_voltage():
    run = simulate_compartments(np.full(3, M // 2), Compartment(0, 0, 131071))
    assert run.u.ravel().tolist() == [M // 2, -M, -M // 2]
    assert simulate_compartments(np.full(3, M // 2), Compartment(0, 4096, 0), NENGO_LOIHI).u[0, 0] == 0
    down = simulate_compartments(np.full(9, -M // 2), Compartment(4096, 0, 0))
    assert down.v[-1, 0] == 1 - M


@pytest.mark.parametrize(
    ("neuron", "convention", "message"),
    [
        (Compartment(4096), LAVA, "decay_u must be from 0 to 4095, got 4096"),
        (Compartment(decay_v=-1), LAVA, "decay_v must be from 0 to 4096, got -1"),
        (Compartment(v_th=2**17), LAVA, "v_th must be from 0 to 131071, got 131072"),
        (Compartment(refractory=0), LAVA, "refractory must be from 1 to 64, got 0"),
        (Compartment(refractory=2), LAVA, "refractory must be 1 in the convention lava, got 2"),
        (Compartment(v_min=1), NENGO_LOIHI, "v_min must be from -8388607 to 0, got 1"),
    ],
)
def test_numbers_that_do_not_fit_their_registers(neuron, convention, message):
    with pytest.raises(ValueError, match=message):
        check_compartment(neuron, convention)


def test_arguments_that_cannot_be():
    with pytest.raises(ValueError, match=r"q must be whole, from -2147483648 to 2147483647, got 0.5"):
        simulate_compartments([0.5])
    with pytest.raises(ValueError, match=r"q must have shape \(steps,\) or \(steps, n\), got \(1, 1, 1\)"):
        simulate_compartments([[[1]]])
    with pytest.raises(ValueError, match=r"bias must be a number or have shape \(2,\), got \(3,\)"):
        simulate_compartments([[1, 2]], bias=[1, 2, 3])
    with pytest.raises(ValueError, match=r"v_start must be whole, from -8388608 to 8388607, got 1e\+07"):
        simulate_compartments([1], v_start=10_000_000)
    with pytest.raises(TypeError, match=r"v_th must be a whole number, got 1\.5"):
        simulate_compartments([1], Compartment(v_th=1.5))  # type: ignore[arg-type]


def test_no_steps():
    assert simulate_compartments(np.zeros((0, 2))).u.shape == (0, 2)


def test_what_is_no_compartment_is_refused():
    for call, error, message in (
        (
            lambda: simulate_compartments([1], None),
            TypeError,
            "compartment must be a Compartment, got NoneType",
        ),
        (
            lambda: simulate_compartments([[1, 2], [3]]),
            TypeError,
            "q must be an array of numbers of any shape",
        ),
        (lambda: check_compartment(Compartment(v_th=-(10**30))), ValueError, "v_th must be from 0 to 131071"),
        (
            lambda: check_compartment(Compartment(refractory=True)),
            TypeError,
            "refractory must be a whole number",
        ),
    ):
        with pytest.raises(error, match=message):
            call()


@pytest.mark.parametrize("convention", [BRIAN2_LOIHI, LAVA, NENGO_LOIHI], ids=lambda c: c.name)
def test_a_soft_reset_loses_nothing(convention):
    """Without a leak, what came in is what was taken off by spikes and what is left."""
    drive = np.random.default_rng(1).integers(0, 900, (300, 5))
    soft = Compartment(4096 - convention.decay_offset, 0, 10, soft_reset=True)
    run, quick = (simulate(drive, soft, convention) for simulate in (simulate_compartments, simulate_spikes))
    counts = np.bincount(run.spikes.units, minlength=5)
    np.testing.assert_array_equal(run.v[-1] + 640 * counts, drive.sum(axis=0))
    np.testing.assert_array_equal(quick.v, run.v[-1])
    assert quick.spikes.times.tolist() == run.spikes.times.tolist()
    hard = simulate_compartments(drive, soft._replace(soft_reset=False), convention)
    assert run.spikes.n_spikes > 1.2 * hard.spikes.n_spikes


def test_a_soft_reset_goes_without_rest():
    with pytest.raises(ValueError, match="refractory must be 1 with a soft reset, got 2"):
        check_compartment(Compartment(refractory=2, soft_reset=True))
    with pytest.raises(TypeError, match="soft_reset must be True or False, got 1"):
        check_compartment(Compartment(soft_reset=1))
