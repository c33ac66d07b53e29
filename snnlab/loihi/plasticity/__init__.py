"""The learning engine: rules as text, and what they do."""

__all__ = ()
