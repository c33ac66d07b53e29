"""One hand-in and two names: what Moodle and Canvas give out of teams, and who says that they are one."""

import pytest
from classroom.hand_ins import ADA, BO, ZOE, canvas, give, new_class, notebook, pack
from classroom.toy_class import TOY

from snnlab.course import cli
from snnlab.course.classroom import teams
from snnlab.course.classroom.giving_back import standings as module
from snnlab.course.classroom.giving_back.standings import standings
from snnlab.course.classroom.marks import sha256
from snnlab.course.classroom.rules import read_rules
from snnlab.course.classroom.teams import read_groups

IDS = ["s1", "s2", "s3"]
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Group,Grade\n"
    "Participant 1049,Ada Lovelace,ada@uni.example,Submitted for grading - 1 day late,Team 1,-\n"
    "Participant 1050,Bo Ek,bo@uni.example,Submitted for grading - 1 day late,Team 1,-\n"
    "Participant 1051,Zoë Müller-Lüdenscheidt,zoe@uni.example,No submission,Team 2,-\n"
)
CANVAS = (
    "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
    "Ada Lovelace,3,s1,ada@uni.example,P,=Team 1,9,\n"
    "Bo Ek,1,s2,bo@uni.example,P,=Team 1,9,\n"
    "Zoë Müller-Lüdenscheidt,2,,,P,,,\n"
)


@pytest.fixture
def class_(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    folder = tmp_path / "class"
    return folder, new_class(folder)


def collect(folder, source):
    assert cli.main(["collect", str(source), "--class", str(folder)]) == 0


def table(folder, text):
    file = folder.parent / "table.csv"
    file.write_text(text, encoding="utf-8")
    return file


def team_zip(folder, *members):
    return pack(folder.parent / f"{len(list(folder.parent.glob('*.zip')))}.zip", members)


def of_team(person, team="Team 1"):
    """The name that Moodle gives a member's copy of the team's file."""
    return f"{team}-{person.name}_{1000 + ord(person.id[-1])}_assignsubmission_file/toy.ipynb"


def points(folder, key):
    give(folder, key, "s1", 2, 3, 2, 4, sha=sha256(folder / "submitted/s1/toy.ipynb"))
    return {one.student.id: one.points for one in standings(folder) if one.mark is not None}


@pytest.mark.parametrize("first", ["table", "zip"])
def test_a_team_of_moodle_s_is_one_hand_in(class_, capsys, first):
    """Each member's folder holds the file; the worksheet says who is one team, before or after."""
    folder, key = class_
    data = notebook(key, ADA)
    both = [table(folder, WORKSHEET), team_zip(folder, (of_team(BO), data), (of_team(ADA), data))]
    for source in both if first == "table" else both[::-1]:
        collect(folder, source)
    assert read_groups(folder) == (("s1", "s2"),)
    assert (folder / "submitted/s1/toy.ipynb").read_bytes() == data
    assert not (folder / "submitted/s2/toy.ipynb").exists() and not list(folder.glob("unmatched/*"))
    assert points(folder, key) == {"s1": 11.0, "s2": 11.0}
    (folder / "rules.txt").write_text("late: 1 point a day", encoding="utf-8")
    assert points(folder, key) == {"s1": 10.0, "s2": 10.0}
    out = capsys.readouterr().out
    assert "Together, by their groups: Team 1: s1 s2." in out and "Nothing from s3." in out
    before = (folder / "submitted.csv").read_bytes()
    collect(folder, both[1])  # again changes nothing
    assert (folder / "submitted.csv").read_bytes() == before


def test_a_line_of_the_teacher_s_is_enough(class_, capsys):
    folder, key = class_
    data = notebook(key, ADA)
    source = team_zip(folder, (of_team(BO), data), (of_team(ADA), data))
    collect(folder, source)
    assert "Where they are teams, collect the table of their groups" in capsys.readouterr().out
    assert len(list(folder.glob("unmatched/*"))) == 1
    (folder / "rules.txt").write_text("together: s1 s2", encoding="utf-8")
    collect(folder, source)
    assert not list(folder.glob("unmatched/*")) and points(folder, key) == {"s1": 11.0, "s2": 11.0}


def test_nobody_becomes_a_team_by_a_name(class_):
    """A prefix before two names says nothing, and a team takes no file of another team."""
    folder, key = class_
    data = notebook(key, ADA)
    collect(folder, table(folder, WORKSHEET))
    collect(folder, team_zip(folder, (of_team(ADA), data), (of_team(ZOE), data)))
    assert len(list(folder.glob("unmatched/*"))) == 1
    assert points(folder, key) == {"s1": 11.0, "s2": 11.0}


def test_a_group_of_canvas_has_one_file_under_its_name(class_, capsys):
    folder, key = class_
    collect(folder, table(folder, CANVAS))
    assert "Together, by their groups: =Team 1: s1 s2." in capsys.readouterr().out
    assert "'=Team 1" in (folder / "groups.csv").read_text(encoding="utf-8")
    name = canvas(ADA).replace("lovelaceada", "team1")
    collect(folder, team_zip(folder, (name, notebook(key, ADA))))
    assert points(folder, key) == {"s1": 11.0, "s2": 11.0}
    assert "Nothing from s3." in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["team1_49_{}_toy.ipynb", "anon_x7Ab2_{}_toy.ipynb", canvas(ADA).replace("88001", "{}")]
)
@pytest.mark.parametrize("first", ["table", "zip"])
def test_a_pair_that_hands_in_both_notebooks_from_one_account_of_canvas_keeps_both(
    class_, name, first, capsys
):
    """Under the name of their group, under a hidden one, and under that of one of them."""
    folder, key = class_
    members = [(name.format(88001 + k), notebook(key, one)) for k, one in enumerate((ADA, BO))]
    for source in (table(folder, CANVAS), team_zip(folder, *members))[:: 1 if first == "table" else -1]:
        collect(folder, source)
    for one in (ADA, BO):
        assert (folder / f"submitted/{one.id}/toy.ipynb").read_bytes() == notebook(key, one)
    assert not list(folder.glob("unmatched/*"))
    out = capsys.readouterr().out
    hint = "Where they are teams, collect the table of their groups, or write `together: ID ID`"
    assert (hint in out) == (first == "zip" and not name.startswith("lovelace"))


