"""A count towards an activation: the neuron is the library's, the scale is NumPy's percentile."""

import numpy as np
import pytest

from snnlab.learning.conversion.rate_counts import random_activations, rate_counts
from snnlab.learning.conversion.rate_neuron import RateNeuron, simulate_rate_neuron

SEEN = random_activations(rng=np.random.default_rng(13))


@pytest.mark.parametrize("percentile", [0.0, 37.3, 99.9, 100.0])
@pytest.mark.parametrize("subtract", [True, False])
def test_the_neuron_is_the_library_s(percentile, subtract):
    seen = rate_counts(1.3, 70, SEEN, percentile, subtract)
    assert seen.scale == pytest.approx(np.percentile(SEEN, percentile), rel=1e-12, abs=0)
    run = simulate_rate_neuron(np.full(200, 1.3 / seen.scale), RateNeuron(subtract=subtract))
    assert seen.v.tolist() == run.v[:60].tolist()
    assert seen.times.tolist() == (np.flatnonzero(run.s[:60]) + 1).tolist()
    assert seen.n == run.s[:70].sum() and seen.estimate == seen.scale * seen.n / 70
    np.testing.assert_allclose(seen.counted, seen.scale * np.cumsum(run.s) / seen.lengths, rtol=1e-12)


def test_one_spike_is_the_bound_below_the_scale_and_not_above():
    for a in np.linspace(0.013, 2.9, 40):
        seen = rate_counts(a, 37, SEEN, 98.0)
        if a < seen.scale:
            assert seen.error <= seen.bound + 1e-9
        else:
            assert seen.estimate == pytest.approx(seen.scale)  # a spike in every step, and cut off


def test_a_small_scale_is_finer_and_cuts_off():
    coarse, fine = (rate_counts(0.5, 50, SEEN, p) for p in (100.0, 95.0))
    assert fine.bound < coarse.bound
    inside, cut = coarse.activations < fine.scale, coarse.activations > 1.2 * fine.scale
    errors = [np.abs(seen.told - seen.itself) for seen in (coarse, fine)]
    assert errors[1][inside].mean() < errors[0][inside].mean()
    assert errors[1][cut].min() > 0.1 and fine.told.max() == pytest.approx(fine.scale)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"a": -1.0}, "a must be zero or positive, and finite, got -1"),
        ({"steps": 201}, "steps must be at most 200, got 201"),
        ({"activations": []}, "activations must be positive, at least one, got none"),
        ({"activations": [0.0, 1.0]}, "activations must be positive, at least one, got 0"),
        ({"percentile": 101}, "percentile must be at most 100, got 101"),
    ],
)
def test_bad_input_names_argument_rule_and_value(change, sentence):
    with pytest.raises(ValueError, match=sentence):
        rate_counts(**{"a": 0.5, "steps": 10, "activations": [1.0], **change})
