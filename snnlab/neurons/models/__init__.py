"""Models of single neurons, one a file: the equation, `step`, and the run."""

__all__ = ()
