"""The Hodgkin–Huxley membrane against the formulae of 1952, its order, and what holds for any current."""

import math

import numpy as np
import pytest

from snnlab.neurons import HodgkinHuxley, hh_gates, hh_rest, simulate_hodgkin_huxley
from snnlab.neurons.models import hodgkin_huxley as module
from snnlab.neurons.models.hodgkin_huxley import check_hodgkin_huxley

SQUID = HodgkinHuxley()
MEMBRANES = [SQUID, HodgkinHuxley(0.8, 90.0, 50.0, 0.2, 45.0, -80.0, -60.0, 16.3)]
STATES = [(-65.0, 0.05, 0.6, 0.32), (-41.0, 0.3, 0.4, 0.5), (-54.0, 0.15, 0.5, 0.4), (30.0, 0.95, 0.2, 0.7)]


def rates_of_1952(v):
    """Equations 12, 13, 20, 21, 23 and 24 as printed: V counts from rest, and a depolarisation is negative.

    Returns what opens m, h and n, then what closes them, per ms.
    """
    shift = -(v + 65.0)
    return (
        0.1 * (shift + 25) / (math.exp((shift + 25) / 10) - 1),
        0.07 * math.exp(shift / 20),
        0.01 * (shift + 10) / (math.exp((shift + 10) / 10) - 1),
        4 * math.exp(shift / 18),
        1 / (math.exp((shift + 30) / 10) + 1),
        0.125 * math.exp(shift / 80),
    )


def slopes(v, m, h, n, i, p):
    """The right-hand sides of the module's equations, per ms."""
    a_m, a_h, a_n, b_m, b_h, b_n = rates_of_1952(v)
    speed = 3 ** ((p.temperature - 6.3) / 10)
    sodium, potassium = p.g_na * m**3 * h * (v - p.e_na), p.g_k * n**4 * (v - p.e_k)
    return (
        (i - sodium - potassium - p.g_l * (v - p.e_l)) / p.c_m,
        speed * (a_m * (1 - m) - b_m * m),
        speed * (a_h * (1 - h) - b_h * h),
        speed * (a_n * (1 - n) - b_n * n),
    )


def step(state, i, dt, p):
    return module.step(*state, i, dt, *p[:7], module._speed(p.temperature))


def pulse(strength, width, duration, dt, onset=0.0):
    """A pulse of current in µA/cm²; times in ms."""
    i = np.zeros(round(duration / dt))
    i[round(onset / dt) : round((onset + width) / dt)] = strength
    return i


@pytest.mark.equation("hh-membrane")
@pytest.mark.equation("hh-gates")
@pytest.mark.parametrize("p", MEMBRANES)
@pytest.mark.parametrize("state", STATES)
def test_the_slopes_are_the_right_hand_sides_of_the_equations(p, state):
    right = np.array(slopes(*state, 7.0, p))
    for dt, error in ((1e-4, 5e-3), (1e-6, 5e-5)):
        taken = (np.array(step(state, 7.0, dt, p)) - state) / dt
        assert taken == pytest.approx(right, rel=error)


def test_a_step_is_one_of_the_classical_runge_kutta_method():
    """Written down anew, with the four slopes by name."""
    dt, i = 0.05, 12.0
    for p in MEMBRANES:
        for state in STATES:
            y = np.array(state)
            k1 = np.array(slopes(*y, i, p))
            k2 = np.array(slopes(*(y + dt / 2 * k1), i, p))
            k3 = np.array(slopes(*(y + dt / 2 * k2), i, p))
            k4 = np.array(slopes(*(y + dt * k3), i, p))
            expected = y + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
            assert step(state, i, dt, p) == pytest.approx(tuple(expected), rel=1e-12, abs=0)


@pytest.mark.parametrize("v", np.linspace(-120.0, 60.0, 41) + 0.123)
def test_the_rates_are_those_of_1952(v):
    assert module._opening_and_closing(v) == pytest.approx(rates_of_1952(v), rel=1e-12, abs=0)


