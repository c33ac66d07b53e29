"""Teachers and rewards: what a spike is told about its worth."""

__all__ = ()
