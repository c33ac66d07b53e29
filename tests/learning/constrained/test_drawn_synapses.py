"""The probability that a whole sum is above 0: exactly, by the normal distribution, and by throwing dice."""

import itertools
import math

import numpy as np
import pytest

from snnlab.learning.constrained.drawn_synapses import firing_probability, normal_share, sum_law


def test_the_series_is_the_error_function():
    u = np.linspace(-8.0, 8.0, 1601)
    expected = [0.5 * math.erfc(-v / math.sqrt(2.0)) for v in u]
    np.testing.assert_allclose(normal_share(u), expected, rtol=0, atol=1e-15)
    assert normal_share(np.array([-50.0, 50.0])).tolist() == [0.0, 1.0]


@pytest.mark.equation("drawn-sum")
@pytest.mark.parametrize("bias", [0.0, -1.0, 0.3, -2.75])
def test_the_law_is_that_of_all_cases(bias):
    rng = np.random.default_rng(1)
    q, s = rng.random(7), rng.choice([-2, -1, 1, 2, 0], 7)
    found: dict[int, float] = {}
    up = bias - math.floor(bias)
    for there in itertools.product([0, 1], repeat=8):
        p = np.prod(np.where(there[:7], q, 1 - q)) * (up if there[7] else 1 - up)
        total = int(np.dot(there[:7], s)) + math.floor(bias) + there[7]
        found[total] = found.get(total, 0.0) + p
    sums, p = sum_law(q, s, bias)
    np.testing.assert_allclose(p, [found.get(int(k), 0.0) for k in sums], atol=1e-15)
    assert p.sum() == pytest.approx(1.0)
    mean, variance = p @ sums, p @ sums**2 - (p @ sums) ** 2
    assert mean == pytest.approx(q @ s + bias)
    assert variance == pytest.approx((s**2 * q * (1 - q)).sum() + up * (1 - up))


def neurons():
    """Forty neurons with variances from 4 on, of whole sums."""
    rng = np.random.default_rng(2)
    while True:
        n = int(rng.integers(20, 129))
        q, s = rng.random() * rng.random(n), rng.choice([-1, 1], n)
        mean, variance = q @ s, (q * (1 - q)).sum()
        bias = float(np.round(-mean + rng.normal(0.0, 2.0 * math.sqrt(variance))))
        if variance >= 4.0:
            yield q, s, bias, mean + bias, variance


@pytest.mark.equation("firing-probability")
def test_the_normal_distribution_is_within_four_hundredths_of_the_dice():
    rng, off, without = np.random.default_rng(3), [], []
    for q, s, bias, mean, variance in itertools.islice(neurons(), 40):
        drawn = (rng.random((20_000, q.size)) < q) @ s + bias
        fired = np.mean(drawn > 0)
        sums, p = sum_law(q, s, bias)
        exact = p[sums > 0].sum()
        assert fired == pytest.approx(exact, abs=5 * math.sqrt(0.25 / 20_000))
        off.append(abs(firing_probability(mean, variance) - fired))
        without.append(abs(normal_share(np.array(mean / math.sqrt(variance))) - exact))
    assert max(off) <= 0.04
    assert max(without) > 0.08  # the control: cut at 0 and not half way


def test_from_zero_on_the_half_has_the_other_sign():
    for q, s, bias, mean, variance in itertools.islice(neurons(), 20):
        sums, p = sum_law(q, s, bias)
        root = math.sqrt(variance)
        assert normal_share(np.array((mean + 0.5) / root)) == pytest.approx(p[sums >= 0].sum(), abs=0.04)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: firing_probability(1.0, 0.0), "variance must be positive, got 0"),
        (lambda: sum_law([1.5], [1]), "chances must be from 0 to 1, got 1.5"),
        (
            lambda: sum_law([0.5], [1.0]),
            "strengths must be 1 whole numbers, one a chance, got (1,) of float64",
        ),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value) == sentence
