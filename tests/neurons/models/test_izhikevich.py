"""Izhikevich's neuron: its equations, its order, its quadratic core, and the firing types it is known for."""

import math

import numpy as np
import pytest

from snnlab.neurons import (
    FIRING_TYPES,
    QIF,
    Izhikevich,
    adaptation,
    burst_sizes,
    izhikevich_rest,
    qif_latency,
    simulate_izhikevich,
)
from snnlab.neurons.models import izhikevich as module


@pytest.mark.equation("izhikevich-membrane")
@pytest.mark.parametrize("neuron", [Izhikevich(), Izhikevich(a=0.1, b=0.26)])
@pytest.mark.parametrize(("v", "u"), [(-80.0, -12.0), (-50.0, 5.0), (10.0, -20.0)])
def test_the_slopes_are_the_right_hand_sides_of_the_equations(neuron, v, u):
    i = 7.0
    slope_v = 0.04 * v**2 + 5 * v + 140 - u + i
    slope_u = neuron.a * (neuron.b * v - u)
    for dt, error in ((1e-5, 1e-3), (1e-6, 1e-4)):
        after_v, after_u = module.step(v, u, i, neuron.a, neuron.b, neuron.v_peak, dt)
        assert (after_v - v) / dt == pytest.approx(slope_v, rel=error)
        assert (after_u - u) / dt == pytest.approx(slope_u, rel=error)


def test_below_the_threshold_the_order_is_four():
    """A staircase of inputs that keeps the neuron silent; halving the step divides the error by 16."""
    i = np.random.default_rng(0).uniform(-6, 3, 40)
    fine = simulate_izhikevich(np.repeat(i, 400), dt=0.01)
    assert fine.spikes.n_spikes == 0
    errors = []
    for per_piece in (8, 16, 32):
        run = simulate_izhikevich(np.repeat(i, per_piece), dt=4.0 / per_piece)
        at = slice(per_piece - 1, None, per_piece)
        errors.append((abs(run.v[at] - fine.v[399::400]).max(), abs(run.u[at] - fine.u[399::400]).max()))
    orders = np.log2(np.array(errors[:-1]) / errors[1:])
    assert np.all(abs(orders - 4) < 0.4)


def test_spike_times_converge_in_first_order():
    """The first is late by less than a step; the others by more, as `u` saw the peak for a little longer."""
    exact = simulate_izhikevich(np.full(100_000, 10.0), dt=0.002).spikes.times[:4]
    late = []
    for dt in (0.2, 0.1, 0.05):
        late.append(simulate_izhikevich(np.full(round(200 / dt), 10.0), dt=dt).spikes.times[:4] - exact)
        assert -0.003 < late[-1][0] < dt and np.all(np.diff(late[-1]) > 0)
    assert np.log2(late[0].mean() / late[2].mean()) / 2 == pytest.approx(1.0, abs=0.25)


@pytest.mark.parametrize("name", FIRING_TYPES)
def test_the_resting_state_is_a_fixed_point(name):
    neuron = FIRING_TYPES[name]
    rest = izhikevich_rest(neuron)
    assert 0.04 * rest**2 + 5 * rest + 140 - neuron.b * rest == pytest.approx(0, abs=1e-10)
    assert simulate_izhikevich(np.zeros(5000), neuron).v == pytest.approx(rest, abs=1e-6)
    disturbed = simulate_izhikevich(np.zeros(20_000), neuron, v_start=rest - 3)  # and it is stable
    assert disturbed.v[-1] == pytest.approx(rest, abs=1e-3)


def test_a_neuron_that_cannot_rest_starts_at_the_bottom_of_its_parabola():
    assert izhikevich_rest(Izhikevich(b=0.3)) == -62.5
    assert izhikevich_rest(Izhikevich(b=20.0, v_peak=-20.0)) == -65.0  # its root lies above the peak


