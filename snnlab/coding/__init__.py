"""How spikes carry a signal."""

from snnlab.coding.coincidence import coincidence_factor
from snnlab.coding.poisson import poisson_spikes

__all__ = ["coincidence_factor", "poisson_spikes"]
