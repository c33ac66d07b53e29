"""Exercises of chapter 4, beyond the last spike."""

__all__ = ()
