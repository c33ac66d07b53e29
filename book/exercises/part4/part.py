"""Part 4, roads from ordinary networks: chapters 12 to 14."""

TITLE = "Roads from ordinary networks"
INTRODUCTION = "Exercises to chapters 12 to 14."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
"""
ORDER = (("turned", "scale"), ("latent", "holds"), ("sure", "watched"), "decoders", ("drawn", "soft"), "road")
