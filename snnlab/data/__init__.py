"""Real recordings, and what can be measured on them."""

from snnlab.data.patch import load_patch_adapting, load_patch_b6, load_patch_fast_spiking
from snnlab.data.recording import Membrane, Recording, detect_spikes, measure_fi, measure_membrane
from snnlab.data.responses import Response, load_grasshopper, load_head_direction
from snnlab.data.shapes import SpikeShapes, measure_shapes
from snnlab.data.steps import Steps, cut_steps

__all__ = [
    "Membrane",
    "Recording",
    "Response",
    "SpikeShapes",
    "Steps",
    "cut_steps",
    "detect_spikes",
    "load_grasshopper",
    "load_head_direction",
    "load_patch_adapting",
    "load_patch_b6",
    "load_patch_fast_spiking",
    "measure_fi",
    "measure_membrane",
    "measure_shapes",
]
