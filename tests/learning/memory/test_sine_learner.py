"""Weights in hundredths: they come back as they were, by the neuron that fires, or are refused."""

import numpy as np
import pytest

from snnlab.learning.memory.function_learner import function_learner
from snnlab.learning.memory.sine_learner import as_hundredths, as_network, kept_hundredths, sine_learner


def small():
    return function_learner(n=4, rng=np.random.default_rng(1))


def test_what_is_kept_comes_back():
    for name, weights in as_hundredths(sine_learner())._asdict().items():
        np.testing.assert_array_equal(weights, getattr(kept_hundredths(), name), name)
    assert (np.diff(sine_learner().recurrent.pre) >= 0).all()


def test_the_order_of_synapses_does_not_matter():
    network = small()
    lines, order = network.recurrent, np.random.default_rng(2).permutation(12)
    mixed = lines._replace(
        pre=lines.pre[order], post=lines.post[order], w=lines.w[order], delay=lines.delay[order]
    )
    again = as_network(as_hundredths(network._replace(recurrent=mixed))).recurrent
    found, wanted = np.zeros((2, 4, 4))
    found[again.post, again.pre], wanted[lines.post, lines.pre] = again.w, lines.w
    np.testing.assert_allclose(found, wanted, rtol=0, atol=0.005 + 1e-12)


def test_weights_that_do_not_fit_are_refused():
    network = small()
    large = network._replace(w_out=np.full((1, 4), -327.68))
    with pytest.raises(ValueError, match=r"weights must be at most 327\.67 in size, got 327\.68"):
        as_hundredths(large)
    assert as_hundredths(network._replace(w_out=np.full((1, 4), -327.67))).w_out.min() == -32767
