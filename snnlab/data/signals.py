"""Signals that a sense organ might have to tell in spikes: a heartbeat and spoken words, offline.

Origin and licence of every file stand in ``LICENSES.md`` beside them.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

__all__ = ["Signal", "SpokenDigits", "load_ecg", "load_spoken_digits"]

_FOLDER = Path(__file__).parent


class Signal(NamedTuple):
    """One quantity over time.

    Examples
    --------
    >>> ecg = load_ecg()
    >>> print(f"{ecg.values.size * ecg.dt / 1000:.2f} s of {ecg.name}")
    22.35 s of an electrocardiogram
    """

    values: np.ndarray
    """Its value in each step, shape (steps,)."""
    dt: float
    """Length of a step, ms."""
    name: str
    """What was recorded."""
    licence: str
    """Under which licence, and by whom."""


class SpokenDigits(NamedTuple):
    """Recordings of spoken digits, each as long as it is.

    Examples
    --------
    >>> spoken = load_spoken_digits()
    >>> three = spoken.sounds[list(spoken.digits).index(3)]
    >>> bool(abs(three).max() < 1)
    True
    """

    sounds: tuple[np.ndarray, ...]
    """Sound pressure between −1 and 1, each of shape (steps,)."""
    digits: np.ndarray
    """What was said, 0 to 9, shape (sounds,)."""
    speakers: np.ndarray
    """Who said it, by name, shape (sounds,)."""
    dt: float
    """Length of a step, ms."""
    name: str
    """What was recorded."""
    licence: str
    """Under which licence, and by whom."""


def load_ecg() -> Signal:
    """An electrocardiogram, the voltage that a beating heart leaves on the skin: 22 s.

    From 18.5 to 20.5 s the electrodes slip, as they do.

    Returns
    -------
    Signal
        In mV, in steps of 1 ms, as the maker of the amplifier converts its 10 bits. BSD licence, Pedro Gomes
        (pyHRV).

    Examples
    --------
    >>> ecg = load_ecg()
    >>> print(f"{ecg.values.min():.2f} to {ecg.values.max():.2f} mV")
    -0.61 to 0.59 mV
    """
    with np.load(_FOLDER / "ecg_bitalino.npz") as file:
        share, dt = file["ecg"] / 1024.0, 1000.0 / float(file["fs"])
    volts = (share - 0.5) * 3.3 / 1100.0  # supply of 3.3 V, gain of 1100
    return Signal(1000.0 * volts, dt, "an electrocardiogram", "BSD, Pedro Gomes (pyHRV)")


def load_spoken_digits() -> SpokenDigits:
    """Six speakers say each of the ten digits three times: 180 sounds of 0.2 to 1.1 s.

    Returns
    -------
    SpokenDigits
        At 8 kHz. Licence CC BY-SA 4.0: what is made from these sounds may be passed on under the same
        licence. Z. Jackson and contributors, Free Spoken Digit Dataset.

    Examples
    --------
    >>> spoken = load_spoken_digits()
    >>> len(spoken.sounds), spoken.dt, [int(digit) for digit in spoken.digits[::18]]
    (180, 0.125, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    """
    with np.load(_FOLDER / "spoken_digits_180.npz") as file:
        share = file["mulaw"] / 127.5 - 1.0  # 8 bits, finer near 0: the μ-law of telephones
        sound = np.sign(share) * np.expm1(np.abs(share) * np.log(256.0)) / 255.0
        sounds = tuple(np.split(sound, file["offset"][1:-1]))
        digits, speakers = file["digit"].astype(np.int64), file["speakers"][file["speaker"]]
        dt = 1000.0 / float(file["fs"])
    return SpokenDigits(
        sounds, digits, speakers, dt, "spoken digits", "CC BY-SA 4.0, Free Spoken Digit Dataset authors"
    )
