"""The numbers of part 8 are those that the package finds: its fit, its rescaled time, its channel."""

import numpy as np
import pytest
from classroom.forms import one_of

from snnlab.course.classroom.parts import visible
from snnlab.probability import design_matrix, fit_glm, log_likelihood, rescale_time, rescale_time_naively
from snnlab.probability.information_channel import channel_information, word_information
from snnlab.spikes import Spikes

SEEDS = [1, 2, 3]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_weight_and_its_error_are_those_of_the_fit(seed):
    exercise = one_of("part8", "weighed, form 0")
    variant = exercise.draw(seed)
    own = visible(variant)
    counts = [own[name] for name in ("silent", "fired", "heard_silent", "heard_fired")]
    fit = fit_glm(np.repeat([0.0, 0.0, 1.0, 1.0], counts)[:, None], np.repeat([0, 1, 0, 1], counts))
    found = [fit.weights[0], fit.standard_errors[1]]
    np.testing.assert_allclose(exercise.expected(variant), found, rtol=1e-8)


class Drawn(np.random.Generator):
    """Draws the same number again and again."""

    def __init__(self, value):
        super().__init__(np.random.PCG64(0))
        self.value = value

    def random(self, size):
        return np.full(size, self.value)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_interval_is_that_of_rescaled_time(seed):
    exercise = one_of("part8", "rescaled")
    variant = exercise.draw(seed)
    own = visible(variant)
    p = np.array([0.5, *own["p"], 0.5])  # a spike before, and one more, as a test asks for three
    y, u = np.zeros(p.size), np.log(p / (1 - p))
    y[[0, -2, -1]] = 1
    found = [rescale_time(u, y, rng=Drawn(own["r"])).z[0], rescale_time_naively(u, y).z[0]]
    np.testing.assert_allclose(exercise.expected(variant), found, rtol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_drive_tells_as_many_bits(seed):
    exercise = one_of("part8", "channel")
    variant = exercise.draw(seed)
    u, two = exercise.expected(variant)
    assert channel_information([-u, u]) == pytest.approx(visible(variant)["bits"])
    assert word_information([[-u, -u], [u, u]]) == pytest.approx(two)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_train_is_as_probable_as_the_package_says(seed):
    exercise = one_of("part8", "train")
    variant = exercise.draw(seed)
    own, task = visible(variant), exercise.build(variant)
    for (y,) in exercise.cases(variant):
        spikes = Spikes(np.flatnonzero(y) + 0.5, duration=float(len(y)))
        design = design_matrix(spikes, 1.0, self_basis=np.eye(3))
        np.testing.assert_array_equal(design.y, y)
        value = log_likelihood(own["gamma"] + design.x @ own["own"], y)
        assert task.solution(y) == pytest.approx(value, rel=1e-10, abs=0)
