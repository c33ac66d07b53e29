"""Loihi in whole numbers: its registers, its compartments and its synapses, equal to three emulators."""

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
from snnlab.loihi.grammar import explain_rule, parse_rule
from snnlab.loihi.learning import LearningRun, learn, learn_real
from snnlab.loihi.pairing import STDP_TRACES, pairing_change, pairing_change_real
from snnlab.loihi.rounding import LavaGenerators, lava_generators
from snnlab.loihi.rule_errors import RuleError
from snnlab.loihi.rules import REWARD_RULES, STDP_RULE, TRIPLET_RULE, Factor, Rule, Term, term_shift
from snnlab.loihi.synapses import Synapse, effective_weights, sign_mode_of, stored_weights, synaptic_input
from snnlab.loihi.traces import Trace, Traces, simulate_trace, trace_kept

__all__ = [
    "BRIAN2_LOIHI",
    "EXCITATORY",
    "EXPONENTIAL",
    "FIRST_ORDER",
    "FLOOR",
    "INHIBITORY",
    "LAVA",
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
    "Convention",
    "Factor",
    "LavaGenerators",
    "LearningRun",
    "Rule",
    "RuleError",
    "Synapse",
    "Term",
    "Trace",
    "Traces",
    "check_compartment",
    "decayed",
    "effective_weights",
    "explain_rule",
    "lava_generators",
    "learn",
    "learn_real",
    "pairing_change",
    "pairing_change_real",
    "parse_rule",
    "rounded",
    "saturated",
    "scaled_bias",
    "sign_mode_of",
    "simulate_compartments",
    "simulate_trace",
    "stored_weights",
    "synaptic_input",
    "term_shift",
    "trace_kept",
    "weight_limits",
    "weight_mantissa",
    "wrapped",
]
