"""Real recordings, sounds and images, and what can be measured on them."""

from snnlab.data.event_files import load_events
from snnlab.data.events import (
    EventDigits,
    Events,
    event_balance,
    event_counts,
    event_spikes,
    load_nmnist_100,
)
from snnlab.data.images import Images, load_digits, load_mnist_5k
from snnlab.data.membrane import estimate_membrane
from snnlab.data.neo_files import to_neo
from snnlab.data.nwb_files import write_nwb
from snnlab.data.own_recording import load_recording
from snnlab.data.patch import load_patch_adapting, load_patch_b6, load_patch_fast_spiking
from snnlab.data.recording import Membrane, Recording, detect_spikes, measure_fi, measure_membrane
from snnlab.data.responses import Response, load_grasshopper, load_head_direction
from snnlab.data.shapes import SpikeShapes, measure_shapes
from snnlab.data.signals import Signal, SpokenDigits, load_ecg, load_spoken_digits
from snnlab.data.spike_files import load_spikes
from snnlab.data.steps import Steps, cut_steps
from snnlab.data.tables import Table, load_breast_cancer, load_iris

__all__ = [
    "EventDigits",
    "Events",
    "Images",
    "Membrane",
    "Recording",
    "Response",
    "Signal",
    "SpikeShapes",
    "SpokenDigits",
    "Steps",
    "Table",
    "cut_steps",
    "detect_spikes",
    "estimate_membrane",
    "event_balance",
    "event_counts",
    "event_spikes",
    "load_breast_cancer",
    "load_digits",
    "load_ecg",
    "load_events",
    "load_grasshopper",
    "load_head_direction",
    "load_iris",
    "load_mnist_5k",
    "load_nmnist_100",
    "load_patch_adapting",
    "load_patch_b6",
    "load_patch_fast_spiking",
    "load_recording",
    "load_spikes",
    "load_spoken_digits",
    "measure_fi",
    "measure_membrane",
    "measure_shapes",
    "to_neo",
    "write_nwb",
]
