"""Panels and goals of chapter 9, Networks of spiking neurons."""

__all__ = ()
