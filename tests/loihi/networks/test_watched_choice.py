"""What is watched is what the chip learns: from true rewards, from lies, and from none."""

import numpy as np
import pytest

from snnlab.loihi.networks.rewarded_choice import START
from snnlab.loihi.networks.watched_choice import LAST, TRIALS, watched_choice

SEEDS = [np.uint64(seed) for seed in range(11, 21)]


def test_true_rewards_teach_and_either_sign_teaches_nothing():
    true, either = ([watched_choice(2, 10, p, rng=seed) for seed in SEEDS] for p in (100.0, 50.0))
    assert sum(seen.right >= 90.0 for seen in true) >= 8
    share = np.array([seen.right for seen in either])
    assert abs(share.mean() - 50.0) < 3 * share.std(ddof=1) / np.sqrt(share.size)
    apart = np.array([seen.apart for seen in either])
    assert abs(apart.mean()) < 3 * apart.std(ddof=1) / np.sqrt(apart.size)


def test_lies_teach_the_opposite():
    seen = watched_choice(2, 10, 0.0, rng=SEEDS[0])
    assert seen.right < 10.0 and seen.apart < 0.0


def test_a_later_reward_finds_less_of_the_tag():
    apart = [watched_choice(2, late, rng=SEEDS[0]).apart for late in (0, 60, 100)]
    assert apart[0] > 2 * apart[1] > 4 * apart[2] > 0.0


def test_without_a_reward_no_weight_moves():
    seen = watched_choice(0, rng=SEEDS[0])
    assert (seen.w_right == START).all() and (seen.w_wrong == START).all() and seen.apart == 0.0
    assert seen.trial.tolist() == list(range(TRIALS + 1)) and 0 <= seen.undecided <= LAST


@pytest.mark.parametrize(
    "wrong, rule",
    [
        ({"size": 128}, "size must be from 0 to 127, got 128"),
        ({"late": 121}, "late must be from 0 to 120, got 121"),
        ({"truth": 101.0}, "truth must be from 0 to 100 %, got 101"),
        ({"truth": np.nan}, "truth must be finite"),
    ],
)
def test_arguments_that_cannot_be(wrong, rule):
    with pytest.raises(ValueError, match=rule):
        watched_choice(**({"size": 2, "rng": SEEDS[0]} | wrong))
