"""Exercises for a class, one room a step.

``handout`` gives all students numbers of their own, ``intake`` sorts what comes back, ``sandbox`` runs it
where it can harm nobody, ``assessment`` marks it, ``giving_back`` tells. What all of them know lies here: the
exercises of a part, the roster, the key, the files of marks.

The definitions with their solutions stand in ``book/exercises`` of the repository, outside the package, so
that no student receives them.
"""

__all__ = ()
