"""Part 8, neurons as likelihoods: chapter 25."""

TITLE = "Neurons as likelihoods"
INTRODUCTION = "Exercises to chapter 25."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
"""
ORDER = (("weighed", "louder"), "rescaled", "channel", "train", "which")
