"""Spike trains that are measured: rates, intervals, counts, correlations."""

__all__ = ()
