"""Write the nbgrader source of each part beside its folder: ``python book/exercises/write_sources.py``."""

from pathlib import Path

from snnlab.course.classroom.handout.notebooks import as_text, source_notebook
from snnlab.course.classroom.reading import find_part, part_names

for name in part_names():
    file = Path(__file__).with_name(f"{name}.ipynb")
    file.write_text(as_text(source_notebook(find_part(name))), encoding="utf-8", newline="\n")
    print(file.name)
