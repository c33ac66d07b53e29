"""A choice is learned from rewards, and from nothing else."""

import numpy as np
import pytest

from snnlab.course import load_table
from snnlab.loihi import learn
from snnlab.loihi.fixed_point import EXCITATORY, INHIBITORY
from snnlab.loihi.networks.closed_loop import learn_in_network, learn_on
from snnlab.loihi.networks.learning_group import LearningGroup
from snnlab.loihi.networks.recurrent import CompartmentGroup, SynapseGroup
from snnlab.loihi.networks.rewarded_choice import (
    ACTION,
    CHANCE,
    CHOICE_RULES,
    GROUP,
    INHIBITS,
    PAUSE,
    PUSH,
    RELAY,
    SHOWN,
    START,
    choosing_chip,
    learn_choice,
    run,
)
from snnlab.loihi.neuron.synapses import Synapse
from snnlab.loihi.neuron.traces import Trace, Traces
from snnlab.loihi.plasticity.learning_setup import parsed_rules
from snnlab.random import uniform

RNG = np.random.default_rng
SEEDS, TRIALS = range(11, 21), 240  # tuned on 101 and 102
SEED = np.uint64(5)


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


@pytest.mark.parametrize("kind", ["other order", "either sign", "always"])
def test_no_control_is_far_from_a_half_over_fifty_seeds(kind):
    """Which action is right is drawn by chance, so whatever is learned without it is right in a half."""
    table = load_table("rewarded_choices")
    right = table["right"][table["kind"] == kind]
    assert right.size == 50
    assert abs(right.mean() - 0.5) < 3 * right.std(ddof=1) / np.sqrt(right.size)


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
    assert chip.state.u.size == 4 * GROUP + 3 and chip.learner.place.size == 3 * 4 * GROUP


def test_a_host_in_python_brings_about_the_same():
    """The same trials by `learn_in_network` and `learn_on`, between which the host looks and rewards."""
    order, rule, size, late, n = np.array([0, 1, 1, 0, 1]), np.array([1, 0]), 9, 7, 2 * GROUP + 2
    choice, rewards, w = np.zeros(5, int), np.zeros(5, int), np.zeros((5, 2 * 2 * GROUP), np.int16)
    run(choosing_chip(2, 2, SEED), 0, 5, order, rule, True, size, late, rewards, choice, w, np.uint64(8))
    pre, post = np.tile(np.arange(n - 2), 2), np.repeat([n - 2, n - 1], n - 2)
    groups = [
        LearningGroup(
            SynapseGroup(pre, post, START, synapse=Synapse(sign_mode=EXCITATORY)), CHOICE_RULES,
            Traces(x1=Trace(impulse=32, tau=8)),
        ),
        SynapseGroup([n - 2, n - 1], [n - 1, n - 2], INHIBITS, synapse=Synapse(sign_mode=INHIBITORY)),
    ]  # fmt: skip
    cells, end, t = [CompartmentGroup(n - 2, RELAY), CompartmentGroup(2, ACTION)], None, 0
    for k, stimulus in enumerate(order):
        q = np.zeros((SHOWN + late + PAUSE, n), int)
        for s in range(SHOWN):
            chance = np.array([uniform(np.uint64(8), np.uint64(i), np.uint64(t + s)) for i in range(n)])
            q[s, n - 2 :] = PUSH * chance[n - 2 :]
            q[s, : n - 2] = 128 * ((np.arange(n - 2) // GROUP == stimulus) & (chance[: n - 2] < CHANCE))
        before, after = q[: SHOWN + late], q[SHOWN + late :]
        seen = learn_on(end, before) if end else learn_in_network(before, groups, cells, rng=SEED)
        left, right = (np.sum(seen.spikes.units == action) for action in (n - 2, n - 1))
        done = -1 if left == right else int(right > left)
        given = size if done == rule[stimulus] else -size
        seen = learn_on(seen.end, after, reward=given * (np.arange(PAUSE) == 0))
        assert (done, given) == (choice[k], rewards[k])
        np.testing.assert_array_equal(seen.learned[0].w[-1], w[k])
        end, t = seen.end, t + len(q)
    assert {size, -size} == set(rewards) and (w[-1] != START).any()


def test_a_reward_that_is_larger_or_later():
    small, large = (learn_choice(16, reward=size, rng=RNG(11)) for size in (1, 8))
    assert np.abs(large.w[-1] - START).mean() > 2 * np.abs(small.w[-1] - START).mean()
    late = learn_choice(16, reward=8, late=120, rng=RNG(11))
    assert np.abs(late.w[-1] - START).mean() < 0.5 * np.abs(large.w[-1] - START).mean()
    assert set(large.reward) <= {8, -8} and (learn_choice(16, reward=0, rng=RNG(11)).w == START).all()


@pytest.mark.equation("loihi-three-factors")
@pytest.mark.parametrize("r", [2, -2, 9])
def test_a_reward_moves_the_weight_by_the_whole_part(r):
    """Rounded down: 2 does nothing for a tag below 8, and −2 takes a whole weight for a tag of 1."""
    tags = np.arange(-256, 256)
    run = learn(
        np.zeros((1, 1)), np.zeros((1, tags.size)), 128, CHOICE_RULES, tag=tags[:, None], reward=r,
        synapse=Synapse(sign_mode=EXCITATORY), rng=RNG(1),
    )  # fmt: skip
    np.testing.assert_array_equal(run.w[0, :, 0], np.clip(128 + np.floor(r * tags / 16), 0, 255))


@pytest.mark.equation("loihi-three-factors")
def test_a_pair_leaves_an_eighth_of_its_trace_and_a_thirty_second_fades():
    pre, post, n = np.zeros((40, 1)), np.zeros((40, 4000)), 4000
    pre[5], post[6] = 1, 1
    run = learn(pre, post, START, CHOICE_RULES, Traces(x1=Trace(32, 8)), rng=RNG(1))
    expected = 32 * (1 - 1 / 8) / 8 * (31 / 32) ** np.arange(34)
    tags = run.tag[6:, :, 0]
    assert (np.abs(tags.mean(axis=1) - expected) < 4 * tags.std(axis=1, ddof=1) / np.sqrt(n)).all()


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
    with pytest.raises(ValueError, match="late must be from 0 to 120, got 121"):
        learn_choice(late=121, rng=RNG(1))
    with pytest.raises(ValueError, match="reward must be from 0 to 127, got -1"):
        learn_choice(reward=-1, rng=RNG(1))
    with pytest.raises(TypeError, match="rng must be"):
        learn_choice(rng=3)
    with pytest.raises(ValueError, match="given must be whole, from -127 to 127, got 200"):
        learn_choice(1, given=[200], rng=RNG(1))
