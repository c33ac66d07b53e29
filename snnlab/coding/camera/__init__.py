"""An event camera: its pixels, what moves in front of it, and the check against recordings."""

__all__ = ()
