"""A chapter for a lecture: as slides whose panels live, and as a PDF to hand round.

Both are made of the built page of the chapter, because equations, links and forms are made there; nbconvert
would make them a second time, differently, and its slides ask other hosts for scripts and fonts.
"""

__all__ = ()
