"""Pairs of spikes, and what they do to one synapse."""

__all__ = ()
