"""Networks that learn when to spike: gradients of the spike times themselves."""

__all__ = ()
