"""The topics of the library: what somebody looks for first, and the modules in which it stands.

A package in place of a module stands for all of its modules that no topic names, so a new module has its
place before anybody has put it beside its kin.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Topic(NamedTuple):
    """A heading of the reference."""

    title: str
    """A few words."""
    holds: str
    """What is found below it, in the words that a reader looks for."""
    modules: tuple[str, ...]
    """Modules, and packages for the rest of theirs, in the order in which they are shown."""


def _in(package: str, modules: str) -> tuple[str, ...]:
    return tuple(f"{package}.{module}" for module in modules.split())


TOPICS = (
    Topic(
        "Neurons",
        "LIF, adaptive threshold, AdEx, Izhikevich, quadratic, SRM, escape noise, Hodgkin–Huxley",
        (
            *_in(
                "snnlab.neurons",
                "lif adaptive_lif adaptive_lif_exact adex izhikevich izhikevich_features quadratic "
                "theta srm srm_kernels escape hodgkin_huxley hodgkin_huxley_measures",
            ),
            "snnlab.neurons",
        ),
    ),
    Topic(
        "Synapses and inputs",
        "currents and potentials after a spike, a neuron with synapses, noise, delays",
        _in(
            "snnlab.neurons",
            "synaptic lif_synaptic lif_synaptic_exact lif_alpha lif_delta noisy_current "
            "fluctuation delay_line place_cell",
        ),
    ),
    Topic(
        "Populations and mean rates",
        "a population of noisy neurons, its density, Siegert's formula, rate models",
        _in("snnlab.neurons", "siegert lif_population lif_density rate_model rate_reduction"),
    ),
    Topic(
        "Fit and compare neurons",
        "a neuron fitted to a recording, tested on the rest of it; which model can what",
        _in("snnlab.neurons", "fit adaptive_fit adaptive_response repertoire comparison longest_step"),
    ),
    Topic(
        "Spike trains: hold and generate",
        "Spikes; Poisson, rates that change, refractory, gamma, correlated trains",
        (
            "snnlab.spikes",
            *_in("snnlab.coding", "poisson superposition inhomogeneous dead_time gamma bernoulli correlated"),
        ),
    ),
    Topic(
        "Spike trains: measure",
        "rate, PSTH, intervals, CV, Fano factor, autocorrelogram, phase, tuning curve",
        _in(
            "snnlab.coding",
            "rates optimal_width smoothing irregularity counts correlogram phase tuning windows precision",
        ),
    ),
    Topic(
        "Spike trains: compare",
        "distances, coincidence factor, reliability, cross-correlogram, synchrony",
        _in(
            "snnlab.coding",
            "victor_purpura van_rossum spike_distances distance_matrix coincidence reliability "
            "crosscorrelogram synchrony",
        ),
    ),
    Topic(
        "What spikes tell",
        "STA, linear–nonlinear model, reconstruction, coherence, information, population vector",
        _in(
            "snnlab.coding",
            "triggered_average linear_nonlinear reconstruction wiener spectra information "
            "information_bias population_decoding facing",
        ),
    ),
    Topic(
        "Codes",
        "a value, a signal, a sound or an image written into spikes and read back",
        (
            *_in(
                "snnlab.coding",
                "rate_code first_spike receptive_fields burst_code level_crossing sound code_costs "
                "race rank_race reaction",
            ),
            "snnlab.coding",
        ),
    ),
    Topic(
        "Learning from spike times",
        "STDP, triplets, reward, competition, clustering, Hebb, Oja, BCM",
        (
            *_in(
                "snnlab.learning",
                "stdp stdp_parameters stdp_pairing drift protocol triplet reward_stdp "
                "distal_reward credit synaptic_competition hidden_pattern pattern_detection clustering "
                "winner_take_all teacher_forced field_samples hebb bcm",
            ),
            "snnlab.learning",
        ),
    ),
    Topic(
        "Learning with gradients",
        "surrogate gradients, training a spiking network, Adam, data sets, baselines",
        _in(
            "snnlab.learning",
            "training surrogate_network surrogate_run surrogate_gradient surrogate_shapes "
            "graded_spikes timing adam samples varied_sounds weights_file baselines",
        ),
    ),
    Topic(
        "Loihi: neurons and synapses",
        "compartments, weights and rounding in whole numbers, and where emulators differ",
        (
            *_in("snnlab.loihi", "compartments spikes_only stepper synapses fixed conventions float_twin"),
            "snnlab.loihi",
        ),
    ),
    Topic(
        "Loihi: the learning engine",
        "rules as the chip takes them, traces, STDP and reward on the chip",
        _in("snnlab.loihi", "learning rules grammar rule_errors traces pairing rounding"),
    ),
    Topic(
        "Loihi: networks",
        "quantisation, layers, cores, energy, NIR, a shortest path, LASSO",
        _in(
            "snnlab.loihi",
            "quantisation quantised_layer layers sample_runs recurrent graph chip energy nir_graph "
            "event_reader wavefront dijkstra lca lasso",
        ),
    ),
    Topic(
        "Data",
        "recorded cells, spikes, sounds, images and tables, and what is measured on recordings",
        (
            "snnlab.data.recording",
            "snnlab.data.patch",
            "snnlab.data.steps",
            "snnlab.data.shapes",
            "snnlab.data",
        ),
    ),
    Topic(
        "Plots",
        "figures by Matplotlib, each with its text",
        (*_in("snnlab.plots", "picture neurons spike_trains firing_rates"), "snnlab.plots"),
    ),
    Topic(
        "Make a panel",
        "Panel, its controls, its views, the kernel behind it; explore",
        (
            "snnlab_widgets.panel",
            "snnlab_widgets.core.controls",
            "snnlab_widgets.views",
            "snnlab.compiling",
            "snnlab_widgets",
        ),
    ),
    Topic("Panels of the chapters", "every panel of the book, by chapter", ("snnlab_widgets.chapters",)),
    Topic(
        "Chance",
        "mean and spread over seeds, random numbers for kernels",
        ("snnlab.repeats", "snnlab.random"),
    ),
    Topic("The course", "checks, exercises, tables of results", ("snnlab.course", "snnlab")),
)


def topic_of(module: str) -> Topic:
    """Return the topic that names a module, or else the innermost package around it."""
    named = {name: topic for topic in TOPICS for name in topic.modules if f"{module}.".startswith(f"{name}.")}
    return named[max(named, key=len)]


def in_order(modules: Iterable[str], topic: Topic) -> list[str]:
    """Return those of the modules that belong to a topic, as it names them, the rest by name."""
    place = {name: number for number, name in enumerate(topic.modules)}
    own = [module for module in modules if topic_of(module) == topic]
    return sorted(own, key=lambda module: (place.get(module, len(place)), module))