@pytest.mark.parametrize(("v", "which", "limit"), [(-40.0, 0, 1.0), (-55.0, 2, 0.1)])
def test_where_the_printed_formula_is_nought_by_nought_the_rate_is_its_limit(v, which, limit):
    """y / (exp(y) − 1) = 1 − y/2 + …: no jump, and no digit lost close by."""
    with pytest.raises(ZeroDivisionError):
        rates_of_1952(v)
    assert module._opening_and_closing(v)[which] == limit
    for small in (1e-12, 1e-9, 1e-6, 1e-4):
        for away in (small, -small):
            y = ((v + away) - v) / 10  # what rounding leaves of it
            expected = limit * (1 + y / 2 + y**2 / 12)
            assert module._opening_and_closing(v + away)[which] == pytest.approx(expected, rel=1e-13, abs=0)


def test_the_numbers_are_those_of_table_3_with_rest_at_minus_65():
    """There a depolarisation is negative: V_Na −115, V_K +12, V_l −10.613 mV."""
    assert SQUID == (1.0, 120.0, 36.0, 0.3, -65 + 115, -65 - 12, -65 + 10.613, 6.3)


def test_at_rest_nothing_moves():
    """The potential of rest is −65 mV to a hundredth, as V_l was chosen to make it; it is where it stays."""
    assert hh_rest() == pytest.approx(-65.0, abs=0.005)
    for p in MEMBRANES:
        rest = hh_rest(p)
        gates = hh_gates(rest, p.temperature)
        m, h, n = (float(x) for x in gates[:3])
        assert np.abs(slopes(rest, m, h, n, 0.0, p)).max() < 1e-10
        run = simulate_hodgkin_huxley(np.zeros(500), p)
        assert np.abs(run.v - rest).max() < 1e-10 and run.spikes.n_spikes == 0


def test_rest_does_not_depend_on_the_temperature_and_follows_the_leak_when_channels_are_blocked():
    assert hh_rest(SQUID._replace(temperature=20.0)) == pytest.approx(hh_rest(), abs=1e-12)
    assert hh_rest(SQUID._replace(g_na=0.0, g_k=0.0)) == pytest.approx(SQUID.e_l, abs=1e-12)


def test_gates_settle_where_opening_and_closing_cancel():
    v = np.array([[-90.0, -65.0], [-50.123, 20.0]])
    gates = hh_gates(v, temperature=16.3)
    for place in np.ndindex(v.shape):
        rates = rates_of_1952(v[place])
        for k, name in enumerate("mhn"):
            opening, closing = rates[k], rates[k + 3]
            assert getattr(gates, name)[place] == pytest.approx(
                opening / (opening + closing), rel=1e-12, abs=0
            )
            tau = getattr(gates, f"tau_{name}")[place]
            assert tau == pytest.approx(
                1 / (3 * (opening + closing)), rel=1e-12, abs=0
            )  # 10 °C: three times as fast


def test_the_gates_at_rest_are_those_that_every_textbook_gives():
    gates = hh_gates(-65.0)
    assert [round(float(x), 3) for x in gates[:3]] == [0.053, 0.596, 0.318]


def test_without_channels_it_is_a_leaky_membrane():
    """In closed form: v tends to e_l + i / g_l with the time constant c_m / g_l."""
    p = SQUID._replace(g_na=0.0, g_k=0.0, c_m=1.5)
    dt, i = 0.05, 2.0
    run = simulate_hodgkin_huxley(np.full(400, i), p, dt, v_start=-80.0)
    goal, t = p.e_l + i / p.g_l, dt * np.arange(1, 401)
    assert run.v == pytest.approx(goal + (-80.0 - goal) * np.exp(-t * p.g_l / p.c_m), abs=1e-9)


@pytest.mark.parametrize("current", [2.0, 15.0])  # below the threshold, and through a spike
def test_the_order_is_four(current):
    """Halving the step divides the error by 16, in each of the four variables."""
    fine = simulate_hodgkin_huxley(np.full(3200, current), dt=0.0025)
    errors = []
    for dt in (0.02, 0.01):
        run = simulate_hodgkin_huxley(np.full(round(8 / dt), current), dt=dt)
        every = round(0.02 / dt)
        errors.append([
            np.abs(getattr(run, x)[every - 1 :: every] - getattr(fine, x)[7::8]).max() for x in "vmhn"
        ])
    assert np.log2(np.divide(*errors)) == pytest.approx(np.full(4, 4.0), abs=0.3)


