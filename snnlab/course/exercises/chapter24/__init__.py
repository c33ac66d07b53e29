"""Exercises of chapter 24, teaching and reward."""

from snnlab.course.exercises.chapter24.factors import FACTORS
from snnlab.course.exercises.chapter24.forced_pair import FORCED_PAIR
from snnlab.course.exercises.chapter24.how_long import HOW_LONG
from snnlab.course.exercises.chapter24.late_reward import LATE_REWARD
from snnlab.course.exercises.chapter24.longer import LONGER

__all__ = ["EXERCISES"]

EXERCISES = (FORCED_PAIR, LATE_REWARD, HOW_LONG, FACTORS, LONGER)
