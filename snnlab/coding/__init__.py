"""How spikes carry a signal: how trains are made, and what can be read from them."""

from snnlab.coding.bernoulli import bernoulli_spikes
from snnlab.coding.burst_code import decode_bursts, encode_bursts
from snnlab.coding.code_costs import CodeCost, compare_codes, compare_value_codes, reconstruction_error
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
from snnlab.coding.facing import DecodedDirection, decode_direction
from snnlab.coding.first_spike import decode_first_spikes, encode_first_spikes, rank_order
from snnlab.coding.gamma import gamma_spikes
from snnlab.coding.information import joint_counts, mutual_information, poisson_information, spike_words
from snnlab.coding.information_bias import InformationEstimate, estimate_information, information_bias
from snnlab.coding.inhomogeneous import rescaled_spikes, thinned_spikes
from snnlab.coding.irregularity import cv, cv2, intervals, lv, lvr
from snnlab.coding.level_crossing import decode_level_crossings, encode_level_crossings
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
from snnlab.coding.race import Race, race_lif, race_poisson
from snnlab.coding.rank_race import RankRace, rank_race
from snnlab.coding.rank_readout import best_template, class_templates, rank_weights, ranks_of_rows
from snnlab.coding.rate_code import decode_rates, encode_rates
from snnlab.coding.rates import RateEstimate, population_activity, psth, smooth_rate, temporal_rate
from snnlab.coding.reaction import (
    count_correct,
    count_window,
    first_spike_correct,
    order_probability,
    relay_correct,
)
from snnlab.coding.receptive_fields import (
    ReceptiveFields,
    decode_fields,
    encode_fields,
    field_responses,
    receptive_fields,
)
from snnlab.coding.reconstruction import CrossValidated, Decoder, cross_validate, fit_decoder, reconstruct
from snnlab.coding.reliability import pairwise_reliability
from snnlab.coding.smoothing import SmoothingError, smoothing_error
from snnlab.coding.sound import Cochlea, check_cochlea, encode_levels, sound_levels
from snnlab.coding.spectra import Coherence, coherence, information_rate
from snnlab.coding.spike_distances import isi_distance, spike_distance, spike_synchronisation
from snnlab.coding.stages import Stages, race_stages
from snnlab.coding.superposition import population_spikes
from snnlab.coding.synchrony import count_correlation, sttc
from snnlab.coding.triggered_average import TriggeredAverage, spike_triggered_average
from snnlab.coding.tuning import TuningCurve, tuning_curve
from snnlab.coding.van_rossum import van_rossum_distance
from snnlab.coding.victor_purpura import victor_purpura_distance
from snnlab.coding.wiener import WienerFilter, fit_wiener
from snnlab.coding.windows import cut_windows, join_windows, line_up_windows, window_means

__all__ = [
    "Autocorrelogram",
    "Cochlea",
    "CodeCost",
    "Coherence",
    "CrossValidated",
    "Crosscorrelogram",
    "DecodedDirection",
    "Decoder",
    "InformationEstimate",
    "LinearNonlinear",
    "PhaseLocking",
    "Race",
    "RankRace",
    "RateEstimate",
    "ReceptiveFields",
    "SmoothingError",
    "Stages",
    "TriggeredAverage",
    "TuningCurve",
    "WienerFilter",
    "angle_between",
    "autocorrelogram",
    "bayes_posterior",
    "bernoulli_spikes",
    "best_template",
    "check_cochlea",
    "class_templates",
    "coherence",
    "coincidence_factor",
    "compare_codes",
    "compare_value_codes",
    "correlated_spikes",
    "count_correct",
    "count_correlation",
    "count_window",
    "cross_correlogram",
    "cross_validate",
    "cut_windows",
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
    "field_responses",
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
    "joint_counts",
    "line_up_windows",
    "linear_nonlinear_rate",
    "lv",
    "lvr",
    "mutual_information",
    "order_probability",
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
    "race_stages",
    "rank_order",
    "rank_race",
    "rank_weights",
    "ranks_of_rows",
    "receptive_fields",
    "reconstruct",
    "reconstruction_error",
    "relay_correct",
    "rescaled_spikes",
    "shift_predictor",
    "smooth_around",
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
