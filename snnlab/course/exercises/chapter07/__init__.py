"""Exercises of chapter 7, codes in time."""

from snnlab.course.exercises.chapter07.earlier import EARLIER
from snnlab.course.exercises.chapter07.jitter import JITTER
from snnlab.course.exercises.chapter07.order import ORDER
from snnlab.course.exercises.chapter07.shared import SHARED

__all__ = ["EXERCISES"]

EXERCISES = (EARLIER, ORDER, JITTER, SHARED)
