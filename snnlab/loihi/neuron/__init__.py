"""Neuron, synapse and trace in whole numbers."""

__all__ = ()
