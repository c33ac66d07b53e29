"""Spike trains that are made."""

__all__ = ()
