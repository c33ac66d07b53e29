"""How spikes carry a signal: how trains are made, and what can be read from them."""

from snnlab.coding.bernoulli import bernoulli_spikes
from snnlab.coding.coincidence import coincidence_factor
from snnlab.coding.correlated import correlated_spikes
from snnlab.coding.correlogram import Autocorrelogram, autocorrelogram
from snnlab.coding.counts import fano_curve, fano_in_time, fano_over_trials
from snnlab.coding.crosscorrelogram import (
    Crosscorrelogram,
    cross_correlogram,
    jitter_predictor,
    shift_predictor,
)
from snnlab.coding.dead_time import dead_time_spikes
from snnlab.coding.first_spike import decode_first_spikes, encode_first_spikes, rank_order
from snnlab.coding.gamma import gamma_spikes
from snnlab.coding.inhomogeneous import rescaled_spikes, thinned_spikes
from snnlab.coding.irregularity import cv, cv2, intervals, lv, lvr
from snnlab.coding.linear_nonlinear import LinearNonlinear, fit_linear_nonlinear, linear_nonlinear_rate
from snnlab.coding.phase import PhaseLocking, decode_phases, encode_phases, phase_locking, spike_phases
from snnlab.coding.poisson import poisson_spikes
from snnlab.coding.population_decoding import (
    angle_between,
    bayes_posterior,
    population_vector,
    smooth_around,
)
from snnlab.coding.precision import interval_error
from snnlab.coding.rates import RateEstimate, population_activity, psth, smooth_rate, temporal_rate
from snnlab.coding.reconstruction import CrossValidated, Decoder, cross_validate, fit_decoder, reconstruct
from snnlab.coding.reliability import pairwise_reliability
from snnlab.coding.smoothing import SmoothingError, smoothing_error
from snnlab.coding.spectra import Coherence, coherence, information_rate
from snnlab.coding.spike_distances import isi_distance, spike_distance, spike_synchronisation
from snnlab.coding.synchrony import count_correlation, sttc
from snnlab.coding.triggered_average import TriggeredAverage, spike_triggered_average
from snnlab.coding.tuning import TuningCurve, tuning_curve
from snnlab.coding.van_rossum import van_rossum_distance
from snnlab.coding.victor_purpura import victor_purpura_distance

__all__ = [
    "Autocorrelogram",
    "Coherence",
    "CrossValidated",
    "Crosscorrelogram",
    "Decoder",
    "LinearNonlinear",
    "PhaseLocking",
    "RateEstimate",
    "SmoothingError",
    "TriggeredAverage",
    "TuningCurve",
    "angle_between",
    "autocorrelogram",
    "bayes_posterior",
    "bernoulli_spikes",
    "coherence",
    "coincidence_factor",
    "correlated_spikes",
    "count_correlation",
    "cross_correlogram",
    "cross_validate",
    "cv",
    "cv2",
    "dead_time_spikes",
    "decode_first_spikes",
    "decode_phases",
    "encode_first_spikes",
    "encode_phases",
    "fano_curve",
    "fano_in_time",
    "fano_over_trials",
    "fit_decoder",
    "fit_linear_nonlinear",
    "gamma_spikes",
    "information_rate",
    "interval_error",
    "intervals",
    "isi_distance",
    "jitter_predictor",
    "linear_nonlinear_rate",
    "lv",
    "lvr",
    "pairwise_reliability",
    "phase_locking",
    "poisson_spikes",
    "population_activity",
    "population_vector",
    "psth",
    "rank_order",
    "reconstruct",
    "rescaled_spikes",
    "shift_predictor",
    "smooth_around",
    "smooth_rate",
    "smoothing_error",
    "spike_distance",
    "spike_phases",
    "spike_synchronisation",
    "spike_triggered_average",
    "sttc",
    "temporal_rate",
    "thinned_spikes",
    "tuning_curve",
    "van_rossum_distance",
    "victor_purpura_distance",
]
