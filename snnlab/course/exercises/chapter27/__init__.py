"""Exercises of chapter 27, the learning engine of Loihi."""

__all__ = ()
