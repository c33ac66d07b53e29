"""Figures of the chapters, by Matplotlib, which is imported only when one is drawn.

Each function returns a `Picture`: a figure and the same in words.
"""

from snnlab.plots.drawings import spike_shapes, two_neurons
from snnlab.plots.firing_rates import interval_errors, rates, tuning
from snnlab.plots.neurons import curves, fi_curve, intervals, sweeps, trace
from snnlab.plots.picture import PALETTE, Picture
from snnlab.plots.spike_trains import fano_curves, interval_shares, trains

__all__ = [
    "PALETTE",
    "Picture",
    "curves",
    "fano_curves",
    "fi_curve",
    "interval_errors",
    "interval_shares",
    "intervals",
    "rates",
    "spike_shapes",
    "sweeps",
    "trace",
    "trains",
    "tuning",
    "two_neurons",
]
