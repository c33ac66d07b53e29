"""Neurons as likelihoods: how probable is it that a neuron fires just the spikes that it fired?"""

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
from snnlab.probability.links import expected_counts, log_likelihood
from snnlab.probability.online_glm import learn_glm
from snnlab.probability.ridge_choice import RidgeChoice, choose_ridge
from snnlab.probability.scores import bits_per_spike, deviance
from snnlab.probability.time_rescaling import Rescaling, rescale_time, rescale_time_naively

__all__ = [
    "Design",
    "FittedFilter",
    "GLMFit",
    "GLMRun",
    "Rescaling",
    "RidgeChoice",
    "Stability",
    "bits_per_spike",
    "choose_ridge",
    "confidence_intervals",
    "design_matrix",
    "deviance",
    "expected_counts",
    "filter_errors",
    "filter_of",
    "filtered",
    "filters_of",
    "fit_glm",
    "glm_potential",
    "learn_glm",
    "log_likelihood",
    "raised_cosines",
    "rescale_time",
    "rescale_time_naively",
    "run_freely",
    "simulate_glm",
    "stability_of",
]
