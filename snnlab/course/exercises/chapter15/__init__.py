"""Exercises of chapter 15, gradients of spike times."""

__all__ = ()
