"""Exercises of chapter 6, three meanings of rate."""

__all__ = ()
