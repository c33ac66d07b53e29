"""Exercises of chapter 1, the spiking neuron."""

from snnlab.course.exercises.chapter01.crossings import CROSSINGS
from snnlab.course.exercises.chapter01.poisoned import POISONED
from snnlab.course.exercises.chapter01.push import PUSH
from snnlab.course.exercises.chapter01.warm import WARM

__all__ = ["EXERCISES"]

EXERCISES = (PUSH, WARM, POISONED, CROSSINGS)
