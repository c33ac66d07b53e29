"""Programs that are answered in a page: the Python of the page, and what runs in it."""

__all__ = ()
