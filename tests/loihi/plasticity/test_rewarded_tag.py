"""A tag and a reward: each number is that of `learn` under `REWARD_RULES`, and of `learn_real`."""

import numpy as np
import pytest

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
from snnlab.loihi.plasticity.epochs_of_pairs import FIRST
from snnlab.loihi.plasticity.rewarded_tag import STEPS, rewarded_tag

CHIP = Synapse(sign_mode=EXCITATORY)


@pytest.mark.parametrize("delta_t", [-7, 0, 5])
@pytest.mark.parametrize("leak", [2, 4, 7])
def test_tag_and_weight_are_those_of_the_engine(delta_t, leak):
    pre, post = np.zeros((STEPS, 1), int), np.zeros((STEPS, 1), int)
    pre[FIRST] = post[FIRST + delta_t] = 1
    rules = [REWARD_RULES[0].replace("2^-4*u0", f"2^-{leak}*u0"), REWARD_RULES[1]]
    trace = Trace(64, 10)
    for wait, size in ((1, 127), (30, 100), (100, -127)):
        reward = np.zeros(STEPS, int)
        reward[FIRST + max(delta_t, 0) + wait] = size
        told = rewarded_tag(delta_t, wait, size, leak, trace, rng=np.random.default_rng(1))
        arguments = (pre, post, 100, rules, Traces(x1=trace, y1=trace))
        run = learn(*arguments, reward=reward, synapse=CHIP, rng=np.random.default_rng(1))
        np.testing.assert_array_equal(told.tag, run.tag[:, 0, 0])
        np.testing.assert_array_equal(told.weight, run.w[:, 0, 0])
        assert told.change == run.w[-1, 0, 0] - 100
        real = learn_real(*arguments, reward=reward)
        np.testing.assert_allclose(told.tag_real, real.tag[:, 0, 0], atol=1e-9)
        scaled = 100 + (real.w[-1, 0, 0] - 100) / 2 ** term_shift(parse_rule(rules[1]).terms[0])
        assert told.weight_real[-1] == pytest.approx(min(max(scaled, 0), 255))
        before = int(told.reward_time[0]) - 2  # the reward meets the tag of the step before
        assert (told.seen, told.seen_real) == (told.tag[before], told.tag_real[before])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"delta_t": -21}, "delta_t must be from -20 to 20, got -21"),
        ({"wait": 0}, "wait must be from 1 to 100, got 0"),
        ({"reward": 128}, "reward must be from -127 to 127, got 128"),
        ({"leak": 8}, "leak must be from 0 to 7, got 8"),
    ],
)
def test_bad_input_names_argument_rule_and_value(wrong, sentence):
    with pytest.raises(ValueError) as failure:
        rewarded_tag(**({"delta_t": 5, "wait": 30, "reward": 1, "rng": np.random.default_rng(1)} | wrong))
    assert str(failure.value) == sentence
