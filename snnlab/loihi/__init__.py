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
from snnlab.loihi.float_twin import FloatCompartment, FloatRun, float_twin, simulate_float_compartments
from snnlab.loihi.spikes_only import SpikingRun, simulate_spikes
from snnlab.loihi.stepper import Registers, Step, step_compartment, step_through, steps_table
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
    "FloatCompartment",
    "FloatRun",
    "Registers",
    "SpikingRun",
    "Step",
    "Synapse",
    "check_compartment",
    "decayed",
    "effective_weights",
    "float_twin",
    "rounded",
    "saturated",
    "scaled_bias",
    "sign_mode_of",
    "simulate_compartments",
    "simulate_float_compartments",
    "simulate_spikes",
    "step_compartment",
    "step_through",
    "steps_table",
    "stored_weights",
    "synaptic_input",
    "weight_limits",
    "weight_mantissa",
    "wrapped",
]
