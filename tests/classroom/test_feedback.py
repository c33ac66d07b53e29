"""`snnlab feedback`: a page a student, in which nothing that anybody wrote is more than text."""

import json
import re
import zipfile

import pytest
from classroom.hand_ins import ADA, BO, canvas, give, moodle, new_class, notebook, pack
from classroom.toy_class import TOY

from snnlab.course import cli
from snnlab.course.classroom.giving_back import feedback

EVIL = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {sum} \u202e \x07 \ud800 & *a* `b` $x$"


@pytest.fixture
def class_(tmp_path, monkeypatch):
    monkeypatch.setattr(feedback, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    return folder, new_class(folder)


def change(folder, student, exercise, **what):
    file = folder / "marks" / f"{student}.json"
    mark = json.loads(file.read_text(encoding="utf-8"))
    mark["exercises"][exercise] |= what
    file.write_text(json.dumps(mark), encoding="utf-8")


def page_of(folder, student):
    assert cli.main(["feedback", str(folder)]) == 0
    return (folder / "feedback" / f"{student}.html").read_text(encoding="utf-8")


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.partition("<body>")[2]))


def test_a_page_says_points_reasons_hints_and_comments(class_, capsys):
    folder, key = class_
    give(folder, key, "s1", 2, 0, 2, None)
    change(folder, "s1", "middle", reason="unscaled", hint="The `factor` is missing.", answer="")
    change(folder, "s1", "first", hint="Right. Go on.", answer="27.5")
    (folder / "manual-ana.csv").write_text(
        'id,exercise,points,comment\ns1,essay,2.5,"Say why.\nTwo lines."\n', encoding="utf-8"
    )
    words = words_of(page_of(folder, "s1"))
    assert "For Ada Lovelace (s1)." in words and "6.5 of 11 points" in words
    assert "2. middle 0 of 3 points: unscaled. The factor is missing." in words
    assert "1. first 2 of 2 points. Right. Go on. Your answer: 27.5" in words
    assert "2.5 of 4 points. Read by ana. Say why. Two lines." in words
    assert "Nothing of theirs is marked: s2, s3." in capsys.readouterr().out


def test_what_is_still_to_be_read_is_said(class_, capsys):
    folder, key = class_
    give(folder, key, "s1", 2, 3, 2, None)
    words = words_of(page_of(folder, "s1"))
    assert "7 of 11 points A person has still to read some answers" in words
    assert "Not read yet; 4 points can be had." in words
    assert "Answers of theirs have still to be read: s1." in capsys.readouterr().out


def test_nothing_that_was_written_is_more_than_text(class_):
    folder, key = class_
    give(folder, key, "s1", 2, 0, 2, 0)
    change(folder, "s1", "middle", reason=EVIL, hint=EVIL, answer=EVIL)
    (folder / "manual-eve.csv").write_text(
        f'id,exercise,points,comment\ns1,essay,1,"{EVIL[:60].replace(chr(34), "")}"\n', encoding="utf-8"
    )
    (folder / "roster.csv").write_text(
        'id,name,email\ns1,"<b>Ada</b> {sum}",\ns2,,\ns3,,\n', encoding="utf-8"
    )
    page = page_of(folder, "s1")
    body = page.partition("<body>")[2]
    assert set(re.findall(r"<(\w+)", body)) <= {
        "main",
        "h1",
        "h2",
        "p",
        "pre",
        "blockquote",
        "code",
        "em",
        "b",
        "i",
    }
    assert not re.search(r"<\w+[^>]*\bon\w+=", body) and "\u202e" not in page and "\x07" not in page
    assert "&lt;b&gt;Ada&lt;/b&gt; {sum} (s1)" in body


@pytest.mark.parametrize("words", ["$a__b$", "$_^_^$", r"$\\frac{1}$", "*a **b* c**", "`", "$$", "$a_{b$"])
def test_what_only_looks_like_mathematics_stays_text(class_, words):
    folder, key = class_
    give(folder, key, "s1", 0, 0, 0, 0)
    change(folder, "s1", "first", reason="error", hint=f"It stops with NameError: {words}")
    body = page_of(folder, "s1").partition("<body>")[2]
    depth = re.findall(r"<(/?)(sub|sup|b|em|i|code|p)\b", body)
    assert sorted(tag for end, tag in depth if not end) == sorted(tag for end, tag in depth if end)
    assert "NameError" in body and "<<" not in body


def test_a_page_asks_no_server_and_tells_no_secrets(class_):
    folder, key = class_
    give(folder, key, "s1", 2, 0, 2, 0)
    file = folder / "marks/s1.json"
    mark = json.loads(file.read_text(encoding="utf-8")) | {"notes": ["It was made for 's2'."]}
    file.write_text(json.dumps(mark), encoding="utf-8")
    page = page_of(folder, "s1")
    assert not re.search(r"https?:|src=|@import|url\(|<script", page)
    assert "s2" not in page and key["students"]["s1"]["token"] not in page


@pytest.mark.parametrize("lms", [moodle, canvas])
def test_the_lms_takes_the_pages_back(class_, tmp_path, lms, capsys):
    folder, key = class_
    zipped = pack(tmp_path / "all.zip", [(lms(who), notebook(key, who)) for who in (ADA, BO)])
    assert cli.main(["collect", str(zipped), "--class", str(folder)]) == 0
    give(folder, key, "s1", 2, 0, 2, 0)
    give(folder, key, "s3", 2, 0, 2, 0)
    page = page_of(folder, "s1")
    with zipfile.ZipFile(folder / "feedback/for-the-lms.zip") as back:
        assert back.namelist() == [lms(ADA, "feedback.html")]
        assert back.read(lms(ADA, "feedback.html")).decode("utf-8") == page
    out = capsys.readouterr().out
    assert "has 1 of them under names that the LMS takes back" in out
    assert "Not in it, because their files came from no LMS that takes such a zip: s3." in out


def test_without_the_definitions_names_do(class_, monkeypatch):
    folder, key = class_
    give(folder, key, "s1", 2, 0, 2, 0)
    monkeypatch.setattr(feedback, "find_part", lambda name: TOY.__class__(**{**vars(TOY), "edition": "2"}))
    assert "2. middle" in words_of(page_of(folder, "s1"))


def test_what_stands_in_the_way_is_a_sentence(class_, capsys):
    folder, _ = class_
    assert cli.main(["feedback", str(folder)]) == 2
    assert "nothing is marked yet" in capsys.readouterr().err
    assert cli.main(["feedback", str(folder.parent)]) == 2


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_for_everybody(class_, browser, scheme):
    """What axe checks: contrast and structure. And it fits a telephone."""
    from axe_playwright_python.sync_playwright import Axe

    folder, key = class_
    give(folder, key, "s1", 2, 0, 2, 1)
    change(folder, "s1", "middle", reason="unscaled", hint=EVIL, answer="x" * 300)
    page_of(folder, "s1")
    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": 360, "height": 700}
    )
    tab = context.new_page()
    tab.goto((folder / "feedback/s1.html").as_uri())
    found = Axe().run(tab)
    assert found.violations_count == 0, found.generate_report()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
