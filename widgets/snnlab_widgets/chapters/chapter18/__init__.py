"""Panels and goals of chapter 18, a spike that is not all or nothing."""

__all__ = ()
