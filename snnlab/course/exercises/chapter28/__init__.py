"""Exercises of chapter 28, a network on the chip."""

__all__ = ()
