"""Figures of the chapters, by Matplotlib, which is imported only when one is drawn.

Each function returns a `Picture`: a figure and the same in words.
"""

from snnlab.plots.clustering import confusion, tiles
from snnlab.plots.code_costs import costs_of_codes
from snnlab.plots.cores import core_map
from snnlab.plots.decoding import belief, bits, line_up
from snnlab.plots.drawings import spike_shapes, two_neurons
from snnlab.plots.firing_rates import interval_errors, rates, tuning
from snnlab.plots.learning import image_spikes, learning_curves, sound_spikes
from snnlab.plots.maps import sweep_map
from snnlab.plots.network_graph import network_graph
from snnlab.plots.neurons import curves, fi_curve, intervals, sweeps, trace
from snnlab.plots.picture import PALETTE, Picture
from snnlab.plots.plasticity import weight_changes, weight_matrix, weight_path
from snnlab.plots.registers import voltages
from snnlab.plots.schemes import (
    scheme_of_adaptive_threshold,
    scheme_of_balance,
    scheme_of_compartment,
    scheme_of_core,
    scheme_of_delay_lines,
    scheme_of_eligibility,
    scheme_of_engine,
    scheme_of_event_pixel,
    scheme_of_feedback,
    scheme_of_membrane,
    scheme_of_resets,
    scheme_of_responses,
    scheme_of_stdp,
    scheme_of_surrogate,
)
from snnlab.plots.spike_codes import arrivals, coded_signal, precession
from snnlab.plots.spike_computing import loss_gaps
from snnlab.plots.spike_trains import fano_curves, interval_shares, trains
from snnlab.plots.synaptic_competition import hidden_raster, weight_shares
from snnlab.plots.teaching import sample_raster
from snnlab.plots.trade_off import trade_off

__all__ = [
    "PALETTE",
    "Picture",
    "arrivals",
    "belief",
    "bits",
    "coded_signal",
    "confusion",
    "core_map",
    "costs_of_codes",
    "curves",
    "fano_curves",
    "fi_curve",
    "hidden_raster",
    "image_spikes",
    "interval_errors",
    "interval_shares",
    "intervals",
    "learning_curves",
    "line_up",
    "loss_gaps",
    "network_graph",
    "precession",
    "rates",
    "sample_raster",
    "scheme_of_adaptive_threshold",
    "scheme_of_balance",
    "scheme_of_compartment",
    "scheme_of_core",
    "scheme_of_delay_lines",
    "scheme_of_eligibility",
    "scheme_of_engine",
    "scheme_of_event_pixel",
    "scheme_of_feedback",
    "scheme_of_membrane",
    "scheme_of_resets",
    "scheme_of_responses",
    "scheme_of_stdp",
    "scheme_of_surrogate",
    "sound_spikes",
    "spike_shapes",
    "sweep_map",
    "sweeps",
    "tiles",
    "trace",
    "trade_off",
    "trains",
    "tuning",
    "two_neurons",
    "voltages",
    "weight_changes",
    "weight_matrix",
    "weight_path",
    "weight_shares",
]
