"""What the table of e-prop has to show: what the slow trace is for, and what each feedback loses."""

import numpy as np
import pytest

from snnlab import spread
from snnlab.course import load_table

RUNS = load_table("eprop_recall")


def runs(task, kind):
    """The ten seeds of one kind of learning, by column."""
    kept = (RUNS["task"] == task) & (RUNS["kind"] == kind)
    assert RUNS["seed"][kept].tolist() == list(range(1, 11))
    return {name: column[kept] for name, column in RUNS.items()}


def more(task, kind, other):
    """By how much more of the recalls are wrong, seed by seed."""
    return runs(task, kind)["error"] - runs(task, other)["error"]


def test_over_a_silence_only_the_slow_trace_tells_the_synapses_of_what_was_shown():
    """Without it nothing reaches them, and nothing is remembered more than by the readout alone."""
    fast = runs("quiet", "fast")
    assert (fast["size"] < 1e-6).all() and (runs("quiet", "symmetric")["size"] > 0.3).all()
    lost = spread(more("quiet", "fast", "symmetric"))
    assert lost.low > 0 and lost.mean > 0.3
    same = spread(more("quiet", "fast", "readout"))
    assert abs(same.mean) < same.sd


def test_where_symbols_come_all_the_time_the_slow_trace_is_hardly_missed():
    """The gradient of the fast trace alone points no further away, and as much is learnt."""
    lost, further = (
        spread(runs("busy", "fast")[name] - runs("busy", "symmetric")[name]) for name in ("error", "first")
    )
    assert abs(lost.mean) < lost.sd and abs(further.mean) < 10


@pytest.mark.parametrize("task", ["quiet", "busy"])
def test_every_feedback_learns_and_random_feedback_loses_more_than_symmetric(task):
    for kind in ("symmetric", "random", "adaptive"):
        gained = -more(task, kind, "readout")
        assert gained.mean() > 3 * gained.std(ddof=1) / np.sqrt(10), kind
    lost = more(task, "random", "backpropagation")
    assert lost.mean() > 2 * lost.std(ddof=1) / np.sqrt(10)


def test_random_feedback_stays_where_it_is_and_adaptive_feedback_comes_nearer():
    """Random feedback begins near 90 degrees, as any two do, and the readout hardly follows it."""
    for task in ("quiet", "busy"):
        random, adaptive = (runs(task, kind)["feedback"] for kind in ("random", "adaptive"))
        assert 60 < random.mean() < 90 and spread(random - adaptive).mean > 20
        assert (runs(task, "symmetric")["feedback"] < 1e-6).all()
