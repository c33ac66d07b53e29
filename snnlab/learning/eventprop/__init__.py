"""EventProp: exact gradients of spiking networks that may fire often, reset and loop, from event to event."""

__all__ = ()
