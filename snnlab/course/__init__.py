"""What a reader of the course uses beside the science: exercises that answer at once.

>>> from snnlab.course import check
>>> check("2.1", -27.5)
2.1  Not yet. A negative time: the fraction in the logarithm is upside down. The larger
distance stands above the smaller one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from snnlab.course.checking import check, exercise, mistakes
    from snnlab.course.classroom.handout.form import check_form
    from snnlab.course.result_tables import load_table

import snnlab.other_snnlab  # noqa: F401  first, so that it can say what stands in the way

__all__ = ["check", "check_form", "exercise", "load_table", "mistakes"]


def __getattr__(name: str) -> Callable:
    # The command line shares this package and needs none of these, so they are loaded when asked for.
    if name == "check_form":
        from snnlab.course.classroom.handout.form import check_form

        return check_form
    if name == "load_table":
        from snnlab.course.result_tables import load_table

        return load_table
    if name in __all__:
        from snnlab.course import checking

        return getattr(checking, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
