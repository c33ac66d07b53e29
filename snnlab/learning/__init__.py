"""How weights change: rules without gradients and with them, one a file."""

from snnlab.learning.adam import Adam, AdamState, adam_start, adam_step, check_adam
from snnlab.learning.augmentation import shift_images
from snnlab.learning.baselines import ann_accuracy, k_means, linear_accuracy, nearest_centres
from snnlab.learning.bcm import BCMRun, learn_bcm
from snnlab.learning.clustering import (
    Clustering,
    Clusters,
    classify_responses,
    cluster_responses,
    initial_clusters,
    label_clusters,
    learn_clusters,
)
from snnlab.learning.competition import (
    Competition,
    CompetitionRun,
    check_competition,
    compete,
    compete_given,
)
from snnlab.learning.competitive import ClusterNet, check_cluster_net
from snnlab.learning.credit import Credit, reward_credit
from snnlab.learning.distal_reward import (
    DISTAL_STDP,
    DistalReward,
    DistalRewardRun,
    check_distal_reward,
    learn_distal,
    learn_distal_given,
)
from snnlab.learning.drift import Drift, stdp_drift, stdp_fixed_point
from snnlab.learning.field_samples import field_samples
from snnlab.learning.forced_validation import f1_score, validate_teacher_forced
from snnlab.learning.graded_spikes import (
    arctan_spike,
    area,
    boxcar_spike,
    fast_sigmoid_spike,
    graded_spike,
    logistic_spike,
    triangle_spike,
)
from snnlab.learning.hebb import learn_hebb, learn_oja
from snnlab.learning.hidden_pattern import PATTERN_LENGTH, HiddenPattern, hidden_pattern
from snnlab.learning.pattern_detection import (
    Detection,
    Detector,
    DetectorRun,
    check_detector,
    detect_pattern,
    detection,
)
from snnlab.learning.protocol import pairing_protocol
from snnlab.learning.reward_stdp import RewardSTDP, RewardSTDPRun, check_reward_stdp, simulate_reward_stdp
from snnlab.learning.samples import (
    Samples,
    check_samples,
    poisson_patterns,
    samples_from_raster,
    samples_from_spikes,
    samples_from_times,
)
from snnlab.learning.stdp import STDPRun, simulate_stdp, stdp_window
from snnlab.learning.stdp_pairing import ALL_TO_ALL, PRE_CENTRED, RESTRICTED, SYMMETRIC, Pairing
from snnlab.learning.stdp_parameters import STDP, check_stdp
from snnlab.learning.surrogate_gradient import Gradient, relaxed_gradient, surrogate_gradient
from snnlab.learning.surrogate_network import (
    CurrentLIF,
    Penalty,
    Surrogate,
    Weights,
    check_current_lif,
    check_penalty,
    check_surrogate,
    check_weights,
    initial_weights,
)
from snnlab.learning.surrogate_run import NetworkRun, predict, run_network, run_relaxed
from snnlab.learning.surrogate_shapes import (
    SHAPES,
    arctan,
    boxcar,
    fast_sigmoid,
    logistic,
    shape_number,
    triangle,
)
from snnlab.learning.teacher_forced import (
    FORCED_STDP,
    FirstAnswers,
    TeacherForced,
    check_teacher_forced,
    first_answers,
    learn_teacher_forced,
)
from snnlab.learning.timing import TimingLoss, TimingRun, learn_timing, timing_loss
from snnlab.learning.training import Epoch, History, Training, train, training_epochs
from snnlab.learning.triplet import (
    Triplet,
    check_triplet,
    simulate_triplet,
    triplet_drift,
    triplet_threshold,
)
from snnlab.learning.varied_sounds import sound_samples, vary_levels
from snnlab.learning.weights_file import load_weights, save_weights

__all__ = [
    "ALL_TO_ALL",
    "DISTAL_STDP",
    "FORCED_STDP",
    "PATTERN_LENGTH",
    "PRE_CENTRED",
    "RESTRICTED",
    "SHAPES",
    "STDP",
    "SYMMETRIC",
    "Adam",
    "AdamState",
    "BCMRun",
    "ClusterNet",
    "Clustering",
    "Clusters",
    "Competition",
    "CompetitionRun",
    "Credit",
    "CurrentLIF",
    "Detection",
    "Detector",
    "DetectorRun",
    "DistalReward",
    "DistalRewardRun",
    "Drift",
    "Epoch",
    "FirstAnswers",
    "Gradient",
    "HiddenPattern",
    "History",
    "NetworkRun",
    "Pairing",
    "Penalty",
    "RewardSTDP",
    "RewardSTDPRun",
    "STDPRun",
    "Samples",
    "Surrogate",
    "TeacherForced",
    "TimingLoss",
    "TimingRun",
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
    "check_adam",
    "check_cluster_net",
    "check_competition",
    "check_current_lif",
    "check_detector",
    "check_distal_reward",
    "check_penalty",
    "check_reward_stdp",
    "check_samples",
    "check_stdp",
    "check_surrogate",
    "check_teacher_forced",
    "check_triplet",
    "check_weights",
    "classify_responses",
    "cluster_responses",
    "compete",
    "compete_given",
    "detect_pattern",
    "detection",
    "f1_score",
    "fast_sigmoid",
    "fast_sigmoid_spike",
    "field_samples",
    "first_answers",
    "graded_spike",
    "hidden_pattern",
    "initial_clusters",
    "initial_weights",
    "k_means",
    "label_clusters",
    "learn_bcm",
    "learn_clusters",
    "learn_distal",
    "learn_distal_given",
    "learn_hebb",
    "learn_oja",
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
    "relaxed_gradient",
    "reward_credit",
    "run_network",
    "run_relaxed",
    "samples_from_raster",
    "samples_from_spikes",
    "samples_from_times",
    "save_weights",
    "shape_number",
    "shift_images",
    "simulate_reward_stdp",
    "simulate_stdp",
    "simulate_triplet",
    "sound_samples",
    "stdp_drift",
    "stdp_fixed_point",
    "stdp_window",
    "surrogate_gradient",
    "timing_loss",
    "train",
    "training_epochs",
    "triangle",
    "triangle_spike",
    "triplet_drift",
    "triplet_threshold",
    "validate_teacher_forced",
    "vary_levels",
]
