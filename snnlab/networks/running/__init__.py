"""How a network runs: events, their delivery, and the loops over time."""

__all__ = ()
