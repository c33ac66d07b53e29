"""Spiking neural networks, one short and tested function after the other.

The distribution is called ``snnlab-course``; ``snnlab`` on the package index is an unrelated project.

>>> import numpy as np
>>> import snnlab
>>> snnlab.neurons.simulate_lif(np.full(10_000, 0.3)).spikes
Spikes(63 spikes of 1 unit in 1000 ms, 63.0 Hz a unit)
"""

from snnlab import coding, data, neurons, random
from snnlab.spikes import Spikes

__all__ = ["Spikes", "coding", "data", "neurons", "random"]

__version__ = "0.1.0"
