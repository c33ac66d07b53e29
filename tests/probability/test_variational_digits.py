import numpy as np
import pytest

from snnlab.probability.variational_digits import firing_digits, learn_two_digits
from snnlab.repeats import spread


@pytest.mark.parametrize("n_hidden", [0, 4])
def test_ones_and_sevens_are_told_apart_with_and_without_hidden_neurons(n_hidden):
    found = [learn_two_digits(n_hidden, rng=np.random.default_rng(seed)) for seed in range(10)]
    right = np.array([one.right for one in found])
    print(f"{n_hidden} hidden: {spread(100 * right):.1f} %")
    assert right.mean() >= 0.93
    assert all(one.log_p[-100:].mean() > one.log_p[:100].mean() for one in found)


def test_one_digit_is_not_two():
    with pytest.raises(ValueError, match="digits must be two different ones from 0 to 9, got 7 and 7"):
        learn_two_digits(0, digits=(7, 7), rng=np.random.default_rng(1))


def test_pixels_fire_with_half_their_brightness():
    rng = np.random.default_rng(1)
    spikes = firing_digits(np.array([[[0.0, 1.0], [0.5, 0.2]]]), 20_000, rng=rng)
    assert spikes.shape == (1, 20_000, 4)
    assert spikes[0].mean(axis=0) == pytest.approx(np.array([0.0, 0.5, 0.25, 0.1]), abs=4 * 0.5 / 20_000**0.5)
