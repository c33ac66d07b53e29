"""Settings for nbgrader: copy this file into the folder of your course.

A notebook without answers runs from top to bottom, so that what is left to do does not stop it.
"""

c = get_config()  # noqa: F821  # nbgrader defines it

c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = ""
