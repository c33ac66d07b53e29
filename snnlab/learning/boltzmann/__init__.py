"""Networks that learn what their inputs are like: restricted Boltzmann machines, and a belief network that spikes."""

__all__ = ()
