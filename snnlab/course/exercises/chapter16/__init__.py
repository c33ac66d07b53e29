"""Exercises of chapter 16, surrogate gradients."""

__all__ = ()
