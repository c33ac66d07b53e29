"""How spikes carry a signal: how trains are made, and what can be read from them."""

from snnlab.coding.codes.burst_code import decode_bursts, encode_bursts
from snnlab.coding.codes.code_costs import CodeCost, compare_codes
from snnlab.coding.codes.first_spike import decode_first_spikes, encode_first_spikes, rank_order
from snnlab.coding.codes.level_crossing import decode_level_crossings, encode_level_crossings
from snnlab.coding.codes.phase import decode_phases, encode_phases, phase_locking, spike_phases
from snnlab.coding.codes.race import race_lif, race_poisson
from snnlab.coding.codes.rank_race import rank_race
from snnlab.coding.codes.rate_code import decode_rates, encode_rates
from snnlab.coding.codes.reaction import first_spike_correct
from snnlab.coding.codes.receptive_fields import (
    ReceptiveFields,
    decode_fields,
    encode_fields,
    receptive_fields,
)
from snnlab.coding.codes.sound import Cochlea, encode_levels, sound_levels
from snnlab.coding.codes.windows import join_windows, window_means
from snnlab.coding.decoding.direction_decoding import decode_direction
from snnlab.coding.decoding.information import mutual_information, poisson_information, spike_words
from snnlab.coding.decoding.information_bias import estimate_information, information_bias
from snnlab.coding.decoding.linear_nonlinear import (
    LinearNonlinear,
    fit_linear_nonlinear,
    linear_nonlinear_rate,
)
from snnlab.coding.decoding.population_decoding import angle_between, bayes_posterior, population_vector
from snnlab.coding.decoding.reconstruction import Decoder, cross_validate, fit_decoder, reconstruct
from snnlab.coding.decoding.tuning import TuningCurve, tuning_curve
from snnlab.coding.decoding.wiener import fit_wiener
from snnlab.coding.distances.coincidence import coincidence_factor
from snnlab.coding.distances.distance_matrix import distance_matrix
from snnlab.coding.distances.spike_distances import isi_distance, spike_distance, spike_synchronisation
from snnlab.coding.distances.van_rossum import van_rossum_distance
from snnlab.coding.distances.victor_purpura import victor_purpura_distance
from snnlab.coding.generators.bernoulli import bernoulli_spikes
from snnlab.coding.generators.correlated import correlated_spikes
from snnlab.coding.generators.dead_time import dead_time_spikes
from snnlab.coding.generators.gamma import gamma_spikes
from snnlab.coding.generators.inhomogeneous import rescaled_spikes, thinned_spikes
from snnlab.coding.generators.poisson import poisson_spikes
from snnlab.coding.generators.superposition import population_spikes
from snnlab.coding.statistics.correlogram import autocorrelogram
from snnlab.coding.statistics.counts import fano_curve, fano_in_time, fano_over_trials
from snnlab.coding.statistics.crosscorrelogram import cross_correlogram, jitter_predictor, shift_predictor
from snnlab.coding.statistics.irregularity import cv, cv2, intervals, lv, lvr
from snnlab.coding.statistics.optimal_width import optimal_width
from snnlab.coding.statistics.precision import interval_error
from snnlab.coding.statistics.rates import RateEstimate, population_activity, psth, smooth_rate, temporal_rate
from snnlab.coding.statistics.reliability import pairwise_reliability
from snnlab.coding.statistics.smoothing import smoothing_error
from snnlab.coding.statistics.spectra import coherence, information_rate
from snnlab.coding.statistics.synchrony import count_correlation, sttc
from snnlab.coding.statistics.triggered_average import spike_triggered_average

__all__ = [
    "Cochlea",
    "CodeCost",
    "Decoder",
    "LinearNonlinear",
    "RateEstimate",
    "ReceptiveFields",
    "TuningCurve",
    "angle_between",
    "autocorrelogram",
    "bayes_posterior",
    "bernoulli_spikes",
    "coherence",
    "coincidence_factor",
    "compare_codes",
    "correlated_spikes",
    "count_correlation",
    "cross_correlogram",
    "cross_validate",
    "cv",
    "cv2",
    "dead_time_spikes",
    "decode_bursts",
    "decode_direction",
    "decode_fields",
    "decode_first_spikes",
    "decode_level_crossings",
    "decode_phases",
    "decode_rates",
    "distance_matrix",
    "encode_bursts",
    "encode_fields",
    "encode_first_spikes",
    "encode_level_crossings",
    "encode_levels",
    "encode_phases",
    "encode_rates",
    "estimate_information",
    "fano_curve",
    "fano_in_time",
    "fano_over_trials",
    "first_spike_correct",
    "fit_decoder",
    "fit_linear_nonlinear",
    "fit_wiener",
    "gamma_spikes",
    "information_bias",
    "information_rate",
    "interval_error",
    "intervals",
    "isi_distance",
    "jitter_predictor",
    "join_windows",
    "linear_nonlinear_rate",
    "lv",
    "lvr",
    "mutual_information",
    "optimal_width",
    "pairwise_reliability",
    "phase_locking",
    "poisson_information",
    "poisson_spikes",
    "population_activity",
    "population_spikes",
    "population_vector",
    "psth",
    "race_lif",
    "race_poisson",
    "rank_order",
    "rank_race",
    "receptive_fields",
    "reconstruct",
    "rescaled_spikes",
    "shift_predictor",
    "smooth_rate",
    "smoothing_error",
    "sound_levels",
    "spike_distance",
    "spike_phases",
    "spike_synchronisation",
    "spike_triggered_average",
    "spike_words",
    "sttc",
    "temporal_rate",
    "thinned_spikes",
    "tuning_curve",
    "van_rossum_distance",
    "victor_purpura_distance",
    "window_means",
]
