"""Ways to a spiking network, or one of few bits, that tells digits apart: the same digits, the same size."""

__all__ = ()
