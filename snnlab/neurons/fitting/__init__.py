"""Models fitted to recordings, and compared."""

__all__ = ()
