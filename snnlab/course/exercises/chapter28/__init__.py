"""Exercises of chapter 28, a network on the chip."""

from snnlab.course.exercises.chapter28.first_spikes import FIRST_SPIKES
from snnlab.course.exercises.chapter28.joules import JOULES
from snnlab.course.exercises.chapter28.rates import RATES
from snnlab.course.exercises.chapter28.refused import REFUSED
from snnlab.course.exercises.chapter28.relays import RELAYS

__all__ = ["EXERCISES"]

EXERCISES = (REFUSED, JOULES, FIRST_SPIKES, RELAYS, RATES)
