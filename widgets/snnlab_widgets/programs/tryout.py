"""The Python of a class page, in which a student tries a program: all in one script, for one file."""

import functools

from snnlab_widgets.pages.page import squeezed
from snnlab_widgets.programs.interpreter import interpreter_file, python_script

__all__ = ["tryout_script"]

SCRIPTS = ("format", "axes", "interpreter", "functions", "editor", "tryout")


@functools.cache
def tryout_script() -> str:
    """What makes programs run in a page that is one file; "" if MicroPython is not installed.

    Returns
    -------
    str
        A script. It looks for elements with the attribute ``data-tryout``.
    """
    try:
        interpreter_file()
    except FileNotFoundError:
        return ""
    body = "".join(squeezed(f"{name}.js") for name in SCRIPTS)
    return f"{python_script()}(() => {{\n{body}}})();\n".replace("</", "<\\/")
