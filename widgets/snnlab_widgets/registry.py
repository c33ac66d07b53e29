"""Every panel that ships, by name: the playground, the wheel and the tests go through this table."""

import importlib
from collections.abc import Callable
from functools import partial

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
from snnlab_widgets.panel import Panel

__all__ = ["CHAPTERS", "GOALS", "KERNELS", "PANELS"]

_PANELS: dict[int, tuple[Callable[..., Panel], ...]] = {
    1: (hodgkin_huxley_panel, two_pulses_panel),
    2: (match_panel, lif_panel),
    3: (srm_panel,),
    4: (zoo_panel, adaptation_panel, reliability_panel),
    5: (noisy_lif_panel, dead_time_panel, poisson_panel),
    6: (psth_panel, rate_step_panel, noise_step_panel),
    7: (code_race_panel, heart_panel, phase_panel, synchrony_panel),
    8: (reconstruction_panel, facing_panel, sine_panel),
    16: (one_weight_panel, surrogate_width_panel, surrogate_training_panel),
    20: (stdp_panel, drift_panel, pairing_panel),
    21: (competition_panel, volley_panel),
    22: (winner_panel, clusters_panel),
    24: (forced_panel, reward_panel),
    26: (registers_panel,),
    27: (learning_epoch_panel, rewarded_tag_panel),
    28: (core_map_panel, wavefront_panel, lasso_panel),
}
PANELS: dict[str, Callable[..., Panel]] = {
    make.__name__.removesuffix("_panel"): make for makes in _PANELS.values() for make in makes
}


def _goal(module: str, function: str, **options: str) -> Panel:
    """Exercises compute their answers when they are loaded, so they are loaded when a goal is asked for."""
    return getattr(importlib.import_module(f"snnlab_widgets.goals.{module}"), function)(**options)


_GOALS = {
    "chapter01": ("hh_rebound", "hh_sodium", "two_pulses_shortest"),
    "chapter02": ("lif_twice", "lif_pause", "lif_overflow", "lif_predict", "lif_curtain"),
    "chapter03": ("srm_next", "srm_tired"),
    "zoo": ("zoo_burst", "zoo_rebound"),
    "chapter04": ("adaptation_gentle", "adaptation_three", "adaptation_jump"),
    "chapter05": ("noisy_lif_chance", "noisy_lif_spikes", "dead_time_regular", "dead_time_windows"),
    "chapter06": ("psth_width", "psth_trials", "rate_step_late", "rate_step_unlike"),
    "chapter07": (
        "code_race_count",
        "code_race_earlier",
        "phase_rhythm",
        "synchrony_gone",
        "synchrony_shared",
    ),
    "chapter08": ("reconstruction_place", "reconstruction_sum", "facing_memory", "sine_tau"),
    "chapter16": ("one_weight_bottom", "one_weight_told", "surrogate_width_enough"),
    "chapter20": ("stdp_take_away", "stdp_three"),
    "chapter21": ("competition_pulled", "volley_early"),
    "chapter22": ("winner_turns", "clusters_unlike"),
    "chapter24": ("forced_ten", "reward_growth", "reward_patient"),
    "chapter26": ("registers_bias", "registers_overflow", "registers_still"),
    "chapter27": ("learning_epoch_less", "learning_epoch_one", "rewarded_tag_late"),
    "chapter28": ("core_map_full", "core_map_bits"),
    "wavefront": ("wavefront_slowest", "lasso_quick"),
}
GOALS: dict[str, Callable[..., Panel]] = {
    name.replace("_", "-"): partial(_goal, chapter, name)
    for chapter, names in _GOALS.items()
    for name in names
}
"""Every panel with a goal that ships, by the goal's name; each takes ``engine`` as `lif_panel` does."""

_ELSEWHERE = {"zoo": 4, "wavefront": 28}
"""Of modules of goals that have not the name of their chapter, its number."""


def _goals(number: int) -> list[str]:
    modules = [m for m in _GOALS if _ELSEWHERE.get(m, m) in (number, f"chapter{number:02}")]
    return [name.replace("_", "-") for m in modules for name in _GOALS[m]]


CHAPTERS: dict[int, tuple[list[str], list[str]]] = {
    number: ([make.__name__.removesuffix("_panel") for make in makes], _goals(number))
    for number, makes in _PANELS.items()
}
"""The names of the panels and of the goals of each chapter, by its number."""

KERNELS: dict[str, Callable[..., Panel]] = PANELS | {"hidden_adaptive": GOALS["adaptation-jump"]}
"""What makes a panel for every kernel that ships, by the panel's name: a goal may have a panel of its own."""
