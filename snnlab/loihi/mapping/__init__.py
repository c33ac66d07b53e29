"""Networks put on cores, and what they cost in time and energy."""

__all__ = ()
