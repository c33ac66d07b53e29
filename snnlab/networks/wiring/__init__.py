"""Which neurons are joined, how strongly, and how long their spikes take."""

__all__ = ()
