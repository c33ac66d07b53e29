"""Exercises of chapter 12, networks of one bit."""

__all__ = ()
