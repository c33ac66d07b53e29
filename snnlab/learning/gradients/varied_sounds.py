"""Samples from sounds, and more sounds out of few: the same word from another mouth and in another room."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from snnlab.checks import finite_array, fraction, non_negative, whole
from snnlab.coding.codes.sound import Cochlea, check_cochlea, encode_levels
from snnlab.foreign_arrays import as_array
from snnlab.learning.samples import Samples, samples_from_spikes
from snnlab.random import generator
from snnlab.work_and_memory import turns

__all__ = ["sound_samples", "vary_levels"]

_LONGEST = 1_000_000  # steps of silence
KNOTS = 4  # of the curve by which a room or a microphone changes the bands


def vary_levels(
    levels: ArrayLike,
    *,
    pace: float = 0.2,
    pitch: float = 2.0,
    colour: float = 0.15,
    delay: int = 6,
    rng: np.random.Generator,
) -> np.ndarray:
    """The levels of a sound as they might be if it were made again, by somebody else, somewhere else.

    Parameters
    ----------
    levels : array of shape (steps, bands)
        From `sound_levels`.
    pace : float
        Up to this fraction faster or slower, below 1.
    pitch : float
        Up to so many bands higher or lower, as a throat is shorter or longer; the outermost bands go on.
    colour : float
        How much louder or softer the bands become, as a fraction of the span: the standard deviation at four
        of them, with straight lines in between. What was silent stays so.
    delay : int
        Up to so many steps of silence before.
    rng : numpy.random.Generator
        Where the changes come from.

    Returns
    -------
    array of shape (other steps, bands)

    Examples
    --------
    >>> levels = np.full((50, 24), 0.5)
    >>> vary_levels(levels, pace=0, pitch=0, colour=0, delay=0, rng=np.random.default_rng(1)).shape
    (50, 24)
    """
    given = finite_array("levels", levels, (2,), "(steps, bands)")
    pace, pitch = fraction("pace", pace), non_negative("pitch", pitch)
    colour, delay = non_negative("colour", colour), whole("delay", delay, most=_LONGEST)
    if given.size == 0:
        raise ValueError(f"levels must hold one value at least, got shape {given.shape}")
    if given.min() < 0:
        raise ValueError(f"levels must be zero or above, got {given.min():g}")
    rng = generator(rng)
    if pace == 1:
        raise ValueError("pace must be below 1, got 1")
    steps, bands = given.shape
    band = np.arange(bands)
    now = _between(given, np.arange(0.0, steps, 1.0 + pace * rng.uniform(-1, 1)))
    now = _between(now.T, band + pitch * rng.uniform(-1, 1)).T
    louder = np.interp(band, np.linspace(0, bands - 1, KNOTS), colour * rng.standard_normal(KNOTS))
    now = np.where(now > 0, np.maximum(now + louder, 0.0), 0.0)
    return np.vstack([np.zeros((rng.integers(0, delay + 1), bands)), now])


def _between(rows: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Rows at places between the given ones; beyond the ends, the first or the last."""
    places = np.clip(places, 0, len(rows) - 1)
    before = places.astype(np.int64)
    part = (places - before)[:, None]
    return (1.0 - part) * rows[before] + part * rows[np.minimum(before + 1, len(rows) - 1)]


def sound_samples(
    levels: Sequence[np.ndarray],
    labels: ArrayLike,
    steps: int = 160,
    *,
    variants: int = 0,
    cochlea: Cochlea = Cochlea(),
    rng: np.random.Generator | None = None,
) -> Samples:
    """Samples from the levels of sounds, as they are or each in several variants.

    Parameters
    ----------
    levels : sequence of arrays of shape (steps of the sound, bands)
        From `sound_levels`, all with the same number of bands.
    labels : array of int, shape (sounds,)
        The class of each.
    steps : int
        Number of time steps. A sound that is shorter is followed by silence, a longer one is cut.
    variants : int
        With 0 the sounds are taken as they are, otherwise so many of `vary_levels` in the place of each.
    cochlea
        For `encode_levels`; its `step` is that of the samples.
    rng : numpy.random.Generator, optional
        Where the variants come from; needed if there are any.

    Returns
    -------
    Samples
        With three inputs a band; all sounds once, then all of them once more.

    Examples
    --------
    >>> levels = [np.full((50, 24), 0.5), np.full((70, 24), 0.2)]
    >>> samples = sound_samples(levels, [0, 1], variants=3, rng=np.random.default_rng(1))
    >>> print(samples.n_samples, samples.n_inputs, samples.labels)
    6 72 [0 1 0 1 0 1]
    """
    if not isinstance(levels, Sequence | np.ndarray):
        raise TypeError(f"levels must be a sequence of arrays, got {type(levels).__name__}")
    variants, cochlea = whole("variants", variants), check_cochlea(cochlea)
    classes = as_array("labels", labels)
    if variants == 0:
        heard = list(levels)
    elif isinstance(rng, np.random.Generator):
        heard = [vary_levels(sound, rng=rng) for _ in turns("variants", variants) for sound in levels]
    else:
        raise TypeError(f"rng must be a numpy.random.Generator where there are variants, got {rng!r}")
    if classes.shape != (len(levels),):
        raise ValueError(
            f"labels must be {len(levels)} whole numbers, one for each sound, got shape {classes.shape}"
        )
    trials = [encode_levels(sound, cochlea) for sound in heard]
    return samples_from_spikes(trials, np.tile(classes, max(variants, 1)), steps, cochlea.step)
