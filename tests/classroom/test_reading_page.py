"""The page on which a person reads: by keyboard alone from answers to the sheet that the commands read."""

import csv
import json
import re
import time

import pytest
from chromium import PATIENCE
from classroom.hand_ins import PEOPLE, new_class
from classroom.toy_class import TOY, WORTH

from snnlab.course.classroom.assessment.reading_page import reading_page, rubric_items, write_reading_page
from snnlab.course.classroom.marks import ToRead, read_by_hand, write_template
from snnlab.course.classroom.reading import find_part, part_names

NASTY = '</script><script>document.title = "taken"</script><img src=x onerror=alert(1)>'
LINES = [
    ToRead("s1", "essay", 4.0, "Why does *it* leak?", f"Because; of the hole, {NASTY}\nand =1+1"),
    ToRead("s2", "essay", 4.0, "Why does it *not* leak?", '=HYPERLINK("x")'),
    ToRead("s3", "essay", 4.0, "Why does *it* leak?", "(There is no text here.)"),
    ToRead("s2", "first", 2.0, "", "half a character: \ud800, and \u202eturned"),
]
NAMES = {one.id: one.name for one in PEOPLE}
PARTS = {name: find_part(name) for name in part_names()}


def own(page):
    """What the script of a page knows."""
    return json.loads(re.search(r'id="own">(.*?)</script>', page, re.S)[1])


@pytest.mark.parametrize("name", PARTS)
def test_every_rubric_has_items_that_add_up(name):
    texts = [one for one in PARTS[name].exercises if one.manual]
    assert texts
    for one in texts:
        items = rubric_items(one.rubric)
        assert len(items) >= 2 and sum(item.points for item in items) == one.points


def test_an_item_without_points_is_worth_none():
    assert rubric_items("") == []
    (item,) = rubric_items("See the lecture.")
    assert item == (0.0, "See the lecture.")


def test_what_students_wrote_is_data():
    page = reading_page("me", TOY, LINES, NAMES)
    assert "<img" not in page and page.count("</script>") == 2 and "\u202e" not in page
    answers = own(page)["answers"]
    assert [one["exercise"] for one in answers] == ["first", "essay", "essay", "essay"]
    assert NASTY in next(one["text"] for one in answers if one["row"] == 0)
    assert "script-src 'sha256-" in page and not re.search(r"https?:|\bsrc=\"|@import|url\(", page)


def test_the_order_says_nothing_of_whose_an_answer_is():
    lines = [ToRead(f"s{k:02}", "essay", 4.0, "Why?", "x") for k in range(20)]
    page = reading_page("me", TOY, lines, {})
    order = [
        one["row"] for one in json.loads(re.search(r'id="own">(.*?)</script>', page, re.S)[1])["answers"]
    ]
    assert sorted(order) == list(range(20)) != order


@pytest.fixture(params=[",", ";"], ids=["commas", "semicolons"])
def class_(request, tmp_path):
    """A class whose sheet and page are made, and what stands between the sheet's cells."""
    folder = tmp_path / "class"
    new_class(folder)
    roster = folder / "roster.csv"
    roster.write_text(roster.read_text(encoding="utf-8").replace(",", request.param), encoding="utf-8")
    write_template(folder, "me", LINES)
    return folder, write_reading_page(folder, "me", TOY, LINES, NAMES)


