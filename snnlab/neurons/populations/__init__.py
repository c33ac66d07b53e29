"""Many neurons at once: populations, densities, and the rates that theory expects."""

__all__ = ()
