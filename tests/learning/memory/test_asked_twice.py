"""A recall behind another: only the last one counts, and who is in a pair."""

import numpy as np
import pytest
from learning.memory.test_swapped_states import FEW, MANY, holding, small

from snnlab.learning.gradients.recurrent_gradient import run_recurrent
from snnlab.learning.memory.asked_twice import error_when_asked_before
from snnlab.learning.memory.store_recall import RecallTrials, one_recall, recall_samples
from snnlab.learning.memory.swapped_states import PARTS, answers_of_pairs


def test_only_the_last_recall_counts():
    network, rng = small(), np.random.default_rng(5)
    symbols, commands = (np.tile(part, (2, 1)) for part in one_recall(30, 3, rng=rng))
    symbols[30:, 1], commands[30:, 1] = -1, 2
    samples, _ = recall_samples(RecallTrials(symbols, commands), FEW, 4.0, rng=rng)
    answers = [run_recurrent(network, samples, k).y[-20:].mean(axis=0).argmax() for k in range(60)]
    wrong = answers != symbols[:, 0]
    found = error_when_asked_before(network, 3, 1, 30, inputs=FEW, rng=np.random.default_rng(5))
    assert found == pytest.approx((wrong[:30].mean(), wrong[30:].mean()))
    assert 0 < wrong.mean() < 1


@pytest.mark.parametrize("exchange", PARTS)
def test_a_pair_has_stored_the_same_and_only_one_was_asked(exchange):
    network, rng = holding(), np.random.default_rng(3)
    one = one_recall(20, 4, rng=rng)
    asked = RecallTrials(one.symbols.copy(), one.commands.copy())
    asked.symbols[:, 2], asked.commands[:, 2] = -1, 2
    pairs = RecallTrials(*(np.concatenate(parts) for parts in zip(one, asked, strict=True)))
    answers = answers_of_pairs(network, pairs, exchange, inputs=MANY, rng=rng)
    wrong = answers != pairs.symbols[:, 0]
    found = error_when_asked_before(
        network, 4, 2, 20, exchange=exchange, inputs=MANY, rng=np.random.default_rng(3)
    )
    assert found == (wrong[:20].mean(), wrong[20:].mean())


def test_bad_arguments_are_named():
    rng = np.random.default_rng(1)
    for arguments, message in (
        ((2, 2), r"before must be less than the delay \(2\), got 2"),
        ((2, 0), "before must be at least 1"),
        ((0, 1), "delay must be at least 1"),
    ):
        with pytest.raises(ValueError, match=message):
            error_when_asked_before(small(), *arguments, inputs=FEW, rng=rng)
