"""Exercises of chapter 28, a network on the chip."""

from snnlab.course.exercises.chapter28.first_spikes import FIRST_SPIKES
from snnlab.course.exercises.chapter28.relays import RELAYS

__all__ = ["EXERCISES"]

EXERCISES = (FIRST_SPIKES, RELAYS)
