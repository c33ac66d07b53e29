"""What the tables of networks with alpha synapses say: how much the first spike gets right, and how early."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table


def runs(table, **keys):
    """The ten seeds of one kind, by column."""
    found = load_table(table)
    kept = np.all([found[name] == value for name, value in keys.items()] or [np.ones(10, bool)], axis=0)
    assert kept.sum() == 10
    return {name: column[kept] for name, column in found.items()}


def test_mistakes_alone_teach_the_exclusive_or_and_every_sample_does_not():
    """The control of the rule: the same starts, samples and order, where what is right teaches as well."""
    found = runs("alpha_xor")
    assert found["mistakes"].min() >= 0.99
    assert (found["mistakes"] > found["every"]).all()


def test_a_hidden_layer_is_needed_for_yin_yang():
    deep, shallow = (runs("alpha_tasks", task="yin_yang", hidden=n)["right"] for n in (120, 0))
    assert spread(deep).mean >= 0.95
    assert (deep - shallow).min() > 0.2


def test_digits():
    deep, shallow = (runs("alpha_tasks", task="digits", hidden=n)["right"] for n in (100, 0))
    assert spread(deep).mean >= 0.95
    gained = spread(deep - shallow)
    assert gained.mean > 2 * gained.sd / np.sqrt(gained.n)


def test_mnist():
    assert spread(runs("alpha_mnist")["right"]).mean >= 0.93


@pytest.mark.parametrize(
    ("table", "keys"), [("alpha_tasks", {"task": "digits", "hidden": 100}), ("alpha_mnist", {})]
)
def test_the_answer_comes_before_most_hidden_neurons_have_fired(table, keys):
    """In the median sample of every seed, those counted or not that never fire."""
    found = runs(table, **keys)
    assert found["spoken"].max() < 0.5
    assert found["of_speakers"].max() < 0.5
