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


def test_a_sharp_loss_may_learn_from_every_sample():
    """And wins its races by far; what mistakes alone have taught does not survive a clock of 1 ms."""
    found = load_table("alpha_xor")
    assert (found["sharp"] > found["every"]).all() and found["sharp"].min() > 0.9
    assert found["lead"].max() < 0.2 and found["sharp_lead"].min() > 1.5
    assert (
        found["sharp_mistakes"].min() > 0.99 and found["sharp_mistakes_lead"].max() < 0.3
    )  # not by the loss
    assert (found["clocked"] < 0.2).all() and spread(found["sharp_clocked"]).mean > 0.9


def test_digits_of_mnist_want_more_digits():
    """What is learnt by heart, and how much more moved copies name; one run from 1000 digits, else ten."""
    found = load_table("alpha_mnist")
    few, plain, moved = (
        {
            name: column[(found["digits"] == digits) & (found["copies"] == copies)]
            for name, column in found.items()
        }
        for digits, copies in ((1000, 1), (4000, 1), (4000, 5))
    )
    assert few["right"].size == 1 and plain["seed"].tolist() == moved["seed"].tolist() == list(range(1, 11))
    assert (plain["right"] - few["right"]).min() > 0.02 and (moved["right"] - plain["right"]).min() > 0.02
    assert spread(moved["right"]).mean >= 0.93
    assert few["learnt"].min() > 0.99 and plain["learnt"].min() > 0.99


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
