"""`snnlab feedback`: a page a student, in which nothing that anybody wrote is more than text."""

import json
import re
import zipfile

import pytest
from accessibility import axe_findings
from classroom.hand_ins import ADA, BO, ZOE, canvas, give, moodle, new_class, notebook, pack
from classroom.toy_class import TOY

from snnlab.course import cli
from snnlab.course.classroom.giving_back import standings
from snnlab.course.classroom.roster import write_roster

EVIL = "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> {sum} \u202e \x07 \ud800 & *a* `b` $x$"


@pytest.fixture
def class_(tmp_path, monkeypatch):
    monkeypatch.setattr(standings, "find_part", lambda name: TOY)
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


def test_of_a_pair_the_one_who_has_sent_nothing_is_named_with_the_reason(class_, tmp_path, capsys):
    folder, key = class_
    zipped = pack(tmp_path / "all.zip", [(canvas(ADA), notebook(key, ADA))])
    assert cli.main(["collect", str(zipped), "--class", str(folder)]) == 0
    give(folder, key, "s1", 2, 0, 2, 0)
    (folder / "rules.txt").write_text("together: s1 s3", encoding="utf-8")
    assert "for you together" in page_of(folder, "s3")
    said = "nothing of theirs came by the LMS, only of whoever is together with them: s3."
    out = capsys.readouterr().out
    assert f"Not in it, because {said}" in out and out.count("Not in it") == 1


def sent_back(folder, key, capsys):
    """To which name the page of which student goes, and what the command says."""
    for who in (ADA, BO, ZOE):
        give(folder, key, who.id, 2, 0, 2, 0)
    capsys.readouterr()
    assert cli.main(["feedback", str(folder)]) == 0
    archive, out = folder / "feedback/for-the-lms.zip", capsys.readouterr().out
    if not archive.exists():
        return {}, out
    with zipfile.ZipFile(archive) as back:
        names = back.namelist()
        pages = [back.read(name).decode("utf-8") for name in names]
    assert len(names) == len(set(names))
    whose = [re.search(r"For .*? \((\w+)\)\.", page)[1] for page in pages]
    return dict(zip(whose, names, strict=True)), out


def collect(folder, members, *take):
    zipped = pack(folder.parent / "all.zip", members)
    words = [word for student, name in take for word in ("--take", student, name)]
    assert cli.main(["collect", str(zipped), "--class", str(folder), *words]) == 0


UNSURE = "Not in it, because their files came from an account that is not known to be theirs: {}."
HIDDEN = "Participant_{}_assignsubmission_file/{}.ipynb"


@pytest.mark.parametrize("lms", [moodle, canvas])
def test_what_the_teacher_has_taken_from_another_s_account_is_not_answered_there(class_, lms, capsys):
    """Ada has uploaded Bo's notebook beside hers, or in place of hers."""
    folder, key = class_
    taken = lms(ADA, "bo.ipynb")
    collect(folder, [(lms(ADA), notebook(key, ADA)), (taken, notebook(key, BO))], ("s2", taken))
    got, out = sent_back(folder, key, capsys)
    assert got == {"s1": lms(ADA, "feedback.html")} and UNSURE.format("s2") in out
    collect(folder, [(lms(BO), notebook(key, BO, first="first = 2"))])  # what counts is what was taken
    got, out = sent_back(folder, key, capsys)
    assert got == {"s1": lms(ADA, "feedback.html"), "s2": lms(BO, "feedback.html")}
    collect(folder, [(lms(BO), notebook(key, BO, first="first = 2"))], ("s1", taken))  # and taken back
    assert sent_back(folder, key, capsys)[0] == got


def test_a_name_alone_is_no_way_back_for_work_that_came_otherwise(class_, capsys):
    """Ada has mailed hers, and somebody goes by her name."""
    folder, key = class_
    bare = json.dumps({**json.loads(notebook(key, ZOE)), "metadata": {}}).encode("utf-8")
    collect(folder, [("by-mail/s1/toy.ipynb", notebook(key, ADA)), (moodle(ADA), bare)])
    assert sent_back(folder, key, capsys)[0] == {}
    collect(
        folder, [(moodle(ADA), notebook(key, ADA, first="first = 2"))]
    )  # until her token comes from there
    assert sent_back(folder, key, capsys)[0] == {"s1": moodle(ADA, "feedback.html")}


