"""Schemes: drawings of mechanisms, made by code, each with its words."""

from snnlab.plots.schemes.cells import scheme_of_compartment, scheme_of_membrane
from snnlab.plots.schemes.chip import scheme_of_core
from snnlab.plots.schemes.networks import scheme_of_balance, scheme_of_delay_lines, scheme_of_feedback
from snnlab.plots.schemes.surrogate import scheme_of_surrogate
from snnlab.plots.schemes.synapses import scheme_of_eligibility, scheme_of_engine, scheme_of_stdp
from snnlab.plots.schemes.thresholds import (
    scheme_of_adaptive_threshold,
    scheme_of_event_pixel,
    scheme_of_resets,
    scheme_of_responses,
)

__all__ = [
    "scheme_of_adaptive_threshold",
    "scheme_of_balance",
    "scheme_of_compartment",
    "scheme_of_core",
    "scheme_of_delay_lines",
    "scheme_of_eligibility",
    "scheme_of_engine",
    "scheme_of_event_pixel",
    "scheme_of_feedback",
    "scheme_of_membrane",
    "scheme_of_resets",
    "scheme_of_responses",
    "scheme_of_stdp",
    "scheme_of_surrogate",
]
