"""The goals of chapter 25, on the window that falls out of a likelihood, and on neurons that nobody sees."""

__all__ = ()
