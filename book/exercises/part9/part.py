"""Part 9, teaching and the chip: chapters 24 and 26 to 28."""

TITLE = "Teaching and the chip"
INTRODUCTION = "Exercises to chapters 24 and 26 to 28."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
"""
ORDER = ("credit", "registers", "engine", "needs", "follows")
