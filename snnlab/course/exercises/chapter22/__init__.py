"""Exercises of chapter 22, clustering digits without labels."""

__all__ = ()
