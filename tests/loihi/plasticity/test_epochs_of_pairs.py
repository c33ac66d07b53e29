"""Pairs through the learning engine: each number is that of `learn`, and in real numbers of `learn_real`."""

import itertools

import numpy as np
import pytest

from snnlab.loihi import EXCITATORY, Synapse, Trace, Traces, learn, learn_real
from snnlab.loihi.plasticity.epochs_of_pairs import EVERY, FIRST, epochs_of_pairs

CHIP, PAIRS = Synapse(sign_mode=EXCITATORY), 30


@pytest.mark.parametrize("t_epoch", [1, 4, 7, 16, 40, 63])
@pytest.mark.parametrize("delta_t", [-20, -3, 0, 1, 10, 20])
def test_the_epoch_is_that_of_the_engine(t_epoch, delta_t):
    pre, post = np.zeros((PAIRS * EVERY, 1), int), np.zeros((PAIRS * EVERY, 1), int)
    pre[FIRST::EVERY] = post[FIRST + delta_t :: EVERY] = 1
    trace, ended = Trace(64, 10), np.arange(1, len(pre) + 1) // t_epoch
    for up, down in itertools.product((-7, -4, -2), (-5, -2)):
        told = epochs_of_pairs(delta_t, t_epoch, up, down, trace, rng=np.random.default_rng(1))
        arguments = (pre, post, 100, f"dw = 2^{up}*x1*y0 - 2^{down}*x0*y1", Traces(x1=trace, y1=trace))
        run = learn(*arguments, t_epoch=t_epoch, synapse=CHIP, rng=np.random.default_rng(1))
        w = np.array([100, *run.w[:, 0, 0]])[ended]
        np.testing.assert_array_equal(told.w_pairs, w[EVERY - 1 :: EVERY])
        np.testing.assert_array_equal(told.w_first, w[:EVERY])
        full = EVERY // t_epoch * t_epoch
        np.testing.assert_array_equal(told.x[:full], run.x[:full, 0, 0])
        np.testing.assert_array_equal(told.y[:full], run.y[:full, 0, 0])
        np.testing.assert_array_equal(told.x_stored, run.x_register[:EVERY, 0, 0])
        epochs = (FIRST + max(delta_t, 0)) // t_epoch + 1  # up to the one in which the later spike lies
        first = run.terms[:epochs, :, 0, 0].sum(axis=0)
        assert (told.plus, told.minus) == tuple(first)
        assert (told.seen_x, told.seen_y) == (run.x[FIRST + delta_t, 0, 0], run.y[FIRST, 0, 0])
        assert (told.w_one, told.w_end) == (run.w[epochs - 1, 0, 0], w[-1])
        real = learn_real(*arguments, t_epoch=t_epoch).w[-1, 0, 0]
        if 0 < real < 255:
            assert told.w_real[-1] == pytest.approx(real)
        else:
            assert 0 <= told.w_real[-1] < 1 or 254 < told.w_real[-1] <= 255


def test_the_weight_before_rounding_is_the_sum_of_the_terms():
    told = epochs_of_pairs(10, 1, -7, -7, rng=np.random.default_rng(1))
    assert told.exact == 100 + (told.plus + told.minus) / 128
    assert told.sum_[0] == 100 and told.sum_[-1] == told.exact


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"delta_t": 21}, "delta_t must be from -20 to 20, got 21"),
        ({"t_epoch": 64}, "t_epoch must be at most 63, got 64"),
        ({"up": 9}, "up must be from -7 to 8, got 9"),
        ({"w": 256}, "w must be from 0 to 255, got 256"),
        ({"pairs": 0}, "pairs must be from 1 to 100000, got 0"),
        ({"trace": Trace(0.5, 10)}, "the impulse of the trace must be whole, from 0 to 127, got 0.5"),
        ({"trace": Trace(64, 0.5)}, "the tau of the trace must be at least 1, got 0.5"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        epochs_of_pairs(**({"delta_t": 10, "rng": np.random.default_rng(1)} | wrong))
    assert str(failure.value) == sentence
