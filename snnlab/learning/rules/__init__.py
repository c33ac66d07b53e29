"""Rules that change a weight, one a file."""

__all__ = ()
