"""Panels and goals of chapter 13, from activations to rates, and back to spikes."""

__all__ = ()
