"""Currents that drive a neuron."""

__all__ = ()
