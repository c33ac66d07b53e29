"""A second process that runs a student's functions, and the one language in which it is asked and answers."""

__all__ = ()
