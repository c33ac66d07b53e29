"""Exercises of chapter 18, gates in place of spikes."""

__all__ = ()
