"""Populations: their numbers, what synapses bring, and a step of each model."""

__all__ = ()
