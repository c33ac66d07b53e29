"""Loihi in whole numbers: its registers, its compartments and its synapses, equal to three emulators."""

from snnlab.loihi.chip import Excess, Limits, Placement, axon_words, place
from snnlab.loihi.compartments import Compartment, CompartmentRun, check_compartment, simulate_compartments
from snnlab.loihi.conventions import BRIAN2_LOIHI, LAVA, NENGO_LOIHI, Convention
from snnlab.loihi.dijkstra import dijkstra_distances
from snnlab.loihi.energy import (
    DEVICES,
    LOIHI,
    Device,
    Energy,
    Operation,
    Work,
    chip_energy,
    energy_elsewhere,
    work_of_run,
)
from snnlab.loihi.event_reader import EventReading, read_in_folds
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
from snnlab.loihi.graph import Graph, check_graph, graph_of_layers, layered_graph, recurrent_graph
from snnlab.loihi.lasso import coordinate_descent, lasso_gaps
from snnlab.loihi.layers import Layer, check_layers, run_layers
from snnlab.loihi.lca import SparseCode, coefficients_at, lasso_loss, lca_connections, spiking_lasso
from snnlab.loihi.network import LayerCounts, LayersRun, run_samples
from snnlab.loihi.nir_graph import FloatLayer, layers_from_nir, nir_from_layers
from snnlab.loihi.quantisation import Quantised, quantise, quantise_weights
from snnlab.loihi.quantised_layer import LayerError, quantise_layer
from snnlab.loihi.recurrent import Connections, NetworkRun, connections_from, simulate_network
from snnlab.loihi.spikes_only import SpikingRun, simulate_spikes
from snnlab.loihi.stepper import Registers, Step, step_compartment, step_through, steps_table
from snnlab.loihi.synapses import Synapse, effective_weights, sign_mode_of, stored_weights, synaptic_input
from snnlab.loihi.wavefront import Roads, Wave, grid_roads, path_to, relayed, send_wave

__all__ = [
    "BRIAN2_LOIHI",
    "DEVICES",
    "EXCITATORY",
    "FLOOR",
    "INHIBITORY",
    "LAVA",
    "LOIHI",
    "MIXED",
    "NEAREST",
    "NENGO_LOIHI",
    "TRUNCATE",
    "Compartment",
    "CompartmentRun",
    "Connections",
    "Convention",
    "Device",
    "Energy",
    "EventReading",
    "Excess",
    "FloatCompartment",
    "FloatLayer",
    "FloatRun",
    "Graph",
    "Layer",
    "LayerCounts",
    "LayerError",
    "LayersRun",
    "Limits",
    "NetworkRun",
    "Operation",
    "Placement",
    "Quantised",
    "Registers",
    "Roads",
    "SparseCode",
    "SpikingRun",
    "Step",
    "Synapse",
    "Wave",
    "Work",
    "axon_words",
    "check_compartment",
    "check_graph",
    "check_layers",
    "chip_energy",
    "coefficients_at",
    "connections_from",
    "coordinate_descent",
    "decayed",
    "dijkstra_distances",
    "effective_weights",
    "energy_elsewhere",
    "float_twin",
    "graph_of_layers",
    "grid_roads",
    "lasso_gaps",
    "lasso_loss",
    "layered_graph",
    "layers_from_nir",
    "lca_connections",
    "nir_from_layers",
    "path_to",
    "place",
    "quantise",
    "quantise_layer",
    "quantise_weights",
    "read_in_folds",
    "recurrent_graph",
    "relayed",
    "rounded",
    "run_layers",
    "run_samples",
    "saturated",
    "scaled_bias",
    "send_wave",
    "sign_mode_of",
    "simulate_compartments",
    "simulate_float_compartments",
    "simulate_network",
    "simulate_spikes",
    "spiking_lasso",
    "step_compartment",
    "step_through",
    "steps_table",
    "stored_weights",
    "synaptic_input",
    "weight_limits",
    "weight_mantissa",
    "work_of_run",
    "wrapped",
]
