"""What a class is given: notebooks and pages with each student's own numbers, and what they import."""

__all__ = ()
