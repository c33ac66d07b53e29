"""Three values with hysteresis, and the nearest cut against all others."""

import itertools

import numpy as np
import pytest

from snnlab.learning.constrained.ternary import cut_to_ternary, ternary_weights


@pytest.mark.equation("ternary-hysteresis")
def test_a_weight_holds_on_within_its_zone():
    w = np.array([0.0, 0.39, 0.41, 0.59, 0.61, 1.0])
    zeros, ones = np.zeros(6), np.ones(6)
    assert ternary_weights(w, zeros, 0.1).tolist() == [0, 0, 0, 0, 1, 1]
    assert ternary_weights(w, ones, 0.1).tolist() == [0, 0, 1, 1, 1, 1]
    assert ternary_weights(-w, -ones, 0.1).tolist() == [0, 0, -1, -1, -1, -1]
    assert ternary_weights([-1.0, 1.0], [1.0, -1.0], 0.1).tolist() == [-1, 1]  # from end to end
    assert ternary_weights(w, zeros, 0.0).tolist() == ternary_weights(w, ones, 0.0).tolist()


def test_a_walk_about_a_half_flips_less_with_hysteresis():
    walk = 0.5 + 0.05 * np.sin(np.arange(100))

    def flips(hysteresis):
        used, changed = np.zeros(1), 0
        for w in walk:
            now = ternary_weights([w], used, hysteresis)
            changed += int((now != used).any())
            used = now
        return changed

    assert flips(0.0) > 25 and flips(0.1) == 0


def test_following_twice_changes_nothing():
    rng = np.random.default_rng(1)
    w, before = rng.uniform(-1, 1, 500), rng.integers(-1, 2, 500).astype(float)
    once = ternary_weights(w, before, 0.15)
    np.testing.assert_array_equal(ternary_weights(w, once, 0.15), once)


def test_the_cut_is_the_nearest_of_all():
    rng = np.random.default_rng(2)
    for n in range(1, 7):
        w = rng.normal(size=n)
        best = min(
            np.square(w - (t @ w) / (t @ t) * t).sum()
            for t in map(np.array, itertools.product([-1.0, 0.0, 1.0], repeat=n))
            if t.any()
        )
        cut = cut_to_ternary(w[None])
        assert np.square(w - cut.scale * cut.weights[0]).sum() == pytest.approx(best, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: ternary_weights([2.0], [0.0]), "w must be from -1 to 1, got 2"),
        (lambda: ternary_weights([0.0], [0.5]), "before must be -1, 0 or 1 each, got others"),
        (lambda: ternary_weights([0.0], [0.0, 0.0]), "before must have the shape of w, (1,), got (2,)"),
        (lambda: cut_to_ternary([[0.0]]), "w must have a weight that is not 0, got none"),
    ],
)
def test_bad_input_names_argument_rule_and_value(call, sentence):
    with pytest.raises(ValueError) as failure:
        call()
    assert str(failure.value) == sentence
