"""Exercises of chapter 2, the leaky integrate-and-fire neuron."""

__all__ = ()
