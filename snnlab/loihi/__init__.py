"""Loihi in whole numbers: compartments and synapses equal to three emulators, learning, cores and energy."""

from snnlab.loihi.chip import Excess, Limits, Placement, axon_words, place
from snnlab.loihi.compartments import Compartment, CompartmentRun, check_compartment, simulate_compartments
from snnlab.loihi.conventions import (
    BRIAN2_LOIHI,
    EXPONENTIAL,
    FIRST_ORDER,
    LAVA,
    NENGO_LOIHI,
    ONCE_AN_EPOCH,
    Convention,
)
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
from snnlab.loihi.grammar import explain_rule, parse_rule
from snnlab.loihi.graph import Graph, check_graph, graph_of_layers, layered_graph, recurrent_graph
from snnlab.loihi.lasso import coordinate_descent, lasso_gaps
from snnlab.loihi.layers import Layer, check_layers, run_layers
from snnlab.loihi.lca import SparseCode, coefficients_at, lasso_loss, lca_connections, spiking_lasso
from snnlab.loihi.learning import LearningRun, learn, learn_real
from snnlab.loihi.network import LayerCounts, LayersRun, run_samples
from snnlab.loihi.nir_graph import FloatLayer, layers_from_nir, nir_from_layers
from snnlab.loihi.pairing import STDP_TRACES, pairing_change, pairing_change_real
from snnlab.loihi.quantisation import Quantised, quantise, quantise_weights
from snnlab.loihi.quantised_layer import LayerError, quantise_layer
from snnlab.loihi.recurrent import Connections, NetworkRun, connections_from, simulate_network
from snnlab.loihi.rounding import LavaGenerators, lava_generators
from snnlab.loihi.rule_errors import RuleError
from snnlab.loihi.rules import REWARD_RULES, STDP_RULE, TRIPLET_RULE, Factor, Rule, Term, term_shift
from snnlab.loihi.spikes_only import SpikingRun, simulate_spikes
from snnlab.loihi.stepper import Registers, Step, step_compartment, step_through, steps_table
from snnlab.loihi.synapses import Synapse, effective_weights, sign_mode_of, stored_weights, synaptic_input
from snnlab.loihi.traces import Trace, Traces, simulate_trace, trace_kept
from snnlab.loihi.wavefront import Roads, Wave, grid_roads, path_to, relayed, send_wave

__all__ = [
    "BRIAN2_LOIHI",
    "DEVICES",
    "EXCITATORY",
    "EXPONENTIAL",
    "FIRST_ORDER",
    "FLOOR",
    "INHIBITORY",
    "LAVA",
    "LOIHI",
    "MIXED",
    "NEAREST",
    "NENGO_LOIHI",
    "ONCE_AN_EPOCH",
    "REWARD_RULES",
    "STDP_RULE",
    "STDP_TRACES",
    "TRIPLET_RULE",
    "TRUNCATE",
    "Compartment",
    "CompartmentRun",
    "Connections",
    "Convention",
    "Device",
    "Energy",
    "EventReading",
    "Excess",
    "Factor",
    "FloatCompartment",
    "FloatLayer",
    "FloatRun",
    "Graph",
    "LavaGenerators",
    "Layer",
    "LayerCounts",
    "LayerError",
    "LayersRun",
    "LearningRun",
    "Limits",
    "NetworkRun",
    "Operation",
    "Placement",
    "Quantised",
    "Registers",
    "Roads",
    "Rule",
    "RuleError",
    "SparseCode",
    "SpikingRun",
    "Step",
    "Synapse",
    "Term",
    "Trace",
    "Traces",
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
    "explain_rule",
    "float_twin",
    "graph_of_layers",
    "grid_roads",
    "lasso_gaps",
    "lasso_loss",
    "lava_generators",
    "layered_graph",
    "layers_from_nir",
    "lca_connections",
    "learn",
    "learn_real",
    "nir_from_layers",
    "pairing_change",
    "pairing_change_real",
    "parse_rule",
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
    "simulate_trace",
    "spiking_lasso",
    "step_compartment",
    "step_through",
    "steps_table",
    "stored_weights",
    "synaptic_input",
    "term_shift",
    "trace_kept",
    "weight_limits",
    "weight_mantissa",
    "work_of_run",
    "wrapped",
]
