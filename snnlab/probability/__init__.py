"""Neurons as likelihoods: how probable is it that a neuron fires just the spikes that it fired?"""

from snnlab.probability.added_terms import TermBits, added_terms
from snnlab.probability.bases import raised_cosines
from snnlab.probability.design_matrix import Design, design_matrix, filter_of, filtered
from snnlab.probability.glm_filters import FittedFilter, filters_of
from snnlab.probability.glm_fit import (
    GLMFit,
    confidence_intervals,
    filter_errors,
    fit_glm,
    glm_potential,
)
from snnlab.probability.glm_free_run import run_freely
from snnlab.probability.glm_simulation import GLMRun, simulate_glm
from snnlab.probability.glm_stability import Stability, stability_of
from snnlab.probability.hidden_likelihood import SparsityPrior, enumerate_hidden
from snnlab.probability.hidden_network import HiddenNetwork, initial_hidden_network, run_hidden_network
from snnlab.probability.hidden_xor import learn_hidden_xor
from snnlab.probability.information_channel import channel_information, word_information
from snnlab.probability.information_ratio import ratio_information
from snnlab.probability.links import expected_counts, log_likelihood
from snnlab.probability.online_glm import learn_glm
from snnlab.probability.ridge_choice import RidgeChoice, choose_ridge
from snnlab.probability.scores import bits_per_spike, deviance
from snnlab.probability.stdp_window import likelihood_window
from snnlab.probability.time_rescaling import Rescaling, rescale_time, rescale_time_naively
from snnlab.probability.variational_rule import VariationalRule, learn_hidden

__all__ = [
    "Design",
    "FittedFilter",
    "GLMFit",
    "GLMRun",
    "HiddenNetwork",
    "Rescaling",
    "RidgeChoice",
    "SparsityPrior",
    "Stability",
    "TermBits",
    "VariationalRule",
    "added_terms",
    "bits_per_spike",
    "channel_information",
    "choose_ridge",
    "confidence_intervals",
    "design_matrix",
    "deviance",
    "enumerate_hidden",
    "expected_counts",
    "filter_errors",
    "filter_of",
    "filtered",
    "filters_of",
    "fit_glm",
    "glm_potential",
    "initial_hidden_network",
    "learn_glm",
    "learn_hidden",
    "learn_hidden_xor",
    "likelihood_window",
    "log_likelihood",
    "raised_cosines",
    "ratio_information",
    "rescale_time",
    "rescale_time_naively",
    "run_freely",
    "run_hidden_network",
    "simulate_glm",
    "stability_of",
    "word_information",
]
