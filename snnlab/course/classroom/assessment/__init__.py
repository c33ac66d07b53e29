"""From a submission to its marks, for a whole class, and what several assistants have marked, together."""

__all__ = ()
