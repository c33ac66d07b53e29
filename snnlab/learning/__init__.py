"""How weights change: rules without gradients and with them, one a file."""

from snnlab.learning.binary.binary_network import Binarisation, initial_binary, run_binary
from snnlab.learning.binary.binary_training import train_binary
from snnlab.learning.binary.folding import fold_network
from snnlab.learning.competition.baselines import ann_accuracy, k_means, linear_accuracy, nearest_centres
from snnlab.learning.competition.clustering import (
    Clusters,
    classify_responses,
    cluster_responses,
    initial_clusters,
    label_clusters,
    learn_clusters,
)
from snnlab.learning.competition.hidden_pattern import hidden_pattern
from snnlab.learning.competition.pattern_detection import Detector, detect_pattern, detection
from snnlab.learning.competition.synaptic_competition import Competition, compete, compete_given
from snnlab.learning.competition.winner_take_all import ClusterNet
from snnlab.learning.conversion.onnx_layers import layers_from_onnx
from snnlab.learning.deep_network import DeepNetwork, run_deep, train_deep
from snnlab.learning.gradients.adam import Adam, adam_start, adam_step
from snnlab.learning.gradients.graded_spikes import (
    arctan_spike,
    area,
    boxcar_spike,
    fast_sigmoid_spike,
    graded_spike,
    logistic_spike,
    triangle_spike,
)
from snnlab.learning.gradients.operations import deep_operations, spiking_operations
from snnlab.learning.gradients.surrogate_gradient import surrogate_gradient
from snnlab.learning.gradients.surrogate_network import (
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    initial_weights,
)
from snnlab.learning.gradients.surrogate_run import predict, run_network
from snnlab.learning.gradients.surrogate_shapes import (
    SHAPES,
    arctan,
    boxcar,
    fast_sigmoid,
    logistic,
    triangle,
)
from snnlab.learning.gradients.timing import learn_timing, timing_loss
from snnlab.learning.gradients.training import Training, train
from snnlab.learning.gradients.varied_sounds import sound_samples
from snnlab.learning.gradients.weights_file import load_weights, save_weights
from snnlab.learning.networks.learning_network import LearningNetwork
from snnlab.learning.networks.learning_run import LearningRun
from snnlab.learning.pairing.drift import stdp_drift, stdp_fixed_point
from snnlab.learning.pairing.protocol import pairing_protocol
from snnlab.learning.random_patterns import poisson_patterns
from snnlab.learning.rules.bcm import learn_bcm
from snnlab.learning.rules.hebb import learn_hebb, learn_oja
from snnlab.learning.rules.reward_stdp import RewardSTDP, simulate_reward_stdp
from snnlab.learning.rules.stdp import simulate_stdp, stdp_window
from snnlab.learning.rules.stdp_pairing import ALL_TO_ALL, PRE_CENTRED, RESTRICTED, SYMMETRIC, Pairing
from snnlab.learning.rules.stdp_parameters import STDP
from snnlab.learning.rules.triplet import Triplet, simulate_triplet, triplet_drift, triplet_threshold
from snnlab.learning.samples import (
    Samples,
    samples_from_raster,
    samples_from_spikes,
    samples_from_times,
)
from snnlab.learning.spike_times.spikeprop import (
    SpikeProp,
    run_spikeprop,
    spikeprop_gradient,
)
from snnlab.learning.spike_times.spikeprop_training import initial_delayed, learn_spikeprop
from snnlab.learning.spike_times.timed_classes import (
    timed_fields,
)
from snnlab.learning.spike_times.xor_in_time import initial_xor, xor_in_time
from snnlab.learning.teaching.credit import reward_credit
from snnlab.learning.teaching.distal_reward import DISTAL_STDP, DistalReward, learn_distal, learn_distal_given
from snnlab.learning.teaching.field_samples import field_samples
from snnlab.learning.teaching.teacher_forced import TeacherForced, learn_teacher_forced

__all__ = [
    "ALL_TO_ALL",
    "DISTAL_STDP",
    "PRE_CENTRED",
    "RESTRICTED",
    "SHAPES",
    "STDP",
    "SYMMETRIC",
    "Adam",
    "Binarisation",
    "ClusterNet",
    "Clusters",
    "Competition",
    "CurrentLIF",
    "DeepNetwork",
    "Detector",
    "DistalReward",
    "LearningNetwork",
    "LearningRun",
    "Pairing",
    "Penalty",
    "RewardSTDP",
    "Samples",
    "SpikeProp",
    "Surrogate",
    "TeacherForced",
    "Training",
    "Triplet",
    "Weights",
    "adam_start",
    "adam_step",
    "ann_accuracy",
    "arctan",
    "arctan_spike",
    "area",
    "boxcar",
    "boxcar_spike",
    "classify_responses",
    "cluster_responses",
    "compete",
    "compete_given",
    "deep_operations",
    "detect_pattern",
    "detection",
    "fast_sigmoid",
    "fast_sigmoid_spike",
    "field_samples",
    "fold_network",
    "graded_spike",
    "hidden_pattern",
    "initial_binary",
    "initial_clusters",
    "initial_delayed",
    "initial_weights",
    "initial_xor",
    "k_means",
    "label_clusters",
    "layers_from_onnx",
    "learn_bcm",
    "learn_clusters",
    "learn_distal",
    "learn_distal_given",
    "learn_hebb",
    "learn_oja",
    "learn_spikeprop",
    "learn_teacher_forced",
    "learn_timing",
    "linear_accuracy",
    "load_weights",
    "logistic",
    "logistic_spike",
    "nearest_centres",
    "pairing_protocol",
    "poisson_patterns",
    "predict",
    "reward_credit",
    "run_binary",
    "run_deep",
    "run_network",
    "run_spikeprop",
    "samples_from_raster",
    "samples_from_spikes",
    "samples_from_times",
    "save_weights",
    "simulate_reward_stdp",
    "simulate_stdp",
    "simulate_triplet",
    "sound_samples",
    "spikeprop_gradient",
    "spiking_operations",
    "stdp_drift",
    "stdp_fixed_point",
    "stdp_window",
    "surrogate_gradient",
    "timed_fields",
    "timing_loss",
    "train",
    "train_binary",
    "train_deep",
    "triangle",
    "triangle_spike",
    "triplet_drift",
    "triplet_threshold",
    "xor_in_time",
]
