"""Synapses and neurons that compete, without a teacher."""

__all__ = ()