def test_a_spike_is_an_upward_crossing_of_0_mV_dated_to_the_end_of_its_step():
    i = pulse(20.0, 25.0, 30.0, 0.02)
    run = simulate_hodgkin_huxley(i, dt=0.02)
    upward = np.flatnonzero((run.v[:-1] <= 0) & (run.v[1:] > 0)) + 1
    assert upward.size == 3
    assert run.spikes.times == pytest.approx((upward + 1) * 0.02, abs=1e-12)
    assert run.spikes.duration == pytest.approx(30.0)


def test_a_membrane_that_starts_above_0_mV_has_not_crossed_it():
    assert simulate_hodgkin_huxley(np.zeros(200), v_start=20.0).spikes.n_spikes == 0


@pytest.mark.parametrize(("current", "spikes"), [(2.2, 0), (2.3, 1), (6.2, 3), (6.3, None)])
def test_a_step_makes_one_spike_from_about_2_3_and_a_lasting_train_from_6_2_to_6_3(current, spikes):
    """In µA/cm², from rest."""
    if not hasattr(module.run, "py_func"):
        pytest.skip("half a second of membrane takes too long without the compiler")
    times = simulate_hodgkin_huxley(np.full(20_000, current), dt=0.025).spikes.times
    if spikes is not None:
        assert times.size == spikes and (spikes == 0 or times[-1] < 60)
    else:
        assert times.size > 20 and times[-1] > 480


def test_an_action_potential_has_the_height_and_width_of_the_textbook():
    """About 100 mV and 1 to 2 ms (width at half height), and an undershoot towards E_K."""
    run = simulate_hodgkin_huxley(pulse(15.0, 1.0, 20.0, 0.02), dt=0.02)
    assert run.spikes.n_spikes == 1
    height = run.v.max() - hh_rest()
    width = 0.02 * np.count_nonzero(run.v > hh_rest() + height / 2)
    assert 95 < height < 110 and 1 < width < 2
    assert SQUID.e_k < run.v.min() < hh_rest() - 5
    # the order in which the channels open: sodium, the peak of the potential, potassium
    sodium, potassium = run.m**3 * run.h, run.n**4
    assert np.argmax(sodium) < np.argmax(potassium) and np.argmax(run.v) < np.argmax(potassium)


def test_a_membrane_that_is_let_go_fires_once():
    """Anode break: pulled down for 20 ms, it fires after that; a weak pull does not do it."""
    strong = simulate_hodgkin_huxley(pulse(-5.0, 20.0, 35.0, 0.05), dt=0.05).spikes.times
    assert strong.size == 1 and 20 < strong[0] < 30
    assert simulate_hodgkin_huxley(pulse(-1.0, 20.0, 35.0, 0.05), dt=0.05).spikes.n_spikes == 0


def test_gates_stay_between_0_and_1_and_the_potential_within_its_sources():
    i = np.random.default_rng(0).uniform(-20, 40, 4000)
    run = simulate_hodgkin_huxley(i, dt=0.02)
    for gate in (run.m, run.h, run.n):
        assert gate.min() >= 0 and gate.max() <= 1
    assert run.v.max() < SQUID.e_na + 40 / SQUID.g_l and run.v.min() > SQUID.e_k - 20 / SQUID.g_l


def test_many_membranes_are_single_membranes_side_by_side():
    i = np.random.default_rng(5).uniform(-5, 40, (800, 4))
    many = simulate_hodgkin_huxley(i, dt=0.05)
    assert many.spikes.n_spikes > 4 and np.all(np.diff(many.spikes.times) >= 0)
    for k in range(4):
        one = simulate_hodgkin_huxley(i[:, k], dt=0.05)
        for x in "vmhn":
            assert np.array_equal(getattr(many, x)[:, k], getattr(one, x))
        assert np.array_equal(many.spikes[k], one.spikes[0])


