"""Exercises of chapter 7, codes in time."""

__all__ = ()
