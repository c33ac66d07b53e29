"""Exercises of chapter 26, Loihi's neuron in integers."""

__all__ = ()
