"""Exercise 1.4, write it: spike times from a membrane potential."""

import numpy as np

from snnlab.course.exercises.kinds import Function, Mistake

__all__ = ["CROSSINGS"]


def _first_above(v, level):
    """The number of each sample that is above the level while the one before is not."""
    above = v > level
    return np.flatnonzero(above[1:] & ~above[:-1]) + 1


def spike_times(v, dt, level):
    """Times of the upward crossings, at the first sample above the level."""
    return _first_above(v, level) * dt


def _around(v, dt, level):
    above = v > level
    return np.flatnonzero(above & ~np.roll(above, 1)) * dt


def _every_sample(v, dt, level):
    return np.flatnonzero(v > level) * dt


def _every_sample_after_the_first(v, dt, level):
    return np.flatnonzero(v[1:] > level) * dt + dt


def _starts_above(v, dt, level):
    above = v > level
    return np.flatnonzero(above & ~np.append(False, above[:-1])) * dt


def _sign_changes(v, dt, level):
    return np.flatnonzero(np.diff(v > level)) * dt


def _samples_before(v, dt, level):
    return _first_above(v, level) - 1


def _tuple(v, dt, level):
    return (spike_times(v, dt, level),)


def _mask(v, dt, level):
    return v > level


def _only_the_first(v, dt, level):
    return spike_times(v, dt, level)[:1]


def _in_seconds(v, dt, level):
    return spike_times(v, dt, level) / 1000.0


def _sample_before(v, dt, level):
    return (_first_above(v, level) - 1) * dt


def _downward(v, dt, level):
    return _first_above(-v, -level) * dt


def _samples(v, dt, level):
    return _first_above(v, level)


def _both_ways(v, dt, level):
    return np.sort(np.concatenate([spike_times(v, dt, level), _downward(v, dt, level)]))


def _peaks(v, dt, level):
    inner = v[1:-1]
    return (np.flatnonzero((inner > level) & (inner > v[:-2]) & (inner >= v[2:])) + 1) * dt


def _count(v, dt, level):
    return _first_above(v, level).size


def _train(v, dt, level):
    train = np.zeros(v.size)
    train[_first_above(v, level)] = 1.0
    return train


def _draw(rng: np.random.Generator) -> list[tuple]:
    """Potentials with a few spikes of several samples; some begin or end above the level, one is silent."""
    cases = [
        (np.array([-65.0, -60.0, 10.0, 20.0, 5.0, -70.0, -60.0, 15.0, -65.0]), 0.5, -10.0),
        (np.array([20.0, 5.0, -70.0, -60.0, 15.0, 30.0]), 0.25, -10.0),
        (np.array([20.0, 5.0, -70.0, -60.0, 15.0, -65.0]), 0.25, -10.0),
        (np.full(6, -65.0), 0.1, -10.0),
    ]
    for _ in range(9):
        v = rng.uniform(-70.0, -50.0, 80).round(1)
        for onset in (5, 20, 33, 50, 66)[: rng.integers(2, 6)]:
            width = rng.integers(3, 7)
            v[onset : onset + width] = rng.uniform(0.0, 5.0, width).round(1)
            v[onset + 1] = 30.0
        cases.append((v, float(rng.choice([0.05, 0.1, 0.25])), float(rng.choice([-20.0, -10.0]))))
    return cases


CROSSINGS = Function(
    id="1.4",
    title="Keep the times",
    statement=(
        "Write the function `spike_times`. It gets a membrane potential `v`, an array with one value (mV) "
        "for each sample, the time `dt` between two samples (ms), and a `level` (mV). Sample k belongs to "
        "the time k·dt. It returns an array with the time, in ms, of each sample that lies above the level "
        "while the sample before it does not. A loop will do."
    ),
    stub="def spike_times(v, dt, level):\n    return ...",
    variable="spike_times",
    arguments=("v", "dt", "level"),
    unit="ms",
    tolerance=1e-6,
    solution=spike_times,
    draw=_draw,
    next_step=(
        "Each time is late by up to dt. A straight line between the two samples would tell where in between "
        "the level was crossed; detect_spikes of the package does that."
    ),
    mistakes=(
        Mistake(
            "every sample",
            _every_sample,
            "You note every sample above the level, so one spike counts several times. Note only those whose "
            "sample before was not above it.",
        ),
        Mistake(
            "every sample after the first",
            _every_sample_after_the_first,
            "You note every sample above the level, so a spike that is three samples wide counts three "
            "times. Ask of v[k - 1] too: it must not be above.",
        ),
        Mistake(
            "starts above",
            _starts_above,
            "You note sample 0 when the potential begins above the level. Nothing was seen to cross: the "
            "first sample has none before it, so begin with k = 1.",
        ),
        Mistake(
            "changes",
            _sign_changes,
            "With np.diff a mask shows every change, up and down, and one sample early. Keep the changes "
            "from below to above, and add 1 to their numbers.",
        ),
        Mistake(
            "samples before",
            _samples_before,
            "These are numbers of samples, not times, and one too small: the crossing belongs to the first "
            "sample above the level. Add 1, then multiply by dt.",
        ),
        Mistake(
            "tuple",
            _tuple,
            "The times are right, but np.where gives them inside a tuple. Take its first entry: "
            "np.where(…)[0].",
        ),
        Mistake(
            "mask",
            _mask,
            "This says of each sample whether it lies above the level. Wanted are times, one for each "
            "crossing: compare each entry with the one before, and use np.flatnonzero.",
        ),
        Mistake(
            "only the first",
            _only_the_first,
            "This is the time of the first spike alone. Does a `return` or a `break` stand inside the loop? "
            "Go on until the last sample.",
        ),
        Mistake(
            "seconds",
            _in_seconds,
            "These times are in s. dt is in ms, so k·dt is too.",
        ),
        Mistake(
            "sample before",
            _sample_before,
            "Your times are one sample early: the crossing belongs to the first sample above the level. "
            "Comparing v[1:] with v[:-1] shifts the numbering by one.",
        ),
        Mistake(
            "around the end",
            _around,
            "With k = 0, v[k - 1] is the last sample of the array. The first sample has none before it: "
            "begin with k = 1.",
        ),
        Mistake(
            "downward",
            _downward,
            "These are the times at which the potential comes down through the level. A spike is dated to "
            "the way up.",
        ),
        Mistake(
            "both ways",
            _both_ways,
            "The times up and the times down are both in it. Keep those at which the potential goes up.",
        ),
        Mistake(
            "samples",
            _samples,
            "These are numbers of samples. Multiplied by dt they become times in ms.",
        ),
        Mistake(
            "peaks",
            _peaks,
            "These are the times of the peaks. The level is crossed before that, and a ragged peak would "
            "count twice.",
        ),
        Mistake(
            "count",
            _count,
            "This is how many spikes there are. The question is when they were.",
        ),
        Mistake(
            "noughts and ones",
            _train,
            "This has a 1 at each spike and 0 elsewhere. That is a spike train too, but the times are "
            "wanted: np.flatnonzero finds where the ones are.",
        ),
    ),
)
