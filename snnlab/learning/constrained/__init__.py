"""Networks that learn what their hardware allows: soft neurons, drawn synapses, ternary weights."""

__all__ = ()
