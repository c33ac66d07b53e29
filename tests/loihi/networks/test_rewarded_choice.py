"""A choice is learned from rewards, and from nothing else."""

import numpy as np
import pytest

from snnlab.loihi import learn
from snnlab.loihi.fixed_point import EXCITATORY
from snnlab.loihi.networks.rewarded_choice import CHOICE_RULES, GROUP, START, choosing_chip, learn_choice
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.loihi.plasticity.learning_setup import parsed_rules

RNG = np.random.default_rng
SEEDS, TRIALS = range(11, 21), 240  # tuned on 101 and 102


@pytest.fixture(scope="module")
def runs():
    """Of each seed: with rewards, and with the same rewards in another order."""
    out = []
    for seed in SEEDS:
        earned = learn_choice(TRIALS, rng=RNG(seed))
        shuffled = learn_choice(TRIALS, given=RNG(1000 + seed).permutation(earned.reward), rng=RNG(seed))
        out.append((earned, shuffled))
    return out


def test_nine_of_ten_are_right_in_the_end_in_eight_of_ten_seeds(runs):
    """In the last 100 trials; in the first eight, each with another stimulus, nothing can be known."""
    last = np.array([earned.right[-100:].mean() for earned, _ in runs])
    assert (last >= 0.9).sum() >= 8
    first = np.concatenate([earned.right[:8] for earned, _ in runs])
    assert abs(first.mean() - 0.5) < 3 * 0.5 / np.sqrt(first.size)


def test_with_shuffled_rewards_it_is_chance(runs):
    """As many rewards, not after what they were for; what a seed comes to like is no more often right."""
    last = np.array([shuffled.right[-100:].mean() for _, shuffled in runs])
    assert abs(last.mean() - 0.5) < 3 * last.std(ddof=1) / np.sqrt(last.size)
    earned = np.array([earned.right[-100:].mean() for earned, _ in runs])
    assert (earned > last).all()


def test_without_a_reward_no_weight_moves_and_all_is_tried():
    nothing = learn_choice(TRIALS, given=np.zeros(TRIALS), rng=RNG(11))
    assert (nothing.w == START).all()
    assert np.bincount(nothing.choice[nothing.choice >= 0], minlength=2).min() > 0.35 * TRIALS
    stays = (nothing.choice[1:] == nothing.choice[:-1]).mean()  # a trial does not know of the one before it
    assert abs(stays - 0.5) < 3 * 0.5 / np.sqrt(TRIALS)


def test_it_takes_the_reward_that_was_earned(runs):
    for earned, shuffled in runs:
        np.testing.assert_array_equal(earned.right, earned.choice == earned.rule[earned.stimulus])
        assert (np.sign(earned.reward) == np.where(earned.right, 1, -1)).all()
        assert sorted(shuffled.reward) == sorted(earned.reward)
        assert np.bincount(earned.rule).tolist() == [4, 4]
        liked = earned.w[-1].reshape(2, 8, GROUP).mean(axis=2).argmax(axis=0)
        assert (liked == earned.rule).mean() >= 0.75


def test_the_rules_are_two_and_the_network_is_small():
    assert [rule.target for rule in parsed_rules(CHOICE_RULES)] == ["t", "w"]
    chip = choosing_chip(4, 3, RNG(1))
    assert chip.state.u.size == 4 * GROUP + 3 and chip.learners[0].place.size == 3 * 4 * GROUP


def test_a_reward_without_a_tag_moves_nothing():
    quiet = np.zeros((50, 1), int)
    run = learn(
        quiet, quiet, START, CHOICE_RULES, reward=100, synapse=Synapse(sign_mode=EXCITATORY), rng=RNG(1)
    )
    assert (run.w == START).all()


def test_arguments_that_cannot_be():
    with pytest.raises(ValueError, match="actions must be from 2 to 16, got 1"):
        learn_choice(actions=1, rng=RNG(1))
    with pytest.raises(ValueError, match=r"given must have shape \(3,\), got \(2,\)"):
        learn_choice(3, given=[1, 2], rng=RNG(1))
    with pytest.raises(ValueError, match="given must be whole, from -127 to 127, got 200"):
        learn_choice(1, given=[200], rng=RNG(1))
