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
from snnlab.loihi.network import Layer, LayerCounts, LayersRun, check_layers, run_layers, run_samples
from snnlab.loihi.quantise import LayerError, Quantised, quantise, quantise_layer, quantise_weights
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
    "Layer",
    "LayerCounts",
    "LayerError",
    "LayersRun",
    "Quantised",
    "Synapse",
    "check_compartment",
    "check_layers",
    "decayed",
    "effective_weights",
    "quantise",
    "quantise_layer",
    "quantise_weights",
    "rounded",
    "run_layers",
    "run_samples",
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
