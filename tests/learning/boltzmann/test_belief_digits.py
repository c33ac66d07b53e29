"""What chapter 13 says of its table of belief networks, seed by seed."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table

TABLE = load_table("belief_digits")


def of(kind, name):
    return TABLE[name][TABLE["kind"] == kind]


def lost(kind, after="at_1000"):
    """Points that spikes lose against the rates of the same network, on the same images."""
    return 100 * (of(kind, "same") - of(kind, after))


def error(x):
    return x.std(ddof=1) / np.sqrt(x.size)


def test_by_rates_nine_of_ten_images_are_named():
    assert of("siegert", "rates").size == 10 and of("siegert", "rates").mean() >= 0.9


def test_spikes_are_within_two_points_of_the_rates(reproduces):
    """On average over ten seeds, and with its error; after a twentieth of the time they are not."""
    points = lost("siegert")
    assert points.mean() + 2 * error(points) < 2 and abs(points.mean()) < 2
    assert lost("siegert", "at_50").mean() > 2
    verdict = "reached" if points.mean() < 1 else "not reached"
    reproduces("spiking-belief", f"{spread(points):.1f} points", verdict)


def test_of_images_twice_as_bright_fewer_are_named_by_spikes():
    fewer = of("siegert", "at_1000") - of("bright", "at_1000")
    assert fewer.mean() > 2 * error(fewer)


@pytest.mark.parametrize("kind", ["siegert", "bright"])
def test_neurons_miss_the_formula_by_their_jumps_and_less_by_how_regularly_they_are_spoken_to(kind):
    """With Poisson processes for the first layer most of what the second layer misses is still there."""
    assert (of(kind, "poisson_2") > 0.6 * of(kind, "off_2")).all()


def test_weights_in_random_order_name_as_many():
    gain = of("siegert", "rates") - of("shuffled", "rates")
    assert gain.mean() < 2 * error(gain)


def test_weights_of_another_curve_leave_the_neurons_silent():
    """Learnt with logistic units, which name most images themselves."""
    assert of("logistic", "rates").mean() > 0.85
    assert of("logistic", "fired").max() < 5 and (of("logistic", "at_1000") < 0.2).all()
