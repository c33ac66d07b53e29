"""Part 6, spikes with a slope: chapters 15 to 18."""

TITLE = "Spikes with a slope"
INTRODUCTION = "Exercises to chapters 15 to 18."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
"""
ORDER = (("again", "cliff", "lie"), ("race", "pulled"), ("heard", "stopped"), ("trace", "backwards"), "slope")
