"""Exercises of chapter 20, Hebb and STDP."""

__all__ = ()
