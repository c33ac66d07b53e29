"""A recipe draws the synapses that its formula says, one by one."""

import numpy as np
import pytest

from snnlab.networks import Network, Population, TruncatedNormal, fixed_total
from snnlab.networks.cells.short_term import TsodyksMarkram
from snnlab.networks.cells.synapses import DeltaJumps
from snnlab.networks.wiring.recipe import Recipe, undrawn
from snnlab.random import normal, uniform_pair

W, DELAY = TruncatedNormal(-0.3, 0.1, -0.5, -0.1), TruncatedNormal(1.5, 0.75, 0.05, 3.0, grid=0.1)
SEED = np.uint64(7)


def word_by_word(n, n_pre, n_post):
    """The formula, number by number, and what falls outside drawn again."""
    for s in map(np.uint64, range(n)):
        a, b = uniform_pair(SEED, np.uint64(0), s)
        found = []
        for stream, (mean, sd, low, high, _) in ((1, W), (2, DELAY)):
            tries = (mean + sd * normal(SEED, np.uint64(stream + 2 * k), s) for k in range(100))
            found.append(next(x for x in tries if low <= x <= high))
        yield int(a * n_pre), int(b * n_post), np.float32(found[0]), 0.1 * max(np.rint(found[1] / 0.1), 1.0)


def test_each_synapse_is_that_of_the_formula():
    lines = undrawn(Recipe(400, W, DELAY), 31, 17, SEED).drawn()
    pre, post, w, delay = zip(*word_by_word(400, 31, 17), strict=True)
    assert lines.pre.tolist() == list(pre) and lines.post.tolist() == list(post)
    assert lines.w == pytest.approx(np.array(w), rel=1e-6, abs=0)  # compilers differ in the last digit
    assert lines.delay == pytest.approx(np.array(delay), rel=1e-12, abs=0)


def test_ends_are_those_of_a_fixed_total():
    rule = fixed_total(2000, autapses=True)(40, 30, SEED)
    lines = undrawn(Recipe(2000, W, DELAY), 40, 30, SEED).drawn()
    assert (lines.pre == rule.pre).all() and (lines.post == rule.post).all()


def test_weights_and_delays_have_the_moments_of_what_they_are_drawn_from():
    """Against NumPy's numbers from the same distributions; five standard errors of their difference."""
    n, rng = 40_000, np.random.default_rng(1)
    lines = undrawn(Recipe(n, W, DELAY), 100, 100, SEED).drawn()
    for found, distribution in ((lines.w, W), (lines.delay, DELAY)):
        other = distribution.draw(n, rng)
        error = 5.0 * np.sqrt(2.0 / n) * other.std()
        assert found.mean() == pytest.approx(other.mean(), abs=error)
        assert found.std() == pytest.approx(other.std(), abs=error)
        assert found.min() >= distribution.low - 1e-7 and found.max() <= distribution.high + 1e-7
    assert abs(np.corrcoef(lines.w, lines.delay)[0, 1]) < 5.0 / np.sqrt(n)


def test_no_synapses_are_none():
    assert undrawn(Recipe(0, W, DELAY), 3, 3, SEED).drawn().pre.size == 0


@pytest.mark.parametrize(
    ("recipe", "options", "message"),
    [
        (Recipe(10, W, DELAY), {"w": 0.1}, "w and delay must be left out for a recipe"),
        (Recipe(10, W, DELAY), {"short_term": TsodyksMarkram()}, "short_term must be left out for a recipe"),
        (Recipe(-1, W, DELAY), {}, "n must be"),
        (Recipe(10, W, DELAY._replace(grid=0.0)), {}, r"delay\.grid must be a multiple of dt"),
        (Recipe(10, W, DELAY._replace(grid=0.25)), {}, "delay must be a multiple of dt"),
        (Recipe(10, W, DELAY._replace(low=-1.0)), {}, "delay must be zero or positive"),
        (Recipe(10, W._replace(low=-1e300), DELAY), {}, "w must be within the range of float32"),
        (Recipe(10, W._replace(high=-1.0), DELAY), {}, "high must be at least low"),
    ],
)
def test_what_is_no_recipe_is_named(recipe, options, message):
    net = Network(cells=Population(5), rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match=message):
        net.connect("cells", "cells", recipe, **options)


def test_jumps_need_a_step():
    net = Network(cells=Population(5, synapses=DeltaJumps()), rng=np.random.default_rng(1))
    with pytest.raises(ValueError, match="delay must be at least dt"):
        net.connect("cells", "cells", Recipe(10, W, DELAY._replace(low=0.0)))


def test_chance_needs_a_generator():
    with pytest.raises(ValueError, match="rng must be given for a recipe"):
        Network(cells=Population(5)).connect("cells", "cells", Recipe(10, W, DELAY))
