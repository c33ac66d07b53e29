"""Exercises of chapter 26, Loihi's neuron in integers."""

from snnlab.course.exercises.chapter26.decay import DECAY
from snnlab.course.exercises.chapter26.largest import LARGEST
from snnlab.course.exercises.chapter26.still import STILL
from snnlab.course.exercises.chapter26.stored import STORED

__all__ = ["EXERCISES"]

EXERCISES = (STILL, DECAY, STORED, LARGEST)
