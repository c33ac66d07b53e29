"""Exercises of chapter 16, surrogate gradients."""

from snnlab.course.exercises.chapter16.colleague import COLLEAGUE
from snnlab.course.exercises.chapter16.heard import HEARD
from snnlab.course.exercises.chapter16.nudge import NUDGE
from snnlab.course.exercises.chapter16.step_back import STEP_BACK

__all__ = ["EXERCISES"]

EXERCISES = (NUDGE, STEP_BACK, COLLEAGUE, HEARD)
