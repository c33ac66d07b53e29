"""Exercises of chapter 5, random spikes."""

from snnlab.course.exercises.chapter05.coin import COIN
from snnlab.course.exercises.chapter05.four_spikes import FOUR_SPIKES
from snnlab.course.exercises.chapter05.pause import PAUSE
from snnlab.course.exercises.chapter05.waits import WAITS
from snnlab.course.exercises.chapter05.windows import WINDOWS

__all__ = ["EXERCISES"]

EXERCISES = (FOUR_SPIKES, COIN, WAITS, WINDOWS, PAUSE)
