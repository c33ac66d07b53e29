"""Exercises of chapter 1, the spiking neuron."""

__all__ = ()
