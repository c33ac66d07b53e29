"""Exercises of chapter 8, spikes or rates?"""

from snnlab.course.exercises.chapter08.added_up import ADDED_UP
from snnlab.course.exercises.chapter08.believed import BELIEVED
from snnlab.course.exercises.chapter08.crowd import CROWD
from snnlab.course.exercises.chapter08.listening import LISTENING

__all__ = ["EXERCISES"]

EXERCISES = (ADDED_UP, CROWD, LISTENING, BELIEVED)
