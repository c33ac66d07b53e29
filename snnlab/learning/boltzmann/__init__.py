"""Networks that learn what their inputs are like: restricted Boltzmann machines."""

__all__ = ()