def test_three_from_one_account_of_whom_two_are_a_pair_are_looked_at_by_the_teacher(class_, capsys):
    folder, key = class_
    collect(folder, table(folder, CANVAS))
    name, people = "team1_49_{}_toy.ipynb", (ADA, BO, ZOE)
    members = [(name.format(88001 + k), notebook(key, one)) for k, one in enumerate(people)]
    collect(folder, team_zip(folder, *members))
    assert len(list(folder.glob("unmatched/*"))) == 3
    assert "from one account (canvas 49) with the tokens of s1 and s2 and s3" in capsys.readouterr().out


def test_what_a_line_says_of_somebody_comes_first_and_a_later_table_before_an_earlier(class_):
    folder, _ = class_
    collect(folder, table(folder, WORKSHEET.replace("Team 2", "Team 1")))
    assert read_rules(folder, IDS).together == (("s1", "s2", "s3"),)
    (folder / "rules.txt").write_text("together: s2 s3", encoding="utf-8")
    assert read_rules(folder, IDS).together == (("s2", "s3"),)
    (folder / "rules.txt").unlink()
    collect(folder, table(folder, WORKSHEET))
    assert read_rules(folder, IDS).together == (("s1", "s2"),)


def test_a_table_that_helps_nobody_is_a_sentence(class_, capsys):
    folder, _ = class_
    for text, said in (
        ("name,group_name\nGrace Hopper,Team 1\n", "tells of nobody in this class"),
        ("name,id\nAda Lovelace,s1\n", "who was late, a list of groups"),
    ):
        assert cli.main(["collect", str(table(folder, text)), "--class", str(folder)]) == 2
        assert said in capsys.readouterr().err
    (folder / "groups.csv").write_text("id\ns1\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"groups.csv cannot be read"):
        read_groups(folder)


@pytest.mark.parametrize(
    "word",
    [
        "Default group",
        "Not a member of any group, so unable to make submissions.",
        "Member of more than one group, so unable to make submissions.",
    ],
)
def test_the_words_of_moodle_for_no_group_join_nobody(class_, capsys, word):
    folder, _ = class_
    text = WORKSHEET.replace("Team 1", f'"{word}"').replace("Team 2", f'"{word}"')
    collect(folder, table(folder, text))
    assert read_groups(folder) == () and "No group has two of this class." in capsys.readouterr().out


def test_a_group_that_is_half_a_class_is_no_team(class_, capsys, monkeypatch):
    folder, _ = class_
    monkeypatch.setattr(teams, "_LARGEST", 1)
    collect(folder, table(folder, WORKSHEET))
    assert read_groups(folder) == ()
    assert "2 students stand under 'Team 1': too many for a team" in capsys.readouterr().out


def test_nobody_is_in_two_groups_and_who_is_left_out_is_named(class_, capsys):
    folder, _ = class_
    twice = "name,group_name\nBo Ek,Team 1\nAda Lovelace,Team 1\nBo Ek,Team 2\n"
    assert cli.main(["collect", str(table(folder, twice)), "--class", str(folder)]) == 2
    assert "has s2 in two groups, 'Team 1' and 'Team 2': leave one" in capsys.readouterr().err
    assert read_groups(folder) == ()
    collect(folder, table(folder, "name,group_name\nGrace Hopper,Team 1\nBo Ek,Team 1\n"))
    assert "Of nobody, or of more than one in this class: Grace Hopper." in capsys.readouterr().out


def test_numbers_of_canvas_are_no_ids_of_students():
    """Ids that are small numbers, as those of accounts and groups may be, too."""
    names = CANVAS.partition("\n")[0].split(",")
    told = [name for name in names if teams._WHO.fullmatch(name)]
    assert told == ["name", "user_id", "login_id"]
