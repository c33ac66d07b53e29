"""Living figures for the course: one declaration, alive in the notebook, in a page and in a single file."""

import snnlab._conflict  # noqa: F401  first, so that it can say what stands in the way
from snnlab_widgets.adaptation import adaptation_panel
from snnlab_widgets.clusters import clusters_panel
from snnlab_widgets.code_race import code_race_panel
from snnlab_widgets.competition import competition_panel
from snnlab_widgets.controls import Array, Control, ReadOut
from snnlab_widgets.core_map import core_map_panel
from snnlab_widgets.dead_time import dead_time_panel
from snnlab_widgets.drift import drift_panel
from snnlab_widgets.explorer import Explorer, explore
from snnlab_widgets.facing import facing_panel
from snnlab_widgets.forced import forced_panel
from snnlab_widgets.hodgkin_huxley import hodgkin_huxley_panel
from snnlab_widgets.lasso import lasso_panel
from snnlab_widgets.learning_epoch import learning_epoch_panel
from snnlab_widgets.lif import lif_panel
from snnlab_widgets.match import match_panel
from snnlab_widgets.noise_step import noise_step_panel
from snnlab_widgets.noisy_lif import noisy_lif_panel
from snnlab_widgets.one_weight import one_weight_panel
from snnlab_widgets.pairing import pairing_panel
from snnlab_widgets.panel import Panel
from snnlab_widgets.phase import phase_panel
from snnlab_widgets.poisson import poisson_panel
from snnlab_widgets.psth import psth_panel
from snnlab_widgets.rate_step import rate_step_panel
from snnlab_widgets.reconstruction import reconstruction_panel
from snnlab_widgets.registers import registers_panel
from snnlab_widgets.registry import CHAPTERS, GOALS, PANELS
from snnlab_widgets.reliability import reliability_panel
from snnlab_widgets.reward import reward_panel
from snnlab_widgets.rewarded_tag import rewarded_tag_panel
from snnlab_widgets.sine import sine_panel
from snnlab_widgets.srm import srm_panel
from snnlab_widgets.stdp import stdp_panel
from snnlab_widgets.surrogate_training import surrogate_training_panel
from snnlab_widgets.surrogate_width import surrogate_width_panel
from snnlab_widgets.synchrony import synchrony_panel
from snnlab_widgets.two_pulses import two_pulses_panel
from snnlab_widgets.views import Curve, Handle, HeatMap, Histogram, Kernels, Raster, Trace
from snnlab_widgets.volley import volley_panel
from snnlab_widgets.wavefront import wavefront_panel
from snnlab_widgets.winner import winner_panel
from snnlab_widgets.zoo import zoo_panel

__all__ = [
    "CHAPTERS", "GOALS", "PANELS", "Array", "Control", "Curve", "Explorer", "Handle", "HeatMap", "Histogram",
    "Kernels", "Panel", "Raster", "ReadOut", "Trace", "adaptation_panel", "clusters_panel",
    "code_race_panel", "competition_panel", "core_map_panel", "dead_time_panel", "drift_panel", "explore",
    "facing_panel", "forced_panel", "hodgkin_huxley_panel", "lasso_panel", "learning_epoch_panel",
    "lif_panel", "match_panel", "noise_step_panel", "noisy_lif_panel", "one_weight_panel",
    "pairing_panel", "phase_panel", "poisson_panel", "psth_panel", "rate_step_panel", "reconstruction_panel",
    "registers_panel", "reliability_panel", "reward_panel", "rewarded_tag_panel", "sine_panel", "srm_panel",
    "stdp_panel",
    "surrogate_training_panel", "surrogate_width_panel", "synchrony_panel", "two_pulses_panel",
    "volley_panel", "wavefront_panel", "winner_panel", "zoo_panel",
]  # fmt: skip
