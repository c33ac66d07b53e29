"""Panels and goals of chapter 5, random spikes."""

__all__ = ()
