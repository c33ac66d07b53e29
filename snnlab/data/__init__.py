"""Real recordings, and what can be measured on them."""

from snnlab.data.patch import load_patch_b6, load_patch_fast_spiking
from snnlab.data.recording import Membrane, Recording, detect_spikes, measure_fi, measure_membrane

__all__ = [
    "Membrane",
    "Recording",
    "detect_spikes",
    "load_patch_b6",
    "load_patch_fast_spiking",
    "measure_fi",
    "measure_membrane",
]
