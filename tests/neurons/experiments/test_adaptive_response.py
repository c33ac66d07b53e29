"""Waits of a model against those of a cell."""

import numpy as np
import pytest

from snnlab import Spikes
from snnlab.neurons import AdaptiveLIF, simulate_adaptive_lif_exact, step_response

TRUE = AdaptiveLIF(v_th=-52.0, v_reset=-60.0, beta=3.0, tau_a=120.0)
CURRENT = np.array([0.2, 0.3, 0.5])


def train(*times, duration=500.0):
    return Spikes(times, duration=duration)


def test_a_model_answers_its_own_spikes_without_error():
    """From rest, and out of a negative current; the exact simulation is the cell."""
    spikes = simulate_adaptive_lif_exact(CURRENT[None], TRUE, dt=500.0)
    response = step_response(CURRENT, spikes, TRUE)
    assert response.interval_errors == pytest.approx(np.zeros(3), abs=1e-12)
    assert response.latency_errors == pytest.approx(np.zeros(3), abs=1e-12)
    assert response.counts.tolist() == [t.size for t in spikes]

    pieces = np.repeat([[-0.1], [0.4]], 3, axis=1) + np.array([0.0, 0.1, 0.2]) * [[0.0], [1.0]]
    after = simulate_adaptive_lif_exact(np.repeat(pieces, 100, axis=0), TRUE, dt=10.0)
    late = [times - 1000.0 for times in after]
    cell = Spikes(
        np.concatenate(late), np.repeat(range(3), [t.size for t in late]), n_units=3, duration=1000.0
    )
    response = step_response(pieces[1], cell, TRUE, before=-0.1)
    assert response.latency_errors == pytest.approx(np.zeros(3), abs=1e-9)
    assert response.interval_errors == pytest.approx(np.zeros(3), abs=1e-9)
    assert (
        response.waits[0] > step_response(pieces[1], cell, TRUE).waits[0] + 1.0
    ).all()  # from rest: sooner


@pytest.mark.equation("log-interval-error")
def test_the_error_is_the_mean_of_the_logarithms():
    """A neuron without adaptation has one interval; every number of the report by hand."""
    plain = AdaptiveLIF(beta=0.0)
    interval = plain.t_ref + plain.tau_m * np.log(2.0)  # 0.3 nA: half of the way
    latency = interval - plain.t_ref
    response = step_response([0.3], train(10.0, 30.0, 90.0), plain)
    assert response.waits == pytest.approx([latency, interval, interval], rel=1e-12, abs=0)
    assert response.latency_errors[0] == pytest.approx(np.log(latency / 10.0))
    by_hand = (abs(np.log(interval / 20.0)) + abs(np.log(interval / 60.0))) / 2
    assert response.interval_error == pytest.approx(by_hand, rel=1e-12, abs=0)
    assert response.counts[0] == np.floor((500.0 - latency) / interval) + 1


def test_a_model_that_fires_less_has_its_current_left_on():
    """So every wait of the cell is compared, and silence gains nothing."""
    cell = train(*np.arange(40.0, 500.0, 40.0))
    response = step_response([0.2], cell, AdaptiveLIF(v_th=-46.0, beta=0.0))
    slow = 2.0 + 20.0 * np.log(20.0 / 1.0)
    assert response.counts[0] == 8 and response.waits.size == 12
    assert response.waits[1:] == pytest.approx(slow, rel=1e-9, abs=0)
    silent = step_response([0.1], cell, AdaptiveLIF(beta=0.0))
    assert silent.counts[0] == 0 and np.all(silent.waits == 5000.0)  # ten lengths of the step
    assert silent.interval_error == pytest.approx(np.log(5000.0 / 40.0), rel=1e-9, abs=0)


def test_a_step_without_intervals_has_no_error():
    cell = Spikes([20.0, 30.0, 60.0], [1, 2, 2], n_units=3, duration=100.0)
    response = step_response([0.0, 0.3, 0.3], cell, AdaptiveLIF())
    assert np.isnan(response.interval_errors).tolist() == [True, True, False]
    assert np.isnan(response.latency_errors).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("call", "kind", "sentence"),
    [
        (
            lambda: step_response([0.1, 0.2], train(5.0), TRUE),
            ValueError,
            "one unit for each of 2 steps, got 1",
        ),
        (lambda: step_response([0.1], [5.0], TRUE), TypeError, "spikes must be Spikes, got list"),
        (lambda: step_response([0.1], train(5.0, 5.0), TRUE), ValueError, "at different times within a step"),
        (
            lambda: step_response([0.1], train(5.0), TRUE, before=[0.0, 0.0]),
            ValueError,
            r"before must be one number or one for each step, got shape \(2,\)",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, kind, sentence):
    with pytest.raises(kind, match=sentence):
        call()


def test_a_reset_above_the_threshold_without_its_jump_is_no_endless_work():
    """A fit finds such neurons: the threshold has jumped when the potential is reset."""
    neuron = AdaptiveLIF(v_reset=-46.0, v_th=-54.0, t_ref=17.0, beta=10.0, tau_a=180.0)
    response = step_response([0.3, 0.1], Spikes([20.0, 60.0, 110.0], duration=500, n_units=2), neuron)
    assert np.isfinite(response.waits).all()
