"""Exercises of chapter 9, networks of spiking neurons."""

__all__ = ()
