"""Exercises of chapter 22, clustering digits without labels."""

from snnlab.course.exercises.chapter22.gain import GAIN
from snnlab.course.exercises.chapter22.naming import NAMING
from snnlab.course.exercises.chapter22.overtaken import OVERTAKEN

__all__ = ["EXERCISES"]

EXERCISES = (OVERTAKEN, GAIN, NAMING)
