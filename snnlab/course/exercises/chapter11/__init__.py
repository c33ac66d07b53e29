"""Exercises of chapter 11, where spikes win and where they lose."""

__all__ = ()
