"""Exercises of chapter 21, what STDP learns."""

from snnlab.course.exercises.chapter21.pulled_down import PULLED_DOWN
from snnlab.course.exercises.chapter21.standing_still import STANDING_STILL
from snnlab.course.exercises.chapter21.step import STEP
from snnlab.course.exercises.chapter21.which_alpha import WHICH_ALPHA

__all__ = ["EXERCISES"]

EXERCISES = (PULLED_DOWN, STEP, STANDING_STILL, WHICH_ALPHA)
