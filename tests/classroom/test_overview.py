"""The class at a glance: numbers counted by hand, nobody's name on the page, and tables that add up."""

import csv
import io
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from classroom.hand_ins import ADA, BO, ZOE, give, new_class
from classroom.test_rules import change, rule
from classroom.toy_class import TOY

from snnlab.course import cli
from snnlab.course.classroom.giving_back import standings as module
from snnlab.course.classroom.giving_back.counting import tallies
from snnlab.course.classroom.giving_back.overview import class_page, class_table
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.roster import Student, write_roster

IDA = Student("s4", "Ida =Rhodes", "ida@uni.example")


@pytest.fixture
def class_(tmp_path, monkeypatch):
    """Ada has 2, 0, 2 and 4 points, Bo 2, 3, 0 and a text that waits, Zoë 0, 0, 0 and 1, Ida nothing."""
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    key = new_class(folder, (ADA, BO, ZOE, IDA))
    give(folder, key, "s1", 2, 0, 2, 4)
    change(folder, "s1", "middle", reason="unscaled")
    give(folder, key, "s2", 2, 3, 0, None)
    change(folder, "s2", "last", reason="too much")
    change(folder, "s2", "essay", reason="to be read")
    give(folder, key, "s3", 0, 0, 0, 1)
    for exercise, reason in (("first", "too much"), ("middle", "unscaled"), ("last", "not started")):
        change(folder, "s3", exercise, reason=reason)
    return folder


def counted(folder):
    return {
        one.exercise: (one.full, one.part, one.none, one.unread, one.total)
        for one in tallies(standings(folder))
    }


def test_points_and_mistakes_are_counted(class_):
    assert counted(class_) == {
        "first": (2, 0, 1, 0, 4.0),
        "middle": (1, 0, 2, 0, 3.0),
        "last": (1, 0, 2, 0, 2.0),
        "essay": (1, 1, 0, 1, 5.0),
    }
    assert {one.exercise: one.mistakes for one in tallies(standings(class_))} == {
        "first": (("too much", 1),),
        "middle": (("unscaled", 2),),
        "last": (("too much", 1),),  # one has not begun, which is no mistake
        "essay": (),
    }
    for reason in ("missing", "student", "token", "part", "edition", "unreadable"):
        change(class_, "s3", "last", reason=reason)
        assert tallies(standings(class_))[2].mistakes == (("too much", 1),)
    assert [one.mean for one in tallies(standings(class_))] == pytest.approx(
        [4 / 3, 1.0, 2 / 3, 2.5], rel=1e-12, abs=0
    )


def test_rules_change_points_and_no_mistake_and_a_pair_counts_once(class_):
    rule(class_, "middle, unscaled: 50 %", "together: s1 s4")
    assert counted(class_)["middle"] == (1, 2, 0, 0, 6.0)
    assert tallies(standings(class_))[1].mistakes == (("unscaled", 2),)
    page = class_page(standings(class_), TOY)
    assert "3 hand-ins of 4 students are marked." in page
    (students,) = re.findall(r"How many students[^\"]*", page)
    assert students.endswith("2: 1, 5: 1, 9: 2.")  # Zoë 2.5, Bo 5, and Ada's 9.5 twice


def test_the_table_has_a_line_a_student(class_):
    rule(class_, "late: 1 point a day", "s1 late: 2 days", "nothing: 0")
    head, *rows = csv.reader(io.StringIO(class_table(standings(class_)), newline=""))
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [
        [one[name] for name in ("id", "first", "middle", "last", "essay", "points", "of")] for one in told
    ] == [
        ["s1", "2", "0", "2", "4", "6", "11"],
        ["s2", "2", "3", "0", "", "5", "11"],
        ["s3", "0", "0", "0", "1", "1", "11"],
        ["s4", "", "", "", "", "0", ""],
    ]
    assert (told[0]["days late"], told[0]["taken off"], told[1]["days late"]) == ("2", "2", "")
    assert told[2]["first was"] == "too much" and told[0]["handed in by"] == "s1"


def test_a_country_with_semicolons_gets_them_and_no_name_is_a_formula(class_):
    rule(class_, "first, too much: 0.5 points")
    write_roster(class_ / "roster.csv", [ADA, BO, ZOE, IDA._replace(name="=1+1")], ";")
    assert cli.main(["feedback", str(class_)]) == 0
    text = (class_ / "overview.csv").read_bytes().decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[3].startswith("s3;Zoë Müller-Lüdenscheidt;0,5;0;0;1;") and lines[4].startswith("s4;'=1+1;")


class Tree(HTMLParser):
    """Whether all that is opened is closed, and what stands there."""

    def __init__(self, page):
        super().__init__()
        self.open, self.words, self.tags = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_the_page_is_one_file_that_names_nobody_and_says_what_its_pictures_show(class_, capsys):
    assert cli.main(["feedback", str(class_)]) == 0
    assert f"{class_ / 'overview.html'} shows how the class has done" in capsys.readouterr().out
    page = (class_ / "overview.html").read_text(encoding="utf-8")
    tree = Tree(page)
    assert tree.open == [] and "default-src 'none'" in page and "prefers-color-scheme: dark" in page
    assert not any({"src", "href"} & attributes.keys() for _, attributes in tree.tags)
    assert not re.search(r"s[1-4]\b|Ada|Lovelace|Bo Ek|Zoë|Rhodes", " ".join(tree.words))
    pictures = [attributes["aria-label"] for tag, attributes in tree.tags if attributes.get("role") == "img"]
    assert len(pictures) == 2
    assert (
        "first: 2 all points, 1 none" in pictures[0] and "essay: 1 all points, 1 some, 1 still" in pictures[0]
    )
    assert pictures[1].endswith("1: 1, 5: 1, 8: 1.")
    words = re.sub(r"\s+", " ", " ".join(tree.words))
    assert "3 of 4 students' work is marked." in words and "middle unscaled 2 of 3" in words
    assert "first 1.33 of 2" in words and "Of 1 of them a person has still to read something." in words


def test_the_bars_are_as_long_as_the_shares(class_):
    page = class_page(standings(class_), None)
    svg = ElementTree.fromstring(re.search(r"<svg viewBox.*?</svg>", page, re.S)[0])
    bars = [(one.get("class"), float(one.get("width"))) for one in svg.iter("rect")]
    assert len(bars) == 16
    for k in range(4):  # exercises
        assert sum(width for _, width in bars[4 * k : 4 * k + 4]) == pytest.approx(510.0, rel=0, abs=0.3)
    assert dict(bars[:4])["full"] == pytest.approx(510 * 2 / 3, rel=0, abs=0.1)


def test_names_of_mistakes_and_titles_are_text(class_):
    change(class_, "s1", "middle", reason="<b>&{who}")
    assert "&lt;b&gt;&amp;{who}" in class_page(standings(class_), None)


def test_what_somebody_has_written_into_the_table_is_kept(class_, capsys):
    assert cli.main(["feedback", str(class_)]) == 0
    table = class_ / "overview.csv"
    mine = table.read_bytes() + b"s9,a line of the teacher\r\n"
    table.write_bytes(mine)
    for _ in range(2):
        assert cli.main(["feedback", str(class_)]) == 0
    assert (class_ / "overview-1.csv").read_bytes() == mine and not (class_ / "overview-2.csv").exists()
    assert capsys.readouterr().out.count("What stood in overview.csv before is kept as overview-1.csv.") == 1


def test_no_title_turns_the_page_around(class_):
    change(class_, "s1", "middle", reason="no\u202eleak")
    assert "noleak" in class_page(standings(class_), None)
