"""Neuron models, one a file."""

from snnlab.neurons.experiments.adaptive_response import StepResponse, step_response
from snnlab.neurons.experiments.delay_line import delay_line, ear_spikes, interaural_delay
from snnlab.neurons.experiments.hodgkin_huxley_measures import (
    Refractory,
    hh_rate,
    hh_rebound,
    hh_refractory,
    hh_second_threshold,
    hh_threshold,
)
from snnlab.neurons.experiments.izhikevich_features import FIRING_FEATURES, Feature, feature_input
from snnlab.neurons.experiments.place_cell import Crossings, PlaceField, cross_place_field
from snnlab.neurons.experiments.repertoire import (
    Onset,
    Repertoire,
    adaptation,
    burst_sizes,
    find_onset,
    measure_repertoire,
)
from snnlab.neurons.fitting.adaptive_fit import AdaptiveFit, fit_adaptive
from snnlab.neurons.fitting.adex_fit import fit_adex
from snnlab.neurons.fitting.comparison import ModelCost, ModelRow, compare_models, step_cost
from snnlab.neurons.fitting.fit import LIFFit, fit_lif
from snnlab.neurons.fitting.held_out import HeldOut, held_out_errors
from snnlab.neurons.inputs.fluctuation import fluctuating_current
from snnlab.neurons.inputs.noisy_current import noisy_current
from snnlab.neurons.longest_step import longest_step
from snnlab.neurons.models.adaptive_lif import (
    AdaptiveLIF,
    AdaptiveLIFRun,
    adaptive_lif_rate,
    simulate_adaptive_lif,
)
from snnlab.neurons.models.adaptive_lif_exact import simulate_adaptive_lif_exact
from snnlab.neurons.models.adex import (
    FIRING_PATTERNS,
    AdEx,
    AdExRun,
    Pattern,
    adex_rheobase,
    simulate_adex,
)
from snnlab.neurons.models.escape import EscapeLIF, escape_rate, simulate_escape_lif
from snnlab.neurons.models.escape_likelihood import escape_log_likelihood
from snnlab.neurons.models.hodgkin_huxley import (
    HHGates,
    HHRun,
    HodgkinHuxley,
    hh_gates,
    hh_rest,
    simulate_hodgkin_huxley,
)
from snnlab.neurons.models.izhikevich import (
    FIRING_TYPES,
    Izhikevich,
    IzhikevichRun,
    izhikevich_rest,
    simulate_izhikevich,
)
from snnlab.neurons.models.lif import (
    LIF,
    LIFRun,
    lif_latency,
    lif_rate,
    lif_rheobase,
    simulate_lif,
    simulate_lif_exact,
)
from snnlab.neurons.models.lif_alpha import simulate_lif_alpha
from snnlab.neurons.models.lif_delta import simulate_lif_delta
from snnlab.neurons.models.lif_synaptic import LIFSynapticRun, simulate_lif_synaptic
from snnlab.neurons.models.lif_synaptic_exact import simulate_lif_synaptic_exact
from snnlab.neurons.models.quadratic import QIF, QIFRun, qif_latency, qif_rate, simulate_qif
from snnlab.neurons.models.rate_model import simulate_rate_model
from snnlab.neurons.models.resonate_and_fire import (
    ResonateAndFire,
    ResonateAndFireRun,
    simulate_resonate_and_fire,
)
from snnlab.neurons.models.srm import (
    SRM,
    SRMRun,
    simulate_srm0,
    simulate_srm_cumulative,
    simulate_srm_last_spike,
)
from snnlab.neurons.models.srm_kernels import (
    SRMKernels,
    simulate_srm0_kernels,
    simulate_srm_cumulative_kernels,
)
from snnlab.neurons.models.theta import ThetaRun, simulate_theta
from snnlab.neurons.populations.lif_density import DensityRun, simulate_lif_density
from snnlab.neurons.populations.lif_population import simulate_lif_population
from snnlab.neurons.populations.rate_reduction import SineResponse, sine_response
from snnlab.neurons.populations.siegert import siegert_rate
from snnlab.neurons.synaptic import (
    alpha_current,
    alpha_psp,
    delta_psp,
    double_exponential_current,
    double_exponential_psp,
    exponential_current,
    exponential_psp,
)

__all__ = [
    "FIRING_FEATURES",
    "FIRING_PATTERNS",
    "FIRING_TYPES",
    "LIF",
    "QIF",
    "SRM",
    "AdEx",
    "AdExRun",
    "AdaptiveFit",
    "AdaptiveLIF",
    "AdaptiveLIFRun",
    "Crossings",
    "DensityRun",
    "EscapeLIF",
    "Feature",
    "HHGates",
    "HHRun",
    "HeldOut",
    "HodgkinHuxley",
    "Izhikevich",
    "IzhikevichRun",
    "LIFFit",
    "LIFRun",
    "LIFSynapticRun",
    "ModelCost",
    "ModelRow",
    "Onset",
    "Pattern",
    "PlaceField",
    "QIFRun",
    "Refractory",
    "Repertoire",
    "ResonateAndFire",
    "ResonateAndFireRun",
    "SRMKernels",
    "SRMRun",
    "SineResponse",
    "StepResponse",
    "ThetaRun",
    "adaptation",
    "adaptive_lif_rate",
    "adex_rheobase",
    "alpha_current",
    "alpha_psp",
    "burst_sizes",
    "compare_models",
    "cross_place_field",
    "delay_line",
    "delta_psp",
    "double_exponential_current",
    "double_exponential_psp",
    "ear_spikes",
    "escape_log_likelihood",
    "escape_rate",
    "exponential_current",
    "exponential_psp",
    "feature_input",
    "find_onset",
    "fit_adaptive",
    "fit_adex",
    "fit_lif",
    "fluctuating_current",
    "held_out_errors",
    "hh_gates",
    "hh_rate",
    "hh_rebound",
    "hh_refractory",
    "hh_rest",
    "hh_second_threshold",
    "hh_threshold",
    "interaural_delay",
    "izhikevich_rest",
    "lif_latency",
    "lif_rate",
    "lif_rheobase",
    "longest_step",
    "measure_repertoire",
    "noisy_current",
    "qif_latency",
    "qif_rate",
    "siegert_rate",
    "simulate_adaptive_lif",
    "simulate_adaptive_lif_exact",
    "simulate_adex",
    "simulate_escape_lif",
    "simulate_hodgkin_huxley",
    "simulate_izhikevich",
    "simulate_lif",
    "simulate_lif_alpha",
    "simulate_lif_delta",
    "simulate_lif_density",
    "simulate_lif_exact",
    "simulate_lif_population",
    "simulate_lif_synaptic",
    "simulate_lif_synaptic_exact",
    "simulate_qif",
    "simulate_rate_model",
    "simulate_resonate_and_fire",
    "simulate_srm0",
    "simulate_srm0_kernels",
    "simulate_srm_cumulative",
    "simulate_srm_cumulative_kernels",
    "simulate_srm_last_spike",
    "simulate_theta",
    "sine_response",
    "step_cost",
    "step_response",
]
