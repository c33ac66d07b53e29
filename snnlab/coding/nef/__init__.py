"""The neural engineering framework: populations that stand for numbers, and compute with them."""

__all__ = ()
