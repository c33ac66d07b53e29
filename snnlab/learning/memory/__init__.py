"""Networks of spiking neurons that remember, and tasks for which they have to."""

__all__ = ()
