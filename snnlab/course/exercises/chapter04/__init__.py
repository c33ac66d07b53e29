"""Exercises of chapter 4, beyond the last spike."""

from snnlab.course.exercises.chapter04.chance import CHANCE
from snnlab.course.exercises.chapter04.jump import JUMP
from snnlab.course.exercises.chapter04.straight import STRAIGHT
from snnlab.course.exercises.chapter04.three_spikes import THREE_SPIKES

__all__ = ["EXERCISES"]

EXERCISES = (THREE_SPIKES, STRAIGHT, JUMP, CHANCE)
