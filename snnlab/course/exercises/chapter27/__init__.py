"""Exercises of chapter 27, the learning engine of Loihi."""

from snnlab.course.exercises.chapter27.half_life import HALF_LIFE
from snnlab.course.exercises.chapter27.mend import MEND
from snnlab.course.exercises.chapter27.one_epoch import ONE_EPOCH
from snnlab.course.exercises.chapter27.own_rule import OWN_RULE
from snnlab.course.exercises.chapter27.window import WINDOW

__all__ = ["EXERCISES"]

EXERCISES = (ONE_EPOCH, MEND, WINDOW, HALF_LIFE, OWN_RULE)
