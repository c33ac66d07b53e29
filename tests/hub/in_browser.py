"""A student of a hub in a real browser: what a Chromebook would do."""

from urllib.parse import urlencode

from hub.real_hub import PASSWORD, PATIENCE
from hub.student import CHAPTER, RIGHT, Student
from lab_session import error_outputs, move_first_slider, run_all

__all__ = ["go_through"]

READY = """() => {
    const shown = window.jupyterapp?.shell?.currentWidget;
    return shown?.context?.isReady
        && shown?.sessionContext?.session?.kernel?.connectionStatus === "connected";
}"""
SET = """([index, source]) => {
    jupyterapp.shell.currentWidget.content.model.cells.get(index).sharedModel.setSource(source);
}"""
FIND = """words => [...jupyterapp.shell.currentWidget.content.model.cells]
    .findIndex(cell => cell.sharedModel.getSource().includes(words))"""
SAID = """index => jupyterapp.shell.currentWidget.content.model.cells.get(index).outputs.toJSON()
    .map(o => o.text ?? o.data?.["text/plain"] ?? o.evalue ?? "").flat().join("")"""


def go_through(page, student: Student, repository: str) -> None:
    """Follow the link to a chapter, log in, run it, move a panel, answer an exercise, save."""
    page.set_default_timeout(1000 * PATIENCE)
    link = urlencode(
        {"repo": repository, "branch": "main", "urlpath": f"lab/tree/course/{CHAPTER}"}, safe="/"
    )
    with student.step("log in"):
        page.goto(f"{student.hub.url}/hub/user-redirect/git-pull?{link}", wait_until="domcontentloaded")
        page.fill("input[name=username]", student.name)
        page.fill("input[name=password]", PASSWORD)
    with student.step("server, course and chapter"):
        page.click("#login_submit")
        page.wait_for_url(f"**/user/{student.name}/lab/**", wait_until="domcontentloaded")
        page.wait_for_function(READY)
    with student.step("run it"):
        run_all(page)
    assert error_outputs(page) == []
    with student.step("move a panel"):
        before, after, *pictures = move_first_slider(page)
    assert before != after and pictures[0] != pictures[1]
    with student.step("answer an exercise"):
        index = page.evaluate(FIND, 'check("2.1"')
        page.evaluate(SET, [index, RIGHT])
        page.evaluate(
            """async index => {
                jupyterapp.shell.currentWidget.content.activeCellIndex = index;
                await jupyterapp.commands.execute("notebook:run-cell");
            }""",
            index,
        )
    assert "Right" in page.evaluate(SAID, index)
    with student.step("hand in"):
        page.evaluate("async () => { await jupyterapp.shell.currentWidget.context.save(); }")
    file = student.hub.home(student.name) / "course" / CHAPTER
    assert "Right" in file.read_text(encoding="utf-8")
