"""Exercises of chapter 24, teaching and reward."""

__all__ = ()
