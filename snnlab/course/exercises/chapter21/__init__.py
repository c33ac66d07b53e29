"""Exercises of chapter 21, what STDP learns."""

__all__ = ()
