"""Part 2, the code: chapters 5 to 8."""

TITLE = "The code"
INTRODUCTION = "Exercises to chapters 5 to 8."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
from snnlab.data import load_grasshopper
"""
ORDER = (
    ("pause", "smoothed", "facing"),
    ("fano", "guess"),
    "listening",
    ("common", "locked", "late", "worth"),
    "claim",
)
