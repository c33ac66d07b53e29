"""Exercises of chapter 8, spikes or rates?"""

__all__ = ()
