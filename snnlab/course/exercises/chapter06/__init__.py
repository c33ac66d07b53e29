"""Exercises of chapter 6, three meanings of rate."""

from snnlab.course.exercises.chapter06.experiments import EXPERIMENTS
from snnlab.course.exercises.chapter06.intervals import INTERVALS
from snnlab.course.exercises.chapter06.looking import LOOKING
from snnlab.course.exercises.chapter06.repetitions import REPETITIONS

__all__ = ["EXERCISES"]

EXERCISES = (REPETITIONS, INTERVALS, LOOKING, EXPERIMENTS)
