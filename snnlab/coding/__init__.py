"""How spikes carry a signal."""

from snnlab.coding.poisson import poisson_spikes

__all__ = ["poisson_spikes"]
