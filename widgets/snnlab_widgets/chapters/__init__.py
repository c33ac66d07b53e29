"""The panels and the goals of the course, by chapter: what stands in a folder is found there."""

__all__ = ()
