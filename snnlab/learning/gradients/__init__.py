"""Networks that learn by gradients through spikes."""

__all__ = ()
