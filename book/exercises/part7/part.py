"""Part 7, memory and credit: chapters 19 and 23."""

TITLE = "Memory and credit"
INTRODUCTION = "Exercises to chapters 19 and 23."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
"""
ORDER = (("recall", "said"), "turn", ("nudged", "noisy"), ("adapts", "waits"), "verdict")
