"""Panels and goals of chapter 23, who was wrong?"""

__all__ = ()
