"""Networks whose weights and activations have one bit."""

__all__ = ()
