"""Exercises of chapter 5, random spikes."""

__all__ = ()
