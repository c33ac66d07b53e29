"""The phase plane: its lines and its crossing against the equations, its path against the simulation."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from snnlab.neurons import AdEx, adex_rheobase, simulate_adex
from snnlab.neurons.experiments.phase_plane import DT, LATE, TURNING, phase_plane
from snnlab.neurons.models import adex

MEETING = TURNING._replace(a=0.0)
HELPED = TURNING._replace(a=0.003)  # R a = 0.3 is below τ_m/τ_w = 0.4


def slopes(v, w, i, p=TURNING):
    """dv/dt and dw/dt, as the textbook has them."""
    upswing = p.delta_th * np.exp((v - p.v_th) / p.delta_th)
    return (
        (-(v - p.v_rest) + upswing - p.r_m * w + p.r_m * i) / p.tau_m,
        (p.a * (v - p.v_rest) - w) / p.tau_w,
    )


@pytest.mark.equation("phase-nullclines")
@pytest.mark.parametrize("current", [0.0, 0.3, 0.6])
def test_on_each_line_one_of_the_two_stands_still(current):
    seen = phase_plane(current)
    for line, which in ((seen.v_line, 0), (seen.w_line, 1)):
        here = np.isfinite(line)
        assert here[:161].sum() > 90 and not here[161:].any()
        slope = slopes(seen.along[here], line[here], current)[which]
        np.testing.assert_allclose(slope, 0.0, rtol=0, atol=1e-12)
    np.testing.assert_allclose(seen.along[:161], np.linspace(-80.0, -40.0, 161), rtol=0, atol=1e-12)


@pytest.mark.parametrize("neuron", [TURNING, MEETING, HELPED])
@pytest.mark.parametrize("current", [-0.1, 0.0, 0.1])
def test_at_the_crossing_both_stand_still_and_left_of_it_none_does(neuron, current):
    seen = phase_plane(current, 0.0, neuron)
    rest = seen.rest
    both = slopes(rest, neuron.a * (rest - neuron.v_rest), current, neuron)
    np.testing.assert_allclose(both, 0.0, rtol=0, atol=1e-12)
    left = np.linspace(-120.0, rest - 0.01, 2001)
    assert (slopes(left, neuron.a * (left - neuron.v_rest), current, neuron)[0] > 0).all()


@pytest.mark.equation("phase-stability")
@pytest.mark.parametrize("neuron", [TURNING, MEETING, HELPED, TURNING._replace(tau_w=150.0)])
def test_a_rest_holds_while_the_matrix_of_slopes_draws_back(neuron):
    """Eigenvalues of the numerical Jacobian, on both sides of the onset; and the two ways to lose it."""
    onset = adex_rheobase(neuron)
    for current in (onset - 0.05, onset - 1e-3):
        seen = phase_plane(current, 0.0, neuron)
        at = np.array([seen.rest, neuron.a * (seen.rest - neuron.v_rest)])
        columns = [
            np.subtract(slopes(*(at + h), current, neuron), slopes(*(at - h), current, neuron)) / 2e-5
            for h in 1e-5 * np.eye(2)
        ]
        assert seen.holds == 1 and np.linalg.eigvals(np.array(columns).T).real.max() < 0
    steep = np.exp((phase_plane(onset - 1e-9, 0.0, neuron).rest - neuron.v_th) / neuron.delta_th)
    assert steep == pytest.approx(
        1 + min(neuron.r_m * neuron.a, neuron.tau_m / neuron.tau_w), rel=1e-3, abs=0
    )
    lost = phase_plane(onset + 1e-4, 0.0, neuron)
    turning = neuron.r_m * neuron.a > neuron.tau_m / neuron.tau_w
    assert (lost.holds, lost.turning, np.isfinite(lost.rest)) == (0, turning, turning)


def test_a_neuron_pushed_off_the_rest_that_does_not_hold_turns_away_from_it():
    """Between the onset and the parting of the lines: by SciPy, from a thousandth of a mV beside it."""
    current = 0.45
    seen = phase_plane(current)
    assert not seen.holds and np.isfinite(seen.rest)
    start = [seen.rest + 1e-3, TURNING.a * (seen.rest - TURNING.v_rest)]
    far = lambda _, y: y[0] + 45.0  # noqa: E731
    far.terminal = True
    path = solve_ivp(lambda _, y: slopes(*y, current), (0, 3000), start, max_step=1.0, events=far)
    away = path.y[0] - seen.rest
    assert path.status == 1  # it has left
    assert np.count_nonzero(np.diff(np.sign(away))) > 4 and np.abs(away).max() > 1000 * abs(away[0])


@pytest.mark.parametrize(
    ("current", "kick", "neuron"), [(0.42, 1.0, TURNING), (0.5, 0.0, TURNING), (0.2, 0.0, MEETING)]
)
def test_it_is_the_simulation_of_its_current(current, kick, neuron):
    seen = phase_plane(current, kick, neuron)
    i = np.full(seen.v.size, current)
    i[1000:1050] += kick
    start = adex.State(np.array([-65.0]), np.zeros(1))
    if seen.holds:
        start = adex.State(np.array([seen.rest]), np.array([neuron.a * (seen.rest - neuron.v_rest)]))
    run = simulate_adex(i, neuron, DT, start=start)
    np.testing.assert_array_equal(seen.v, run.v)
    np.testing.assert_array_equal(seen.times, run.spikes.times)
    assert seen.lasting == (run.spikes.times[-1] > LATE)
    assert seen.rate == pytest.approx(1000.0 / np.diff(run.spikes.times)[-1], rel=1e-12, abs=0)
    drawn = np.isfinite(seen.path)
    np.testing.assert_array_equal(seen.along[161:], run.v[4::5])
    np.testing.assert_array_equal(seen.path[drawn], run.w[4::5][drawn[161:]])
    of_a_spike = np.minimum(np.searchsorted(DT * np.arange(5, seen.v.size + 1, 5) + DT / 2, seen.times), 1199)
    assert not drawn[161:][of_a_spike].any() and not drawn[:161].any()


def test_a_neuron_that_turns_rests_or_fires_under_one_current_and_one_whose_lines_part_does_not():
    calm, kicked = phase_plane(0.42), phase_plane(0.42, 1.0)
    assert (calm.holds, calm.n, kicked.holds, kicked.lasting) == (1, 0, 1, 1)
    flat = [phase_plane(current, kick, MEETING) for current in (0.05, 0.1, 0.125) for kick in (0.0, 1.0, 2.0)]
    assert all(seen.holds and not seen.lasting for seen in flat) and max(seen.n for seen in flat) > 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"current": np.inf}, "current must be finite, got inf"),
        ({"current": 0.1, "kick": np.nan}, "kick must be finite, got nan"),
        ({"current": 0.1, "neuron": AdEx(a=-1.0)}, "neuron must have r_m times a above -1, got -33.3333"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        phase_plane(**wrong)
    assert str(failure.value) == sentence
