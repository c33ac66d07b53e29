"""Who was wrong? How a synapse deep inside a network could be told."""

__all__ = ()
