"""Every exercise is answered where it stands.

A cell that ends in ``check("2.1", …)`` prints "Not started yet" while the book is built, and in a page nobody
can run it again. So the page gets a form in the place of this output, and the cell is folded below it. A goal
that stands among the cells of an exercise, between its statement and its check, is the form.

Beside the pages lies one script, which brings the forms to life. It knows every exercise and every goal of
the course by page, and so what of it a reader has solved.
"""

import re
from html import unescape
from pathlib import Path

import nbformat
from docutils import nodes
from snnlab_widgets.goals.base import in_page
from snnlab_widgets.goals.in_chapter import KINDS, course_script, exercise_block, record_of

from snnlab.course.exercises import find
from snnlab.course.exercises.kinds import Exercise, Function, Hidden

SCRIPT = "snnlab-course.js"
CHECK = re.compile(r'^check\("([\d.]+)", ', re.MULTILINE)
GOAL = re.compile(r'^GOALS\["([a-z0-9-]+)"\]\(\)$', re.MULTILINE)
QUESTION = re.compile(r'<p class="snn-question">(.*?)</p>', re.DOTALL)
FOLDED = {  # as myst-nb folds a cell
    "hide_mode": "input",
    "prompt_show": "The cell in JupyterLab",
    "prompt_hide": "The cell in JupyterLab",
}
CALL = re.compile(r"^(?!snn\.).*\b\w[\w.]{2,}\(.*\w")  # of Python, and no f(x); snn.Leaky is only quoted
INJECT = "In this page no Python is needed: choose a current below and inject it."
ANYHOW = (
    'The calls in this exercise run in JupyterLab: <a href="../index.html">how to begin</a>. What you find '
    "in another way, on paper, with a calculator or with the panels, is checked here all the same."
)
TASK = "snnlab_task"  # what the script has to know, at the node where it stands


def answer_in_place(doctree: nodes.document, sources: list[str]) -> None:
    """Put the forms of a chapter into its page.

    Parameters
    ----------
    doctree
        The page as it was read.
    sources
        The source of each cell of its notebook.
    """
    form = ""
    for cell in list(doctree.findall(nodes.container)):
        if cell.get("nb_element") != "cell_code":
            continue
        source, in_exercise = sources[cell["cell_index"]], "tag_part:exercise" in cell["classes"]
        if goal := GOAL.search(source):
            form = goal[1] if in_exercise else ""
            cell["ids"].append(f"goal-{goal[1]}")
            if not in_exercise:
                cell[TASK] = {"kind": "goal", "name": goal[1], "title": _question(cell) or goal[1]}
        elif check := CHECK.search(source):
            _answer(doctree, cell, check[1], form)
            form = ""


def _answer(doctree: nodes.document, cell: nodes.container, id: str, form: str) -> None:
    """Fold the cell of an exercise; without a goal that is its form, give it one."""
    task = find(id)
    del cell[1:]  # what it printed
    for key, value in FOLDED.items():
        cell[key] = value
    if not form:
        block = nodes.raw("", exercise_block(task), format="html")
        cell.parent.insert(cell.parent.index(cell), block)
    statement = next(
        node for node in doctree.findall(nodes.paragraph) if node.astext().startswith(f"Exercise {id} ")
    )
    for text in list(statement.findall(nodes.Text)):
        text.parent.replace(text, nodes.Text(in_page(text)))
    if note := note_in_page(task, [code.astext() for code in statement.findall(nodes.literal)]):
        below = nodes.raw("", f'<p class="snn-in-page">{note}</p>', format="html")
        statement.parent.insert(statement.parent.index(statement) + 1, below)
    statement["ids"].append(record_of(id))
    statement[TASK] = {
        "kind": "goal" if form else KINDS[type(task)],
        "name": form or record_of(id),
        "title": f"{id} {task.title}",
    }


def note_in_page(task: Exercise, codes: list[str]) -> str:
    """What has to be said below a statement that was written for a notebook.

    Parameters
    ----------
    task
        The exercise.
    codes
        What stands in its statement as code.

    Examples
    --------
    >>> from snnlab.course.exercises import find
    >>> note_in_page(find("2.4"), ["hidden.inject(i, dt)"])
    'In this page no Python is needed: choose a current below and inject it.'
    >>> note_in_page(find("2.1"), ["LIF()"]), note_in_page(find("2.2"), ["exp(x)"])
    ('', '')
    """
    if isinstance(task, Hidden):
        return INJECT
    return ANYHOW if not isinstance(task, Function) and any(map(CALL.search, codes)) else ""


def _question(cell: nodes.container) -> str:
    """What a goal asks, from its page form."""
    shown = (QUESTION.search(node.astext()) for node in cell.findall(nodes.raw))
    return next((unescape(found[1]) for found in shown if found), "")


def tasks(doctree: nodes.document) -> list[dict[str, str]]:
    """The exercises and goals of a chapter, in their order."""
    marked = (node for node in doctree.findall(nodes.Element) if TASK in node)
    return [node[TASK] | {"anchor": node["ids"][0]} for node in marked]


def _read(app, doctree):
    name = app.env.docname
    if re.match(r"chapters/\d\d[a-z]?_", name):
        notebook = nbformat.read(app.env.doc2path(name), as_version=4)
        answer_in_place(doctree, [cell.source for cell in notebook.cells])


def _finish(app, exception):
    if exception is not None or app.builder.format != "html":
        return
    pages = [name for name in app.config.external_site_map if re.match(r"chapters/\d\d[a-z]?_", str(name))]
    chapters = [
        {
            "page": f"{name}.html",
            "title": app.env.titles[name].astext(),
            "tasks": tasks(app.env.get_doctree(name)),
        }
        for name in map(str, pages)
    ]
    target = Path(app.outdir) / "_static" / SCRIPT
    target.write_text(course_script(chapters), encoding="utf-8")


def setup(app):
    """Put the forms into the pages as they are read, and write the script once all are written."""
    app.connect("doctree-read", _read)
    app.connect("build-finished", _finish)
    app.add_js_file(SCRIPT, loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
