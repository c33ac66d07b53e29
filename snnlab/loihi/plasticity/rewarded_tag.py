"""A pair of spikes leaves a tag, and a reward later turns it into weight, in whole and in real numbers.

The rules are `REWARD_RULES` of one excitatory synapse, with a leak of the tag to be chosen: in a step it
loses 2⁻ᵏ of itself. In whole numbers all is as in `snnlab.loihi.learn` with epochs of one step.
"""

from typing import NamedTuple

import numpy as np

from snnlab.compiling import kernel
from snnlab.loihi.fixed_point import whole_within
from snnlab.loihi.neuron.traces import Trace
from snnlab.loihi.plasticity.epochs_of_pairs import (
    FIRST,
    OF_WEIGHTS,
    W_MAX,
    WIDEST,
    Both,
    follow,
    key_of,
    whole_trace,
)
from snnlab.loihi.plasticity.learning import rounded
from snnlab.loihi.plasticity.learning import step as add_term
from snnlab.random import uniform
from snnlab.records import blank, read

__all__ = ["RewardedTag", "rewarded_tag"]

STEPS = 160
PAIR, SHIFT = -2, 4  # of the rules: the exponent of both traces; by how much reward times tag is scaled down
OF_TAGS = OF_WEIGHTS + 2


class RewardedTag(NamedTuple):
    """Tag and weight after each of 160 steps.

    Examples
    --------
    >>> rewarded_tag(5, 30, 0, rng=np.random.default_rng(1)).change
    0
    """

    tag: np.ndarray
    """The tag."""
    tag_real: np.ndarray
    """The same in real numbers."""
    weight: np.ndarray
    """The weight."""
    weight_real: np.ndarray
    """The same in real numbers, kept from 0 to 255."""
    pre_time: np.ndarray
    """When the presynaptic spike comes, steps."""
    post_time: np.ndarray
    """When the postsynaptic one comes."""
    reward_time: np.ndarray
    """When the reward comes."""
    seen: int
    """The tag that the reward meets."""
    change: int
    """What became of the weight."""
    seen_real: float
    """The tag that the reward meets in real numbers."""


def rewarded_tag(
    delta_t: int,
    wait: int,
    reward: int,
    leak: int = 4,
    trace: Trace = Trace(64, 10),
    w: int = 100,
    *,
    rng: np.random.Generator,
) -> RewardedTag:
    """Reward one pair of spikes, late.

    Parameters
    ----------
    delta_t : int
        Steps from the presynaptic to the postsynaptic spike, −20 to 20.
    wait : int
        Steps from the later spike to the reward, 1 to 100.
    reward : int
        The factor r in that step, −127 to 127.
    leak : int
        k, 0 to 7.
    trace
        How x1 and y1 grow and fade; its impulse is whole.
    w : int
        The weight at the start, 0 to 255.
    rng
        Where the random numbers come from, those of `learn`.

    Examples
    --------
    >>> told = rewarded_tag(5, 10, 100, rng=np.random.default_rng(1))
    >>> print(f"a tag of {told.seen}, in real numbers {told.seen_real:.1f}: {told.change}")
    a tag of 5, in real numbers 5.3: 31
    """
    delta_t, wait = whole_within("delta_t", delta_t, -WIDEST, WIDEST), whole_within("wait", wait, 1, 100)
    reward, leak = whole_within("reward", reward, -127, 127), whole_within("leak", leak, 0, 7)
    told, start = recorded(), whole_within("w", w, 0, W_MAX)
    run_tag(told, whole_trace(trace), *map(float, (delta_t, wait, leak, reward, start)), key_of(rng))
    return read(told)


def recorded() -> RewardedTag:
    """A blank record."""
    steps = dict.fromkeys(("tag", "tag_real", "weight", "weight_real"), STEPS)
    return blank(RewardedTag, **steps, **dict.fromkeys(("pre_time", "post_time", "reward_time"), 1))


@kernel
def run_tag(told, trace, delta_t, wait, leak, reward, w_start, key):
    """Tag and weight in each step."""
    seed, at_post = np.uint64(key), FIRST + int(delta_t)
    at_reward = max(FIRST, at_post) + int(wait)
    told.pre_time[0], told.post_time[0], told.reward_time[0] = FIRST + 1.0, at_post + 1.0, at_reward + 1.0
    now, tag, tag_real, w, w_real = Both(0.0, 0.0, 0.0, 0.0), 0.0, 0.0, w_start, w_start
    for s in range(told.tag.size):
        pre, post = s == FIRST, s == at_post
        now = follow(now, trace, pre, post, s + 1, seed)
        r = reward if s == at_reward else 0.0
        z, z_w, more = np.int64(128.0 * tag), np.int64(128.0 * w), 0.0
        if post:
            z, _ = add_term(z, np.int32(now.x), 1, 0, PAIR, 0)
            more += 2.0**PAIR * now.x_real
        if pre:
            z, _ = add_term(z, np.int32(now.y), -1, 0, PAIR, 0)
            more -= 2.0**PAIR * now.y_real
        z, _ = add_term(z, np.int32(tag), -1, 0, np.int64(-leak), 0)
        z_w, _ = add_term(z_w, np.int32(np.int64(r) * np.int64(tag)), 1, SHIFT, 0, 0)
        w_real = min(max(w_real + r * tag_real / 2.0**SHIFT, 0.0), 255.0)
        if s == at_reward:
            told.seen[0], told.seen_real[0] = tag, tag_real
        tag_real += more - 2.0 ** (-leak) * tag_real
        tag = rounded(1.0 * z, 1, uniform(seed, np.uint64(OF_TAGS), np.uint64(s)), -256, 255)
        w = rounded(max(0.0, 1.0 * z_w), 1, uniform(seed, np.uint64(OF_WEIGHTS), np.uint64(s)), 0, W_MAX)
        told.tag[s], told.tag_real[s], told.weight[s], told.weight_real[s] = tag, tag_real, w, w_real
    told.change[0] = w - w_start
