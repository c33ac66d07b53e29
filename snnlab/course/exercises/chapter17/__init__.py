"""Exercises of chapter 17, learning in spike times."""

__all__ = ()