@pytest.mark.parametrize("i", [20.0, 30.0, 60.0])
def test_without_recovery_it_is_the_quadratic_neuron(i):
    """The interval is the QIF's way from one finite place to another: a difference of two arctangents."""
    neuron = Izhikevich(a=0.0, b=0.0, d=0.0)
    x = 0.04 * (np.array([neuron.c, neuron.v_peak]) + 62.5)
    quadratic = 0.04 * i - 0.65
    by_latency = [qif_latency(quadratic, QIF(tau_m=1.0), start) for start in x]
    root = math.sqrt(quadratic)
    by_hand = (math.atan(x[1] / root) - math.atan(x[0] / root)) / root
    assert by_latency[0] - by_latency[1] == pytest.approx(by_hand)
    times = simulate_izhikevich(np.full(40_000, i), neuron, 0.005, v_start=neuron.c).spikes.times
    intervals = np.diff(times)
    assert np.all(intervals > by_hand - 1e-4) and np.all(intervals < by_hand + 0.005 + 1e-9)


def test_without_recovery_the_rheobase_is_that_of_the_quadratic_neuron():
    """0.04 i − 0.65 is positive above 16.25 mV/ms."""
    neuron = Izhikevich(a=0.0, b=0.0, d=0.0)
    assert not simulate_izhikevich(np.full(20_000, 16.24), neuron).spikes
    assert simulate_izhikevich(np.full(20_000, 16.26), neuron).spikes


# The input of each firing type, mV/ms, and what the type is known for, as a condition on the spike times of
# the half second for which it is on, and of the half second after.
UP, DOWN = 10.0, -10.0
SIGNATURES = {
    "RS": (UP, lambda on, after: adaptation(on) > 2 and np.all(burst_sizes(on) == on.size)),
    "IB": (UP, lambda on, after: burst_sizes(on)[0] == 3 and np.all(burst_sizes(on)[1:] == 1)),
    "CH": (UP, lambda on, after: len(burst_sizes(on)) > 5 and np.all(burst_sizes(on)[:-1] >= 5)),
    "FS": (UP, lambda on, after: on.size > 60 and np.ptp(np.diff(on)[5:]) < 0.3),
    "LTS": (UP, lambda on, after: 30 < on.size < 60 and adaptation(on) > 4),
    "TC": (DOWN, lambda on, after: on.size == 0 and burst_sizes(after)[0] >= 4),
    "RZ": (DOWN, lambda on, after: on.size == 0 and after.size == 1),
}


@pytest.mark.parametrize("name", FIRING_TYPES)
def test_each_type_has_its_signature(name):
    i, holds = SIGNATURES[name]
    step = np.repeat([0.0, i, 0.0], [1000, 5000, 5000])
    times = simulate_izhikevich(step, FIRING_TYPES[name]).spikes.times
    assert not (times <= 100).any()
    on, after = times[times <= 600] - 100, times[times > 600] - 600
    assert holds(on, after), (name, on, after)


def test_a_thalamocortical_cell_has_two_modes():
    """Tonic from rest, a burst after inhibition: the burst is faster than anything in the tonic mode."""
    neuron = FIRING_TYPES["TC"]
    tonic = simulate_izhikevich(np.repeat([0.0, 1.5], [1000, 5000]), neuron).spikes.times
    burst = simulate_izhikevich(np.repeat([-25.0, 0.0], [5000, 5000]), neuron).spikes.times
    assert tonic.size > 3 and burst.size > 3
    assert np.diff(burst).min() < 0.5 * np.diff(tonic).min()


def published(i, neuron, dt):
    """Spikes of a second by the scheme of 2003's network: two half steps for v, u with the new v."""
    v, u, count = -65.0, neuron.b * -65.0, 0
    for _ in range(round(1000 / dt)):
        if v >= 30.0:
            v, u, count = neuron.c, u + neuron.d, count + 1
        for _ in range(2):
            v += dt / 2 * (0.04 * v * v + 5.0 * v + 140.0 - u + i)
        u += dt * neuron.a * (neuron.b * v - u)
    return count


def test_the_scheme_of_the_publication_is_a_part_of_the_model():
    """At its step of 1 ms a fast spiking cell fires half as fast: v overshoots, and u sees it."""
    neuron = FIRING_TYPES["FS"]
    true = simulate_izhikevich(np.full(50_000, 10.0), neuron, 0.02).spikes.n_spikes
    assert published(10.0, neuron, 1.0) / true == pytest.approx(0.5, abs=0.05)
    assert published(10.0, neuron, 0.01) / true == pytest.approx(1.0, abs=0.03)


