"""Credit: how a synapse deep inside may learn that it was wrong, without what backpropagation asks for."""

__all__ = ()
