"""What a class gets back: a filled column of the gradebook, and a page of feedback a student."""

__all__ = ()