@pytest.fixture
def tab(browser, class_):
    """The page, in a browser that can only download, and that writes down what goes wrong."""
    context = browser.new_context(accept_downloads=True)
    context.add_init_script("window.showSaveFilePicker ??= undefined; delete window.showSaveFilePicker;")
    context.add_init_script(
        "Object.defineProperty(window, 'showSaveFilePicker', { value: window.picker, writable: true });"
    )
    tab, troubles = context.new_page(), []
    tab.on("console", lambda said: troubles.append(said.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto(class_[1].as_uri())
    yield tab
    assert troubles == []
    context.close()


def made(tab):
    """The sheet that the key makes."""
    with tab.expect_download() as download:
        tab.keyboard.press("s")
    assert download.value.suggested_filename == "manual-me.csv"
    return download.value


def until(what):
    """Do it until it is so, with an end: what was typed reaches another document a moment later."""
    end = time.monotonic() + PATIENCE / 1000
    while not what():
        assert time.monotonic() < end, "waited in vain"


@pytest.mark.browser
def test_the_sheet_of_an_untouched_page_is_the_sheet_that_is_there(class_, tab, tmp_path):
    tab.locator("#answer").focus()
    made(tab).save_as(tmp_path / "made.csv")
    assert (tmp_path / "made.csv").read_bytes() == (class_[0] / "manual-me.csv").read_bytes()
    assert "4 answers have no points yet." in tab.inner_text("#said")


@pytest.mark.browser
def test_a_class_is_read_by_the_keyboard_alone(class_, tab):
    """An item, points of one's own with a comma, nothing; a comment with all that a cell can hold."""
    keys = tab.keyboard
    assert tab.inner_text("#which") == "Answer 1 of 1" and tab.title() == "Toy: to be read by me"
    keys.press("p")
    keys.type("1,5")
    keys.press("c")
    keys.type('Half; "so", it is\nfair')
    keys.press("Escape")
    keys.press("q")
    own = [one.strip() for one in tab.locator("#question option").all_inner_texts()]
    assert own == ["first", "essay"] and tab.inner_text("#which") == "Answer 1 of 3"
    by_row = {}
    for k in range(3):
        assert tab.inner_text("#which") == f"Answer {k + 1} of 3"
        text = tab.inner_text("#text")
        row = next(n for n, line in enumerate(LINES) if line.answer.replace("\ud800", "") in text)
        assert tab.locator(".asked:visible").inner_text() == LINES[row].question.replace("*", "")
        by_row[row] = k
        keys.press("0" if row == 2 else "1")
        keys.press("ArrowRight" if k == 0 else "j")
    assert tab.inner_text("#progress") == "3 of 3 have points" and len(by_row) == 3
    made(tab).save_as(class_[0] / "manual-me.csv")
    assert tab.inner_text("#said").endswith("All answers have points.")
    given = read_by_hand(class_[0], WORTH, list(NAMES))
    assert {key: one.points for key, one in given.items()} == {
        ("s1", "essay"): 4.0, ("s2", "essay"): 4.0, ("s3", "essay"): 0.0, ("s2", "first"): 1.5,
    }  # fmt: skip
    assert given["s2", "first"].comment == 'Half; "so", it is\nfair'


@pytest.mark.browser
def test_names_wait_until_they_are_asked_for_and_nothing_is_lost(tab):
    def reloaded():
        tab.reload()
        return tab.locator("#points").input_value() == "1"

    keys = tab.keyboard
    assert not tab.locator("#who").is_visible() and "Ek" not in tab.inner_text("main")
    keys.press("n")
    assert tab.inner_text("#who") == "Bo Ek (s2)"
    keys.press("p")
    keys.type("9")
    assert tab.inner_text("#wrong") == "Points are a number from 0 to 2."
    keys.press("Escape")
    keys.press("s")
    assert tab.inner_text("#said") == "No sheet yet: look at these points."
    tab.locator("#points").fill("1")
    until(reloaded)
    assert not tab.locator("#who").is_visible()
    tab.get_by_label("Single keys").uncheck()
    keys.press("n")
    assert not tab.locator("#who").is_visible()


@pytest.mark.browser
def test_two_tabs_write_no_draft_of_each_other_s(class_, tab):
    """And either makes the sheet of both."""
    folder, page = class_
    other = tab.context.new_page()
    other.goto(page.as_uri())
    tab.locator("#points").fill("1")
    other.get_by_label("Question").select_option("essay")
    other.locator("#points").fill("3")
    other.keyboard.press("Escape")

    def has_both(one):
        made(after(one)).save_as(folder / "manual-me.csv")
        return sorted(given.points for given in read_by_hand(folder, WORTH, list(NAMES)).values()) == [1, 3]

    for one in (tab, other):
        until(lambda one=one: has_both(one))
    other.get_by_label("Question").select_option("first")
    assert other.locator("#points").input_value() == "1"


@pytest.mark.browser
def test_a_draft_is_of_one_answer_one_reader_and_one_class(class_, tab):
    folder, _ = class_

    def points(lines=LINES, name="me"):
        tab.goto(write_reading_page(folder, name, TOY, lines, NAMES).as_uri())
        return tab.locator("#points").input_value()

    def has_one(lines=LINES):
        until(lambda: points(lines) == "1")

    tab.locator("#points").fill("1")  # of what Bo wrote to the first question
    others = [line._replace(answer="Another") if line.exercise == "essay" else line for line in LINES]
    has_one(others)
    has_one([*others[1:], ToRead("s3", "essay", 4.0, "", "new")])
    assert points([*LINES[:3], LINES[3]._replace(answer="Another")]) == ""
    has_one()
    assert points(name="you") == ""
    key = folder / "key.json"
    key.write_text(key.read_text(encoding="utf-8").replace('"seed": 7', '"seed": 8', 1), encoding="utf-8")
    assert points() == ""


@pytest.mark.browser
def test_a_sheet_that_has_points_is_opened_and_nothing_of_it_is_lost(class_, tab):
    """Points that were given in a spreadsheet, and a line of the teacher's own."""
    folder, _ = class_
    sheet = folder / "manual-me.csv"
    text = sheet.read_text(encoding="utf-8-sig")
    sign = ";" if text.startswith("id;") else ","
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=sign))
    rows[1][2], rows[1][4] = "2,5", 'Half; "so"\nit is, fair'
    rows.append(["s2", "middle", "3", "", "You typed a comma", "", ""])
    with sheet.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=sign).writerows(rows)
    tab.locator("#points").fill("1,5")
    tab.locator("#file").set_input_files(sheet)
    said = "1 answer has points or a comment of manual-me.csv now. 1 other line is kept for the sheet."
    tab.get_by_text(said, exact=True).wait_for()
    made_by_key = made(after(tab))
    assert "2 answers have no points yet." in tab.inner_text("#said")
    made_by_key.save_as(sheet)
    given = read_by_hand(folder, WORTH, list(NAMES))
    assert {key: (one.points, one.comment) for key, one in given.items()} == {
        ("s1", "essay"): (2.5, 'Half; "so"\nit is, fair'),
        ("s2", "first"): (1.5, ""),
        ("s2", "middle"): (3.0, "You typed a comma"),
    }
    tab.locator("#file").set_input_files(sheet)  # what the page has made itself changes nothing
    tab.get_by_text("0 answers have points or a comment of manual-me.csv now. 1 other line").wait_for()


