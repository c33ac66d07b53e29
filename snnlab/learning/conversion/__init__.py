"""Deep networks whose weights are given to spiking neurons, and what they do with them."""

__all__ = ()
