"""Part 1, the neuron: chapters 1 to 4."""

TITLE = "The neuron"
INTRODUCTION = (
    "Exercises to chapters 1 to 4. The numbers are yours alone: your neighbour has others. Write your answers "
    "into the cells that say so, run the notebook from top to bottom, and hand in this file."
)
SETUP = """
import math

import numpy as np

from snnlab.course import check_form, exercise
from snnlab.neurons import LIF
"""
ORDER = ("latency",)
