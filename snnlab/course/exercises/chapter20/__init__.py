"""Exercises of chapter 20, Hebb and STDP."""

from snnlab.course.exercises.chapter20.all_pairs import ALL_PAIRS
from snnlab.course.exercises.chapter20.faster import FASTER
from snnlab.course.exercises.chapter20.measured import MEASURED
from snnlab.course.exercises.chapter20.three_spikes import THREE_SPIKES

__all__ = ["EXERCISES"]

EXERCISES = (THREE_SPIKES, ALL_PAIRS, MEASURED, FASTER)
