"""Part 3, networks: chapters 9 to 11."""

TITLE = "Networks"
INTRODUCTION = "Exercises to chapters 9 to 11."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form
from snnlab.data import load_nmnist_100
"""
ORDER = (("balance", "apart"), ("events", "reached"), ("frames", "ticks"), ("price", "pixel"), "because")
