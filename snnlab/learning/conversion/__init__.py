"""Deep networks turned into spiking ones whose rates count, and what these do with it."""

__all__ = ()
