"""What the tables of networks with alpha synapses say: how much the first spike gets right, and how early."""

import numpy as np

from snnlab import spread
from snnlab.course import load_table


def runs(task, hidden):
    """The ten seeds of one kind of network, by column."""
    found = load_table("alpha_tasks")
    kept = (found["task"] == task) & (found["hidden"] == hidden)
    assert kept.sum() == 10
    return {name: column[kept] for name, column in found.items()}


def test_mistakes_alone_teach_the_exclusive_or_and_every_sample_does_not():
    """The control of the rule: the same starts, samples and order, where what is right teaches as well."""
    found = load_table("alpha_xor")
    assert found["mistakes"].size == 10 and found["mistakes"].min() >= 0.99
    assert (found["every"] < 0.95).all()


def test_yin_yang_wants_a_hidden_layer():
    deep, shallow = (runs("yin_yang", hidden)["right"] for hidden in (120, 0))
    assert spread(deep).mean >= 0.95
    assert (deep > shallow).all()
    assert spread(deep - shallow).mean > 0.1


def test_digits():
    deep, shallow = (runs("digits", hidden)["right"] for hidden in (100, 0))
    assert spread(deep).mean >= 0.95
    assert (deep > shallow).all()


def test_a_fast_network_answers_before_most_hidden_neurons_have_fired():
    """On the mean of ten seeds (eight of them), silent neurons counted or not.

    The control is the slow network, which waits for most of them, and is right more often.
    """
    fast, slow = runs("digits_fast", 100), runs("digits", 100)
    for share in ("spoken", "of_speakers"):
        heard = spread(fast[share])
        assert heard.mean + 2 * heard.sd / np.sqrt(heard.n) < 0.5 < slow[share].min()
        assert np.sum(fast[share] < 0.5) >= 8
    lost = spread(slow["right"] - fast["right"])
    assert lost.mean > 2 * lost.sd / np.sqrt(lost.n)
    assert spread(fast["right"]).mean >= 0.95


def test_shares_are_shares():
    for task, hidden in (("yin_yang", 120), ("digits", 100), ("digits_fast", 100)):
        found = runs(task, hidden)
        for name in ("spoken", "of_speakers", "silent"):
            assert np.all((found[name] >= 0) & (found[name] <= 1))
        assert (found["spoken"] <= found["of_speakers"]).all()
