"""Exercises of chapter 19, neurons that remember."""

__all__ = ()
