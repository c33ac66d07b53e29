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
                "models.lif models.adaptive_lif models.adaptive_lif_exact models.adex "
                "models.izhikevich experiments.izhikevich_features models.quadratic "
                "models.theta models.srm models.srm_kernels models.escape models.escape_likelihood "
                "models.hodgkin_huxley experiments.hodgkin_huxley_measures",
            ),
            "snnlab.neurons",
        ),
    ),
    Topic(
        "Synapses and inputs",
        "currents and potentials after a spike, a neuron with synapses, noise, delays",
        _in(
            "snnlab.neurons",
            "synaptic models.lif_synaptic models.lif_synaptic_exact models.lif_alpha "
            "models.lif_delta inputs.noisy_current inputs.fluctuation "
            "experiments.delay_line experiments.place_cell",
        ),
    ),
    Topic(
        "Populations and mean rates",
        "a population of noisy neurons, its density, Siegert's formula, rate models",
        _in(
            "snnlab.neurons",
            "populations.siegert populations.lif_population "
            "populations.lif_density models.rate_model "
            "populations.rate_reduction",
        ),
    ),
    Topic(
        "Networks",
        "populations, connections by a rule, weights, delays, short-term plasticity, Dale's law, Brunel",
        (
            *_in(
                "snnlab.networks",
                "network cells.population cells.synapses running.network_run wiring.rule wiring.by_chance "
                "wiring.degrees wiring.regular wiring.distance_dependent wiring.positions wiring.profiles "
                "wiring.given wiring.weighting cells.short_term wiring.connections wiring.dale wiring.graph "
                "brunel_network running.events running.delivery",
            ),
            "snnlab.networks",
        ),
    ),
    Topic(
        "Fit and compare neurons",
        "a neuron fitted to a recording, tested on the rest of it; which model can what",
        _in(
            "snnlab.neurons",
            "fitting.fit fitting.adaptive_fit fitting.adex_fit experiments.adaptive_response "
            "experiments.repertoire fitting.comparison longest_step",
        ),
    ),
    Topic(
        "Spike trains: hold and generate",
        "Spikes; Poisson, rates that change, refractory, gamma, correlated trains",
        (
            "snnlab.spikes",
            *_in(
                "snnlab.coding",
                "generators.poisson generators.superposition generators.inhomogeneous "
                "generators.dead_time generators.gamma generators.bernoulli "
                "generators.correlated",
            ),
        ),
    ),
    Topic(
        "Spike trains: measure",
        "rate, PSTH, intervals, CV, Fano factor, autocorrelogram, phase, tuning curve",
        _in(
            "snnlab.coding",
            "statistics.rates statistics.optimal_width statistics.smoothing "
            "statistics.irregularity statistics.counts "
            "statistics.correlogram codes.phase decoding.tuning codes.windows "
            "statistics.precision",
        ),
    ),
    Topic(
        "Spike trains: compare",
        "distances, coincidence factor, reliability, cross-correlogram, synchrony",
        _in(
            "snnlab.coding",
            "distances.victor_purpura distances.van_rossum distances.spike_distances "
            "distances.distance_matrix distances.coincidence statistics.reliability "
            "statistics.crosscorrelogram statistics.synchrony",
        ),
    ),
    Topic(
        "What spikes tell",
        "STA, linear–nonlinear model, reconstruction, coherence, information, population vector",
        _in(
            "snnlab.coding",
            "statistics.triggered_average decoding.linear_nonlinear "
            "decoding.reconstruction decoding.wiener statistics.spectra "
            "decoding.information decoding.information_bias decoding.population_decoding "
            "decoding.direction_decoding",
        ),
    ),
    Topic(
        "Codes",
        "a value, a signal, a sound or an image written into spikes and read back",
        (
            *_in(
                "snnlab.coding",
                "codes.rate_code codes.first_spike codes.receptive_fields codes.burst_code "
                "codes.level_crossing codes.sound codes.code_costs codes.race "
                "codes.rank_race codes.reaction",
            ),
            "snnlab.coding",
        ),
    ),
    Topic(
        "Learning from spike times",
        "STDP, triplets, reward, networks that learn, competition, clustering, Hebb, Oja, BCM",
        (
            *_in(
                "snnlab.learning",
                "rules.stdp rules.stdp_parameters rules.stdp_pairing pairing.drift "
                "pairing.protocol rules.triplet rules.reward_stdp teaching.distal_reward "
                "teaching.credit competition.synaptic_competition competition.hidden_pattern "
                "competition.pattern_detection competition.clustering "
                "competition.winner_take_all teaching.teacher_forced teaching.field_samples "
                "rules.hebb rules.bcm networks.learning_network networks.learning_run",
            ),
            "snnlab.learning",
        ),
    ),
    Topic(
        "Learning with gradients",
        "surrogate gradients, training a spiking network, Adam, data sets, baselines",
        _in(
            "snnlab.learning",
            "gradients.training gradients.surrogate_network gradients.surrogate_run "
            "gradients.surrogate_gradient gradients.surrogate_shapes "
            "gradients.graded_spikes gradients.timing gradients.adam samples "
            "gradients.varied_sounds gradients.weights_file competition.baselines",
        ),
    ),
    Topic(
        "Neurons as likelihoods",
        "GLM neurons: design matrix, fit, what each term is worth, goodness of fit, simulation, learning "
        "bin by bin",
        (
            *_in(
                "snnlab.probability",
                "design_matrix bases links glm_fit glm_filters ridge_choice scores added_terms "
                "time_rescaling glm_simulation glm_free_run glm_stability filters_by_hand "
                "online_glm",
            ),
            "snnlab.probability",
        ),
    ),
    Topic(
        "Hidden neurons and information",
        "spikes that nobody saw, a bound on their likelihood and its learning rule, an STDP window, bits",
        _in(
            "snnlab.probability",
            "hidden_network hidden_likelihood variational_rule hidden_xor stdp_window "
            "information_channel information_ratio",
        ),
    ),
    Topic(
        "Loihi: neurons and synapses",
        "compartments, weights and rounding in whole numbers, and where emulators differ",
        (
            *_in(
                "snnlab.loihi",
                "neuron.compartments neuron.spikes_only neuron.stepper neuron.synapses fixed_point "
                "conventions neuron.float_twin",
            ),
            "snnlab.loihi",
        ),
    ),
    Topic(
        "Loihi: the learning engine",
        "rules as the chip takes them, traces, STDP and reward on the chip",
        _in(
            "snnlab.loihi",
            "plasticity.given_spikes plasticity.rules plasticity.grammar "
            "plasticity.rule_errors neuron.traces plasticity.pairing random_numbers "
            "networks.closed_loop networks.learning_group networks.rewarded_choice "
            "networks.clustered_digits",
        ),
    ),
    Topic(
        "Loihi: networks",
        "quantisation, layers, cores, energy, NIR, a shortest path, LASSO",
        _in(
            "snnlab.loihi",
            "networks.quantisation networks.quantised_layer networks.layers "
            "networks.sample_runs networks.recurrent "
            "mapping.graph mapping.placing mapping.chip "
            "mapping.energy networks.nir_graph networks.event_reader "
            "applications.wavefront applications.dijkstra applications.lca "
            "applications.lasso",
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
    Topic(
        "Sweeps",
        "a function over a grid of parameters, on all cores or on a cluster; go on where it stopped",
        ("snnlab.sweeps.running", "snnlab.sweeps.swept"),
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
