"""Exercises of chapter 3, the spike response model."""

__all__ = ()
