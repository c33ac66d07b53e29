"""The panels of Loihi's learning engine against the package, number by number."""

import itertools

import numpy as np
import pytest
from snnlab_widgets import learning_epoch_panel, registers_panel, rewarded_tag_panel
from snnlab_widgets.views import Trace as TraceView
from snnlab_widgets.views.shapes import Text

from snnlab.loihi import (
    EXCITATORY,
    REWARD_RULES,
    Synapse,
    Trace,
    Traces,
    learn,
    learn_real,
    parse_rule,
    term_shift,
)

TRACES = Traces(x1=Trace(64, 10), y1=Trace(64, 10))
EXCITATORY_SYNAPSE = Synapse(sign_mode=EXCITATORY)


def trains(steps, every, delta_t):
    pre, post = np.zeros((steps, 1), int), np.zeros((steps, 1), int)
    pre[24::every] = post[24 + delta_t :: every] = 1
    return pre, post


@pytest.mark.parametrize("t_epoch", [1, 4, 7, 16])
@pytest.mark.parametrize("delta_t", [-20, -3, 0, 1, 10])
def test_the_epoch_is_that_of_the_engine(t_epoch, delta_t):
    pre, post = trains(30 * 64, 64, delta_t)
    for up, down in itertools.product((-7, -4, -2), (-5, -2)):
        result = learning_epoch_panel(
            engine="kernel", delta_t=delta_t, t_epoch=t_epoch, up=up, down=down
        ).result
        rule = f"dw = 2^{up}*x1*y0 - 2^{down}*x0*y1"
        arguments = (pre, post, 100, rule, TRACES)
        run = learn(*arguments, t_epoch=t_epoch, synapse=EXCITATORY_SYNAPSE, rng=np.random.default_rng(1))
        ended = np.arange(1, len(pre) + 1) // t_epoch
        w = np.array([100, *run.w[:, 0, 0]])[ended]
        np.testing.assert_array_equal(result.w_pairs, w[63::64])
        np.testing.assert_array_equal(result.w_first, w[:64])
        full = 64 // t_epoch * t_epoch
        np.testing.assert_array_equal(result.x[:full], run.x[:full, 0, 0])
        np.testing.assert_array_equal(result.y[:full], run.y[:full, 0, 0])
        np.testing.assert_array_equal(result.x_stored, run.x_register[:64, 0, 0])
        first = run.terms[: 64 // t_epoch, :, 0, 0].sum(axis=0)
        assert (result.plus, result.minus) == tuple(first)
        assert result.seen_x == run.x[24 + delta_t, 0, 0] and result.seen_y == run.y[24, 0, 0]
        assert result.w_one == w[63] and result.w_end == w[-1]
        real = learn_real(*arguments, t_epoch=t_epoch).w[-1, 0, 0]
        if 0 < real < 255:
            assert result.w_real[-1] == pytest.approx(real)
        else:
            assert 0 <= result.w_real[-1] < 1 or 254 < result.w_real[-1] <= 255


@pytest.mark.parametrize("delta_t", [-7, 0, 5])
@pytest.mark.parametrize("leak", [2, 4, 7])
def test_the_tag_and_the_reward_are_those_of_the_engine(delta_t, leak):
    pre, post = trains(160, 1000, delta_t)
    rules = [REWARD_RULES[0].replace("2^-4*u0", f"2^-{leak}*u0"), REWARD_RULES[1]]
    for wait, size in ((1, 127), (30, 100), (100, -127)):
        reward = np.zeros(160, int)
        reward[24 + max(delta_t, 0) + wait] = size
        result = rewarded_tag_panel(
            engine="kernel", delta_t=delta_t, leak=leak, wait=wait, reward=size
        ).result
        run = learn(
            pre,
            post,
            100,
            rules,
            TRACES,
            reward=reward,
            synapse=EXCITATORY_SYNAPSE,
            rng=np.random.default_rng(1),
        )
        np.testing.assert_array_equal(result.tag, run.tag[:, 0, 0])
        np.testing.assert_array_equal(result.weight, run.w[:, 0, 0])
        assert result.change == run.w[-1, 0, 0] - 100
        real = learn_real(pre, post, 100, rules, TRACES, reward=reward)
        np.testing.assert_allclose(result.tag_real, real.tag[:, 0, 0], atol=1e-9)
        scaled = 100 + (real.w[-1, 0, 0] - 100) / 2 ** term_shift(parse_rule(rules[1]).terms[0])
        assert result.weight_real[-1] == pytest.approx(min(max(scaled, 0), 255))


@pytest.mark.parametrize("make", [registers_panel, learning_epoch_panel, rewarded_tag_panel])
def test_a_chip_counts_in_steps(make):
    panel = make(engine="kernel")
    controls = {control.name: control for control in panel.controls}
    views = [view for view in panel.views if isinstance(view, TraceView)]
    assert views
    for view in views:
        shapes = view.shapes(panel.result._asdict(), panel.values, controls)
        words = [shape.text for shape in shapes if isinstance(shape, Text)]
        assert "time (steps)" in words and "time (ms)" not in words
