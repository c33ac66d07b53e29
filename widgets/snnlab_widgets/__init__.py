"""Living figures for the course: one declaration, alive in the notebook, in a page and in a single file."""

import snnlab.namesake  # noqa: F401  first, so that it can say what stands in the way
from snnlab_widgets.chapters.chapter01.hodgkin_huxley import hodgkin_huxley_panel
from snnlab_widgets.chapters.chapter01.two_pulses import two_pulses_panel
from snnlab_widgets.chapters.chapter02.lif import lif_panel
from snnlab_widgets.chapters.chapter02.match import match_panel
from snnlab_widgets.chapters.chapter03.srm import srm_panel
from snnlab_widgets.chapters.chapter04.adaptation import adaptation_panel
from snnlab_widgets.chapters.chapter04.reliability import reliability_panel
from snnlab_widgets.chapters.chapter04.zoo import zoo_panel
from snnlab_widgets.chapters.chapter05.dead_time import dead_time_panel
from snnlab_widgets.chapters.chapter05.noisy_lif import noisy_lif_panel
from snnlab_widgets.chapters.chapter05.poisson import poisson_panel
from snnlab_widgets.chapters.chapter06.noise_step import noise_step_panel
from snnlab_widgets.chapters.chapter06.psth import psth_panel
from snnlab_widgets.chapters.chapter06.rate_step import rate_step_panel
from snnlab_widgets.chapters.chapter07.code_race import code_race_panel
from snnlab_widgets.chapters.chapter07.heart import heart_panel
from snnlab_widgets.chapters.chapter07.phase import phase_panel
from snnlab_widgets.chapters.chapter07.synchrony import synchrony_panel
from snnlab_widgets.chapters.chapter08.facing import facing_panel
from snnlab_widgets.chapters.chapter08.reconstruction import reconstruction_panel
from snnlab_widgets.chapters.chapter08.sine import sine_panel
from snnlab_widgets.chapters.chapter16.one_weight import one_weight_panel
from snnlab_widgets.chapters.chapter16.surrogate_training import surrogate_training_panel
from snnlab_widgets.chapters.chapter16.surrogate_width import surrogate_width_panel
from snnlab_widgets.chapters.chapter20.drift import drift_panel
from snnlab_widgets.chapters.chapter20.pairing import pairing_panel
from snnlab_widgets.chapters.chapter20.stdp import stdp_panel
from snnlab_widgets.chapters.chapter21.competition import competition_panel
from snnlab_widgets.chapters.chapter21.volley import volley_panel
from snnlab_widgets.chapters.chapter22.clusters import clusters_panel
from snnlab_widgets.chapters.chapter22.winner import winner_panel
from snnlab_widgets.chapters.chapter24.forced import forced_panel
from snnlab_widgets.chapters.chapter24.reward import reward_panel
from snnlab_widgets.chapters.chapter26.registers import registers_panel
from snnlab_widgets.chapters.chapter27.learning_epoch import learning_epoch_panel
from snnlab_widgets.chapters.chapter27.rewarded_tag import rewarded_tag_panel
from snnlab_widgets.chapters.chapter28.core_map import core_map_panel
from snnlab_widgets.chapters.chapter28.lasso import lasso_panel
from snnlab_widgets.chapters.chapter28.wavefront import wavefront_panel
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.explorer.explorer import Explorer, explore
from snnlab_widgets.panel import Panel
from snnlab_widgets.registry import CHAPTERS, GOALS, PANELS
from snnlab_widgets.views import Curve, Handle, HeatMap, Histogram, Kernels, Raster, Trace

__all__ = [
    "CHAPTERS", "GOALS", "PANELS", "Array", "Control", "Curve", "Explorer", "Handle", "HeatMap",
    "Histogram", "Kernels", "Panel", "Raster", "ReadOut", "Trace", "adaptation_panel", "clusters_panel",
    "code_race_panel", "competition_panel", "core_map_panel", "dead_time_panel", "drift_panel", "explore",
    "facing_panel", "forced_panel", "heart_panel", "hodgkin_huxley_panel", "lasso_panel",
    "learning_epoch_panel", "lif_panel", "match_panel", "noise_step_panel", "noisy_lif_panel",
    "one_weight_panel", "pairing_panel", "phase_panel", "poisson_panel", "psth_panel", "rate_step_panel",
    "reconstruction_panel", "registers_panel", "reliability_panel", "reward_panel", "rewarded_tag_panel",
    "sine_panel", "srm_panel", "stdp_panel", "surrogate_training_panel", "surrogate_width_panel",
    "synchrony_panel", "two_pulses_panel", "volley_panel", "wavefront_panel", "winner_panel", "zoo_panel",
]  # fmt: skip
