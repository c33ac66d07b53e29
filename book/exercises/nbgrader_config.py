"""Settings for nbgrader: copy this file into the folder of your course.

A notebook without answers runs from top to bottom, so that what is left to do does not stop it. And a student
who copies a cell does not stop the marking of the class: of cells with one name nbgrader keeps the last and
empties the others' metadata, which it then refuses to read; here the others become cells like any that a
student has added.
"""

from nbgrader import preprocessors

c = get_config()  # noqa: F821  # nbgrader defines it


class Once(preprocessors.DeduplicateIds):
    """Of cells with one name the last counts."""

    def preprocess_cell(self, cell, resources, cell_index):
        """Leave nothing of nbgrader's in a cell that it has emptied."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.metadata.get("nbgrader") == {}:
            del cell.metadata["nbgrader"]
        return cell, resources


c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = ""
c.Autograde.sanitize_preprocessors = [
    preprocessors.ClearOutput,
    Once,
    preprocessors.OverwriteKernelspec,
    preprocessors.OverwriteCells,
    preprocessors.CheckCellMetadata,
]
