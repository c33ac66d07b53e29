"""Neuron models, one a file."""

from snnlab.neurons.fit import LIFFit, fit_lif
from snnlab.neurons.lif import (
    LIF,
    LIFRun,
    check_lif,
    lif_latency,
    lif_rate,
    lif_rheobase,
    simulate_lif,
    simulate_lif_exact,
)
from snnlab.neurons.lif_synaptic import LIFSynapticRun, simulate_lif_synaptic

__all__ = [
    "LIF",
    "LIFFit",
    "LIFRun",
    "LIFSynapticRun",
    "check_lif",
    "fit_lif",
    "lif_latency",
    "lif_rate",
    "lif_rheobase",
    "simulate_lif",
    "simulate_lif_exact",
    "simulate_lif_synaptic",
]
