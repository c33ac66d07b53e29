"""Trained networks without spikes, turned into spiking ones whose rates count."""

__all__ = ()
