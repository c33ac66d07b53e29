"""Stimuli read back from spikes, and how much the spikes tell."""

__all__ = ()
