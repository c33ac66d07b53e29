"""Part 1, the neuron: chapters 1 to 4."""

TITLE = "The neuron"
INTRODUCTION = "Exercises to chapters 1 to 4."
SETUP = """
import math

import numpy as np

from snnlab.course import check_form, exercise
from snnlab.data import detect_spikes, load_patch_fast_spiking
"""
ORDER = (
    ("latency", "push", "gate", "settled", "kicks", "chance"),
    "potential",
    "sweep",
    "curtain",
    "judgement",
)
