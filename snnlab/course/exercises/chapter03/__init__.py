"""Exercises of chapter 3, the spike response model."""

from snnlab.course.exercises.chapter03.kernel_from_intervals import KERNEL
from snnlab.course.exercises.chapter03.next_spike import NEXT_SPIKE
from snnlab.course.exercises.chapter03.potential import POTENTIAL
from snnlab.course.exercises.chapter03.together import TOGETHER

__all__ = ["EXERCISES"]

EXERCISES = (NEXT_SPIKE, TOGETHER, POTENTIAL, KERNEL)
