"""Credit: how a synapse may learn that it was wrong, without what backpropagation asks of a brain."""

__all__ = ()
