"""Networks that learn what their inputs are like: Boltzmann machines, and deep belief networks that spike."""

__all__ = ()
