"""Networks whose synapses learn while the network runs."""

__all__ = ()