def test_of_an_account_that_hides_its_name_only_the_token_tells(class_, capsys):
    folder, key = class_
    bare = json.dumps({**json.loads(notebook(key, BO)), "metadata": {}}).encode("utf-8")
    files = [(HIDDEN.format(7, "a"), notebook(key, ADA)), (HIDDEN.format(8, "b"), bare)]
    collect(folder, files, ("s2", HIDDEN.format(8, "b")))
    got, out = sent_back(folder, key, capsys)
    assert (
        got == {"s1": HIDDEN.format(7, "feedback").replace(".ipynb", ".html")} and UNSURE.format("s2") in out
    )
    files.append((HIDDEN.format(8, "c"), notebook(key, BO)))
    collect(folder, files)
    assert sent_back(folder, key, capsys)[0].keys() == {"s1", "s2"}


def test_an_account_from_which_two_have_handed_in_is_answered_for_neither(class_, capsys):
    """And a zip of an earlier call, in which it was, does not stay."""
    folder, key = class_
    files = [(HIDDEN.format(7, "a"), notebook(key, ADA))]
    collect(folder, files)
    assert sent_back(folder, key, capsys)[0].keys() == {"s1"}
    files.append((HIDDEN.format(7, "b"), notebook(key, BO)))
    collect(folder, files, ("s1", HIDDEN.format(7, "a")), ("s2", HIDDEN.format(7, "b")))
    got, out = sent_back(folder, key, capsys)
    assert got == {} and UNSURE.format("s1, s2") in out


def test_where_the_roster_has_moodle_s_numbers_everybody_is_answered(class_, capsys):
    """Ada has mailed hers, Zoë's was taken from Bo's account, and each page goes to its own number."""
    folder, key = class_
    people = {who: who._replace(login=f"Participant {1000 + ord(who.id[-1])}") for who in (ADA, BO, ZOE)}
    write_roster(folder / "roster.csv", list(people.values()))
    taken = moodle(BO, "zoe.ipynb")
    files = [("by-mail/s1/toy.ipynb", notebook(key, ADA)), (moodle(BO), notebook(key, BO))]
    collect(folder, [*files, (taken, notebook(key, ZOE))], ("s3", taken))
    got, out = sent_back(folder, key, capsys)
    assert got == {who.id: moodle(who, "feedback.html") for who in people} and "Not in it" not in out


def test_a_name_that_can_be_read_in_two_ways_is_not_answered(class_, capsys):
    """Canvas itself would give it to the first number."""
    folder, key = class_
    collect(folder, [("lovelaceada_49_99999_x_77_88002_toy.ipynb", notebook(key, BO))])
    assert sent_back(folder, key, capsys)[0] == {}


def test_without_the_definitions_names_do(class_, monkeypatch):
    folder, key = class_
    give(folder, key, "s1", 2, 0, 2, 0)
    monkeypatch.setattr(standings, "find_part", lambda name: TOY.__class__(**{**vars(TOY), "edition": "2"}))
    assert "2. middle" in words_of(page_of(folder, "s1"))


def test_what_stands_in_the_way_is_a_sentence(class_, capsys):
    folder, _ = class_
    assert cli.main(["feedback", str(folder)]) == 2
    assert "nothing is marked yet" in capsys.readouterr().err
    assert cli.main(["feedback", str(folder.parent)]) == 2


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["feedback/s1.html", "overview.html"])
def test_the_page_is_for_everybody(class_, browser, name, scheme):
    """What axe checks: contrast and structure. And it fits a telephone."""
    folder, key = class_
    give(folder, key, "s1", 2, 0, 2, 1)
    change(folder, "s1", "middle", reason="unscaled", hint=EVIL, answer="x" * 300)
    page_of(folder, "s1")
    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True, viewport={"width": 360, "height": 700}
    )
    tab = context.new_page()
    tab.goto((folder / name).as_uri())
    assert axe_findings(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
