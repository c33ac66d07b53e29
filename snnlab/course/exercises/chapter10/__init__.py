"""Exercises of chapter 10, spiking and deep networks side by side."""

__all__ = ()
