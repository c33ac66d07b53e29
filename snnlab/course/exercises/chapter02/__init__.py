"""Exercises of chapter 2, the leaky integrate-and-fire neuron."""

from snnlab.course.exercises.chapter02.curtain import CURTAIN
from snnlab.course.exercises.chapter02.one_step import ONE_STEP
from snnlab.course.exercises.chapter02.overflow import OVERFLOW
from snnlab.course.exercises.chapter02.rate import RATE
from snnlab.course.exercises.chapter02.twice import TWICE

__all__ = ["EXERCISES"]

EXERCISES = (OVERFLOW, ONE_STEP, TWICE, CURTAIN, RATE)
