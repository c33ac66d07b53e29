"""Loihi in whole numbers: its registers, its compartments and its synapses, equal to three emulators."""

from snnlab.loihi.compartments import Compartment, CompartmentRun, check_compartment, simulate_compartments
from snnlab.loihi.conventions import BRIAN2_LOIHI, LAVA, NENGO_LOIHI, Convention
from snnlab.loihi.fixed import (
    EXCITATORY,
    FLOOR,
    INHIBITORY,
    MIXED,
    NEAREST,
    TRUNCATE,
    decayed,
    rounded,
    saturated,
    scaled_bias,
    weight_limits,
    weight_mantissa,
    wrapped,
)
from snnlab.loihi.synapses import Synapse, effective_weights, sign_mode_of, stored_weights, synaptic_input

__all__ = [
    "BRIAN2_LOIHI",
    "EXCITATORY",
    "FLOOR",
    "INHIBITORY",
    "LAVA",
    "MIXED",
    "NEAREST",
    "NENGO_LOIHI",
    "TRUNCATE",
    "Compartment",
    "CompartmentRun",
    "Convention",
    "Synapse",
    "check_compartment",
    "decayed",
    "effective_weights",
    "rounded",
    "saturated",
    "scaled_bias",
    "sign_mode_of",
    "simulate_compartments",
    "stored_weights",
    "synaptic_input",
    "weight_limits",
    "weight_mantissa",
    "wrapped",
]
