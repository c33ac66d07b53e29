"""Networks that learn what their inputs are like: Boltzmann machines, and a belief network that spikes."""

__all__ = ()