def after(tab):
    """The tab, with no field in hand."""
    tab.locator("#answer").focus()
    return tab


@pytest.mark.browser
def test_what_a_sheet_says_otherwise_or_of_another_answer_is_told_and_not_taken(class_, tab):
    folder, _ = class_
    sheet = folder / "manual-me.csv"
    lines = [LINES[0]._replace(answer="What stood there before"), *LINES[1:]]
    sheet.unlink()
    write_template(folder, "me", lines)
    text = sheet.read_text(encoding="utf-8-sig")
    for sign in ",;":
        text = text.replace(f"essay{sign}{sign}4", f"essay{sign}4{sign}4").replace(
            f"first{sign}{sign}2", f"first{sign}2{sign}2"
        )
    sheet.write_text(text, encoding="utf-8")
    tab.locator("#points").fill("1")
    tab.locator("#file").set_input_files(sheet)
    tab.get_by_text(
        "2 answers have points or a comment of manual-me.csv now. 1 answer has other points or another "
        "comment here, which stay. 1 answer has changed since, and nothing of the sheet.",
        exact=True,
    ).wait_for()
    assert tab.locator("#points").input_value() == "1"
    sheet.write_bytes("id,exercise,points,comment\ns1,essay,4,gut f\xfcr dich\n".encode("latin-1"))
    tab.locator("#file").set_input_files(sheet)
    tab.get_by_text("manual-me.csv is no sheet in UTF-8").wait_for()


@pytest.mark.browser
def test_a_comment_without_points_is_counted(tab):
    tab.locator("#comment").fill("Say why.")
    made(after(tab))
    said = "4 answers have no points yet. 1 comment stands without points, so no student will read it."
    assert said in tab.inner_text("#said")


@pytest.mark.browser
def test_where_a_browser_keeps_no_drafts_it_is_said(class_, tab):
    assert "stays in this browser, on this machine" in tab.inner_text("#drafts")
    tab.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaError'); }; }")
    tab.locator("#points").fill("1")
    assert "keeps nothing of what you type" in tab.inner_text("#drafts")
    made(after(tab)).save_as(class_[0] / "manual-me.csv")
    assert [one.points for one in read_by_hand(class_[0], WORTH).values()] == [1]


@pytest.mark.browser
def test_where_a_browser_writes_files_the_sheet_is_written_again_and_again(tab):
    tab.evaluate(
        """() => { window.written = []; window.showSaveFilePicker = async (asked) => ({
          name: asked.suggestedName,
          createWritable: async () => ({
            write: async (blob) => window.written.push(await blob.text()),
            close: async () => {},
          }),
        }); }"""
    )
    for points in ("1", "2"):
        tab.locator("#points").fill(points)
        tab.keyboard.press("Escape")
        tab.keyboard.press("s")
        tab.get_by_text("manual-me.csv is written.").wait_for()
        tab.evaluate("document.getElementById('said').textContent = ''")
    first, second = tab.evaluate("window.written")
    assert first != second and len(first) == len(second)
    tab.evaluate(
        "() => { window.showSaveFilePicker = async () => { throw new DOMException('', 'AbortError'); }; }"
    )
    tab.reload()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_is_for_everybody(browser, class_, scheme, width):
    """What axe checks: names of fields, contrast, structure. And it fits a telephone."""
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 700}
    )
    tab = context.new_page()
    tab.goto(class_[1].as_uri())
    tab.get_by_label("Question").select_option("essay")
    tab.get_by_text("Keys", exact=True).click()
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