def test_many_neurons_are_single_neurons_side_by_side():
    i = np.random.default_rng(5).uniform(0, 20, (3000, 5))
    many = simulate_izhikevich(i)
    assert many.spikes.n_spikes > 5 and np.all(np.diff(many.spikes.times) >= 0)
    for k in range(5):
        one = simulate_izhikevich(i[:, k])
        assert np.array_equal(many.v[:, k], one.v) and np.array_equal(many.u[:, k], one.u)
        assert np.array_equal(many.spikes[k], one.spikes[0])


def test_each_neuron_may_have_its_own_numbers():
    types = list(FIRING_TYPES.values())
    all_types = Izhikevich(*(np.array(numbers) for numbers in zip(*types, strict=True)))
    run = simulate_izhikevich(np.full((3000, len(types)), 10.0), all_types)
    for k, neuron in enumerate(types):
        assert np.array_equal(run.spikes[k], simulate_izhikevich(np.full(3000, 10.0), neuron).spikes.times)


@pytest.mark.parametrize("n", [1, 3])
def test_there_is_room_for_a_spike_in_every_step(n):
    assert simulate_izhikevich(np.full((50, n), 1e9)).spikes.n_spikes == 50 * n


def test_v_stays_below_the_peak_and_is_the_reset_where_it_fired():
    run = simulate_izhikevich(np.full(5000, 15.0))
    at = np.rint(run.spikes.times / 0.1).astype(int) - 1
    assert at.size > 5 and np.all(run.v[at] == -65.0) and run.v.max() < 30.0
    assert run.u[at] - run.u[at - 1] == pytest.approx(8.0, abs=0.1)


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    i = np.random.default_rng(2).uniform(0, 20, (600, 2))
    results = []
    for run in (module.run, module.run.py_func):
        v, u, times, units = np.empty((600, 2)), np.empty((600, 2)), np.empty(1200), np.empty(1200, np.int64)
        state = module.State(np.full(2, -70.0), np.full(2, -14.0))
        count = run(i, v, u, times, units, state, *Izhikevich(), 0.1)
        results.append((v, u, times[:count], units[:count]))
    assert results[0][2].size > 0
    for compiled, plain in zip(*results, strict=True):
        assert compiled == pytest.approx(plain, rel=1e-9, abs=0)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (5, 0), (1,), (1, 1)])
def test_odd_shapes(shape):
    run = simulate_izhikevich(np.full(shape, 0.3))
    assert run.v.shape == run.u.shape == shape
    assert run.spikes.n_units == (shape[1] if len(shape) == 2 else 1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_izhikevich([0.1], dt=-1), "dt must be positive and finite, got -1"),
        (lambda: simulate_izhikevich([np.nan]), r"i must be finite, got nan at \[0\]"),
        (lambda: simulate_izhikevich([0.1], Izhikevich(d=np.inf)), "d must be finite, got inf"),
        (
            lambda: simulate_izhikevich(np.full(9000, 80.0), Izhikevich(-1.0, -1.0)),
            "must be smaller: v or u left",
        ),
        (lambda: simulate_izhikevich([0.1], Izhikevich(c=30)), r"c must be below v_peak \(30 mV\), got 30"),
        (lambda: simulate_izhikevich([0.1], v_start=30), r"v_start must be below v_peak \(30 mV\), got 30"),
        (
            lambda: simulate_izhikevich(np.full(100, -1e4)),
            r"dt must be at most 0.0\d+ ms, as v may fall to -\d+(\.\d)? mV, got 0.1",
        ),
        (lambda: simulate_izhikevich(np.full(100, -1e9)), "dt must be "),
        (
            lambda: simulate_izhikevich(np.full(100, -1e308)),
            "i and the numbers of the neuron must be smaller",
        ),
        (lambda: simulate_izhikevich([0.1], dt=50.0), "dt must be at most"),
        (
            lambda: simulate_izhikevich([[0.1]], Izhikevich(a=[np.inf])),
            r"a must be finite, got inf \(neuron 0\)",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_another_neuron_is_refused():
    with pytest.raises(TypeError, match="neuron must be an Izhikevich, got QIF"):
        simulate_izhikevich([0.1], QIF())
