"""What is done to neurons in a laboratory or on paper: steps, pulses, thresholds, places, delays."""

__all__ = ()
