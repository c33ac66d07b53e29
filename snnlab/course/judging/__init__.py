"""What is said to an answer: right, or what the mistake probably is."""

__all__ = ()
