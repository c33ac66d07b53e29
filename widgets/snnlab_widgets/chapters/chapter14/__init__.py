"""Panels and goals of chapter 14, networks that learn their constraints."""

__all__ = ()