def test_each_membrane_may_have_its_own_numbers():
    g_na = np.array([120.0, 0.0])
    run = simulate_hodgkin_huxley(np.full((400, 2), 15.0), HodgkinHuxley(g_na=g_na), 0.05)
    for k in range(2):
        one = simulate_hodgkin_huxley(np.full(400, 15.0), HodgkinHuxley(g_na=g_na[k]), 0.05)
        assert np.array_equal(run.v[:, k], one.v)
    assert run.spikes[0].size > 0 and run.spikes[1].size == 0


def test_compiled_and_plain_python_agree():
    if not hasattr(module.run, "py_func"):
        pytest.skip("the compiler is off")
    i = pulse(15.0, 20.0, 25.0, 0.05)[:, None]
    results = []
    for run in (module.run, module.run.py_func):
        v, m, h, n = np.empty((4, i.size, 1))
        times, units = np.empty(i.size), np.empty(i.size, np.int64)
        state = module.State(*(np.array([x]) for x in module.held_at(hh_rest())))
        count = run(i, v, m, h, n, times, units, state, *SQUID, 0.05)
        results.append((times[:count], v, m, h, n))
    assert results[0][0].size > 0 and np.array_equal(results[0][0], results[1][0])
    for a, b in zip(results[0][1:], results[1][1:], strict=True):
        assert a == pytest.approx(b, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("shape", [(0,), (0, 3), (5, 0), (1,), (1, 1)])
def test_odd_shapes(shape):
    run = simulate_hodgkin_huxley(np.full(shape, 5.0))
    assert all(x.shape == shape for x in run[:4])
    assert run.spikes.n_units == (shape[1] if len(shape) == 2 else 1)
    assert hh_gates(np.zeros(shape)).tau_n.shape == shape


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_hodgkin_huxley([1.0], dt=0), "dt must be positive and finite, got 0"),
        (lambda: simulate_hodgkin_huxley([1.0, np.nan]), r"i must be finite, got nan at \[1\]"),
        (lambda: simulate_hodgkin_huxley(1.0), r"i must have shape \(steps,\) or \(steps, n\), got \(\)"),
        (lambda: simulate_hodgkin_huxley([1.0] * 9, dt=1e308), "dt times the number of steps must be"),
        (lambda: simulate_hodgkin_huxley([1.0], v_start=np.inf), "v_start must be finite, got inf"),
        (lambda: check_hodgkin_huxley(SQUID._replace(c_m=0)), "c_m must be positive and finite, got 0"),
        (lambda: check_hodgkin_huxley(SQUID._replace(g_l=0)), "g_l must be positive and finite, got 0"),
        (lambda: check_hodgkin_huxley(SQUID._replace(g_k=-1)), "g_k must be zero or positive, .* got -1"),
        (lambda: check_hodgkin_huxley(SQUID._replace(e_na=np.nan)), "e_na must be finite, got nan"),
        (lambda: hh_gates(np.nan), "v must be finite, got nan"),
        (lambda: hh_gates(0.0, np.inf), "temperature must be finite, got inf"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_a_step_that_is_too_long_is_refused():
    if not hasattr(module.run, "py_func"):
        pytest.skip("plain Python stops at the first number that is too large")
    with pytest.raises(ValueError, match=r"dt must be short enough for this current and this .*, got 1$"):
        simulate_hodgkin_huxley(np.full(100, 10.0), dt=1.0)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: simulate_hodgkin_huxley("abc"), "i must be an array of numbers"),
        (lambda: simulate_hodgkin_huxley([1.0], (1.0, 2.0)), "neuron must be a HodgkinHuxley, got tuple"),
        (lambda: simulate_hodgkin_huxley([1.0], dt="0.1"), "dt must be a number, got str"),
        (lambda: hh_rest(None), "neuron must be a HodgkinHuxley, got NoneType"),
    ],
)
def test_a_wrong_type_is_named(call, sentence):
    with pytest.raises(TypeError, match=sentence):
        call()
