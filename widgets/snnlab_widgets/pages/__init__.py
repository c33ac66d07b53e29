"""A panel as a page: the block in the book, the single file, the script that brings it to life."""

__all__ = ()
