"""Credit: how a synapse deep inside a network may learn that it was wrong, without what backpropagation needs."""

__all__ = ()
