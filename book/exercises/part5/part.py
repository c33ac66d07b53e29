"""Part 5, learning without gradients: chapters 20 to 22."""

TITLE = "Learning without gradients"
INTRODUCTION = "Exercises to chapters 20 to 22."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
from snnlab.data import load_digits
"""
ORDER = (("spikes", "measured"), "nearest", ("drift", "income"), ("piles", "scaled"), "local")
