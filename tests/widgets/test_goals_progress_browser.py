"""The progress of a reader: kept by the browser, written to a file, read back, refused where it is none."""

import json

import pytest
from widgets.goal_answers import answers
from widgets.goal_page import give
from widgets.panel_page import opened, watched_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_progress_survives_a_reload_an_export_and_an_import(browser, goal_files):
    with watched_page(browser) as tab:
        opened(tab, goal_files["lif-overflow"])
        give(tab, answers("lif-overflow")[1])
        give(tab, answers("lif-overflow")[0])
        tab.get_by_text("2 tries, solved").wait_for()
        opened(tab, goal_files["lif-overflow"])
        assert tab.locator(".snn-goal > .snn-tally").inner_text() == "2 tries, solved"
        tab.locator(".snn-progress summary").press("Enter")
        with tab.expect_download() as download:
            tab.get_by_role("button", name="Save as a file").press("Enter")
        assert download.value.suggested_filename == "snnlab-progress.json"
        text = download.value.path().read_text(encoding="utf-8")
        assert text == tab.evaluate("localStorage.getItem('snnlab-progress')")
    with watched_page(browser) as tab:
        opened(tab, goal_files["lif-twice"])
        give(tab, answers("lif-twice")[1])
        tab.locator(".snn-progress summary").press("Enter")
        with tab.expect_file_chooser() as chooser:
            tab.get_by_role("button", name="Open a file").click()
        chooser.value.set_files({
            "name": "mine.json",
            "mimeType": "application/json",
            "buffer": text.encode("utf-8"),
        })
        tab.get_by_text("Read: 1 exercise.").wait_for()
        kept = json.loads(tab.evaluate("localStorage.getItem('snnlab-progress')"))["goals"]
        assert kept == {
            "lif-twice": {"tries": 1, "solved": False},
            "lif-overflow": {"tries": 2, "solved": True},
        }


BAD = [
    "", "hello", "null", "[]", "{}", '{"snnlab": 2, "goals": {}}', '{"snnlab": 1, "goals": []}',
    '{"snnlab": 1, "goals": {"lif-twice": null}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": -1, "solved": true}}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": 1.5, "solved": true}}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": 1e400, "solved": true}}}',
    '{"snnlab": 1, "goals": {"lif-twice": {"tries": 1, "solved": "yes"}}}',
    '{"snnlab": 1, "goals": {"__proto__": {"tries": 1, "solved": true}}}',
    '{"snnlab": 1, "goals": {"<img src=x>": {"tries": 1, "solved": true}}}',
    json.dumps({"snnlab": 1, "goals": {f"g{k}": {"tries": 1, "solved": True} for k in range(1001)}}),
]  # fmt: skip


def test_a_malformed_import_gets_one_sentence_and_changes_nothing(tab, goal_files):
    opened(tab, goal_files["lif-twice"])
    give(tab, answers("lif-twice")[1])
    tab.locator(".snn-progress summary").click()
    before = tab.evaluate("localStorage.getItem('snnlab-progress')")
    told = tab.locator(".snn-progress [role=status]")
    for text in BAD:
        told.evaluate("e => { e.textContent = ''; }")
        tab.locator(".snn-progress input[type=file]").set_input_files({
            "name": "mine.json",
            "mimeType": "application/json",
            "buffer": text.encode("utf-8"),
        })
        said = told.filter(
            has_text="This is not the progress of a reader of this course: nothing was changed."
        )
        said.wait_for()
        assert tab.evaluate("localStorage.getItem('snnlab-progress')") == before
    # a store that somebody else has spoilt counts as empty
    tab.evaluate("localStorage.setItem('snnlab-progress', '{\"goals\": 3')")
    opened(tab, goal_files["lif-twice"])
    assert tab.locator(".snn-goal > .snn-tally").inner_text() == ""


def test_a_page_that_may_keep_nothing_works_and_says_so(tab, goal_files, tmp_path):
    """In a sandboxed frame even asking for the store is an error."""
    inner = (
        goal_files["lif-overflow"].read_text(encoding="utf-8").replace("&", "&amp;").replace('"', "&quot;")
    )
    frame = f'<iframe sandbox="allow-scripts allow-forms" width=900 height=800 srcdoc="{inner}"></iframe>'
    text = f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,>{frame}"
    (tmp_path / "frame.html").write_text(text, encoding="utf-8")
    tab.goto((tmp_path / "frame.html").as_uri())
    inside = tab.frame_locator("iframe")
    inside.get_by_label("First spike after").fill("27.5")
    inside.get_by_label("First spike after").press("Enter")
    inside.get_by_text("Right. Now look at the fraction").wait_for()
    inside.get_by_text("1 try, solved").wait_for()
    inside.locator(".snn-progress summary").click()
    inside.get_by_text("This page may keep nothing: save it as a file before you leave.").wait_for()
