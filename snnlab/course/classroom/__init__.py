"""Exercises for a class: handed out, collected, marked and given back, one module a step.

The definitions with their solutions stand in ``book/exercises`` of the repository, outside the package, so
that no student receives them.
"""

__all__ = ()
