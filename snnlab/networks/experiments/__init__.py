"""Experiments with networks, one a file: what a panel shows and a reader calls for the same numbers."""

__all__ = ()
