"""What a class hands in: from the download of an LMS to one submission a student, read and not yet run."""

__all__ = ()
