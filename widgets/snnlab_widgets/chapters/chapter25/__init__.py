"""Panels and goals of chapter 25, the neuron as a coin with a memory."""

__all__ = ()
