"""Loihi in whole numbers: compartments and synapses equal to three emulators, learning, cores and energy."""

from snnlab.loihi.applications.dijkstra import dijkstra_distances
from snnlab.loihi.applications.lasso import lasso_gaps
from snnlab.loihi.applications.lca import spiking_lasso
from snnlab.loihi.applications.wavefront import Roads, grid_roads, path_to, send_wave
from snnlab.loihi.conventions import (
    BRIAN2_LOIHI,
    EXPONENTIAL,
    FIRST_ORDER,
    LAVA,
    NENGO_LOIHI,
    ONCE_AN_EPOCH,
    Convention,
)
from snnlab.loihi.fixed_point import (
    EXCITATORY,
    FLOOR,
    INHIBITORY,
    MIXED,
    NEAREST,
    SPLIT,
    TRUNCATE,
    decayed,
    rounded,
)
from snnlab.loihi.mapping.chip import Limits, axon_words
from snnlab.loihi.mapping.energy import DEVICES, LOIHI, chip_energy, core_times, energy_elsewhere, work_of_run
from snnlab.loihi.mapping.graph import Graph, graph_of_layers, layered_graph, recurrent_graph
from snnlab.loihi.mapping.placing import place, place_in_order
from snnlab.loihi.networks.closed_loop import learn_in_network
from snnlab.loihi.networks.clustered_digits import (
    CLUSTER_RULE,
    chip_responses,
    equal_ink,
    learn_chip_clusters,
)
from snnlab.loihi.networks.event_reader import read_in_folds
from snnlab.loihi.networks.layers import Layer, run_layers
from snnlab.loihi.networks.learning_group import LearningGroup
from snnlab.loihi.networks.nir_graph import FloatLayer, layers_from_nir, nir_from_layers
from snnlab.loihi.networks.quantisation import quantise, quantise_weights
from snnlab.loihi.networks.quantised_layer import quantise_layer
from snnlab.loihi.networks.recurrent import SynapseGroup, simulate_network
from snnlab.loihi.networks.rewarded_choice import CHOICE_RULES, learn_choice
from snnlab.loihi.networks.sample_runs import run_samples
from snnlab.loihi.neuron.compartments import Compartment, simulate_compartments
from snnlab.loihi.neuron.float_twin import FloatCompartment, float_twin, simulate_float_compartments
from snnlab.loihi.neuron.spikes_only import simulate_spikes
from snnlab.loihi.neuron.stepper import Registers, step_compartment, step_through, steps_table
from snnlab.loihi.neuron.synapses import Synapse, effective_weights, stored_weights, synaptic_input
from snnlab.loihi.neuron.traces import Trace, Traces, simulate_trace
from snnlab.loihi.plasticity.given_spikes import learn, learn_real
from snnlab.loihi.plasticity.grammar import explain_rule, parse_rule
from snnlab.loihi.plasticity.pairing import pairing_change, pairing_change_real
from snnlab.loihi.plasticity.rule_errors import RuleError
from snnlab.loihi.plasticity.rules import (
    REWARD_RULES,
    STDP_RULE,
    TRIPLET_RULE,
    Factor,
    Rule,
    Term,
    term_shift,
)
from snnlab.loihi.random_numbers import lava_generators

__all__ = [
    "BRIAN2_LOIHI",
    "CHOICE_RULES",
    "CLUSTER_RULE",
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
    "SPLIT",
    "STDP_RULE",
    "TRIPLET_RULE",
    "TRUNCATE",
    "Compartment",
    "Convention",
    "Factor",
    "FloatCompartment",
    "FloatLayer",
    "Graph",
    "Layer",
    "LearningGroup",
    "Limits",
    "Registers",
    "Roads",
    "Rule",
    "RuleError",
    "Synapse",
    "SynapseGroup",
    "Term",
    "Trace",
    "Traces",
    "axon_words",
    "chip_energy",
    "chip_responses",
    "core_times",
    "decayed",
    "dijkstra_distances",
    "effective_weights",
    "energy_elsewhere",
    "equal_ink",
    "explain_rule",
    "float_twin",
    "graph_of_layers",
    "grid_roads",
    "lasso_gaps",
    "lava_generators",
    "layered_graph",
    "layers_from_nir",
    "learn",
    "learn_chip_clusters",
    "learn_choice",
    "learn_in_network",
    "learn_real",
    "nir_from_layers",
    "pairing_change",
    "pairing_change_real",
    "parse_rule",
    "path_to",
    "place",
    "place_in_order",
    "quantise",
    "quantise_layer",
    "quantise_weights",
    "read_in_folds",
    "recurrent_graph",
    "rounded",
    "run_layers",
    "run_samples",
    "send_wave",
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
    "work_of_run",
]
