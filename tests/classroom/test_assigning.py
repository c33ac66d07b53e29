"""`snnlab assign`: what is written for whom, and that a class which is there stays as it is."""

import errno
import json
import os
import stat
import zipfile

import pytest
from needs import need

from snnlab.course.classroom import key as key_file
from snnlab.course.classroom import whole_files
from snnlab.course.classroom.handout import assigning
from snnlab.course.classroom.handout.assigning import assign
from snnlab.course.classroom.key import read_key, student_entry, student_token, student_variant
from snnlab.course.classroom.one_at_a_time import LOCK
from snnlab.course.classroom.reading import find_part
from snnlab.course.classroom.roster import read_roster
from snnlab.course.cli import main
from snnlab.course.errors import CommandError


@pytest.fixture
def there(tmp_path, monkeypatch):
    """A folder to work in, with a roster of three."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "roster.csv").write_text("id,name\nada,Ada\nbo,Bo\ncy,Cy\n", encoding="utf-8")
    return tmp_path


def contents(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != LOCK
    }


def test_each_student_gets_his_own_numbers_and_the_key_knows_them(there):
    assert main(["assign", "part1", "--roster", "roster.csv", "--seed", "7"]) == 0
    folder, part = there / "class" / "part1", find_part("part1")
    key = read_key(folder)
    assert (key["part"], key["edition"], key["seed"]) == ("part1", part.edition, 7)
    seen = set()
    for student in ("ada", "bo", "cy"):
        notebook = json.loads((folder / f"students/{student}/part1.ipynb").read_text(encoding="utf-8"))
        assert notebook["metadata"]["snnlab"] == {
            "part": "part1", "edition": part.edition, "student": student,
            "token": student_token("part1", 7, student),
        }  # fmt: skip
        cells = {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}
        for exercise in part.exercises:
            variant = student_variant(key, student, exercise.grade_id)
            assert cells.get(f"{exercise.grade_id}-given", "") == exercise.given(variant)
            assert exercise.statement(variant) in cells[f"{exercise.grade_id}-task"]
            expected = key["students"][student]["exercises"][exercise.grade_id]["expected"]
            if exercise.kind == "number":
                assert exercise.compare(variant, expected).points == exercise.points
        seen.add(cells["latency-given"])
    assert len(seen) == 3
    assert [one.id for one in read_roster(folder / "roster.csv")] == ["ada", "bo", "cy"]


def test_the_zip_holds_a_folder_for_each_student_and_nothing_else(there):
    assign("part1", "roster.csv", 7)
    folder = there / "class" / "part1"
    with zipfile.ZipFile(folder / "part1-for-students.zip") as zipped:
        inside = {name: zipped.read(name) for name in zipped.namelist()}
    assert inside == contents(folder / "students")
    assert set(inside) == {f"{who}/part1.{kind}" for who in ("ada", "bo", "cy") for kind in ("ipynb", "html")}


WORKSHEET = (
    "Identifier,Full name,ID number,Email address,Status,Grade\n"
    "Participant 1001,Ada_M. Lovelace,ada,ada@uni.example,No submission,\n"
    "Participant 1002,Bo Ek,bo,bo@uni.example,No submission,\n"
    "Participant 1003,C/y,cy,cy@uni.example,No submission,\n"
)


def gives(archive, participants):
    """What Moodle gives to whom, after what its importer says of the names that it takes.

    Words are parted by _, five at most; the second is a participant's number, and what follows the fourth is
    the name of the file. No file is taken whose name begins with a dot or a tilde.
    """
    found = {}
    with zipfile.ZipFile(archive) as zipped:
        for name in zipped.namelist():
            parts = name.split("/")
            assert parts[-1][0] not in ".~"
            while parts:
                words = parts.pop(0).split("_", 4)
                if len(words) > 3 and words[1] in participants and words[2:4] == ["assignsubmission", "file"]:
                    rest = "/".join([*words[4:], *parts]).lstrip("/")
                    found.setdefault(participants[words[1]], {})[rest] = zipped.read(name)
                    break
    return found


def test_the_zip_for_moodle_gives_each_student_their_own(there, capsys):
    (there / "worksheet.csv").write_text(WORKSHEET, encoding="utf-8")
    assert main(["assign", "part1", "--roster", "worksheet.csv"]) == 0
    folder = there / "class" / "part1"
    participants = {"1001": "ada", "1002": "bo", "1003": "cy"}
    assert gives(folder / "part1-for-moodle.zip", participants) == {
        who: {name: (folder / "students" / who / name).read_bytes() for name in ("part1.ipynb", "part1.html")}
        for who in ("ada", "bo", "cy")
    }
    said = capsys.readouterr().out
    assert "Hand out class/part1/part1-for-moodle.zip: in Moodle, " in said.replace(os.sep, "/")
    assert "Not in it" not in said


def test_whom_moodle_s_zip_leaves_out_is_told_and_a_later_list_brings_them(there, capsys):
    """A list without numbers takes nobody's away, and two with one number get nothing of each other's."""
    assign("part1", "roster.csv", 7)
    folder = there / "class" / "part1"
    assert not (folder / "part1-for-moodle.zip").exists()
    rows = WORKSHEET.replace("1003", "1002").replace("bo@uni.example", "new@uni.example") + ",Di,di,,,\n"
    (there / "worksheet.csv").write_text(rows, encoding="utf-8")
    capsys.readouterr()
    for roster, without in (("worksheet.csv", "bo, cy, di"), ("roster.csv", "bo, cy")):
        assign("part1", roster)
        out = capsys.readouterr().out
        assert f"Not in it, because the roster has no number of Moodle's for them: {without}." in out
        got = gives(folder / "part1-for-moodle.zip", {"1001": "ada", "1002": "bo"})
        assert got.keys() == {"ada"}, got
    assert {one.login for one in read_roster(folder / "roster.csv") if one.id == "ada"} == {
        "Participant 1001"
    }


def test_another_list_of_the_same_people_makes_nobody_new(there, capsys):
    """A course that moves to another LMS, or gets ID numbers: who is who is told by the addresses."""
    (there / "worksheet.csv").write_text(WORKSHEET, encoding="utf-8")
    assign("part1", "worksheet.csv", 7)
    folder = there / "class" / "part1"
    before = contents(folder / "students")
    canvas = (
        "Student,ID,SIS User ID,SIS Login ID,Section\n"
        '"Lovelace, Ada",90001,,ada@uni.example,P\n"Ek, Bo",90002,,BO@uni.example,P\n'
        '"Hopper, Grace",9,,g@x,P\n'
    )
    (there / "canvas.csv").write_text(canvas, encoding="utf-8")
    capsys.readouterr()
    assign("part1", "canvas.csv")
    out = capsys.readouterr().out
    assert "1 new student;" in out and "Not in the roster any more, and kept: cy." in out
    assert "Known by their address, and under the id that they had: 90001 is ada, 90002 is bo." in out
    after = contents(folder / "students")
    assert {name: after[name] for name in before} == before
    assert {name.split("/")[0] for name in after.keys() - before.keys()} == {"9"}
    got = {one.id: one.login for one in read_roster(folder / "roster.csv")}
    assert got == {"ada": "90001", "bo": "90002", "9": "g@x", "cy": "Participant 1003"}
    gone = "class/part1/part1-for-moodle.zip is taken away: this list has no numbers of Moodle's; hand out"
    assert gone in out.replace(os.sep, "/") and out.count("for-moodle") == 1
    assert not (folder / "part1-for-moodle.zip").exists()
    assign("part1", "canvas.csv")
    assert "for-moodle" not in capsys.readouterr().out
    assign("part1", "worksheet.csv")  # and back: the addresses are still known
    assert "0 new students;" in capsys.readouterr().out and (folder / "part1-for-moodle.zip").exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("9,Bo Ek,", "Bo Ek is in the class as bo, and in the roster as 9: write the id as before"),
        ("9,Bo,bo@uni.example\n10,B.,bo@uni.example", '"10" has an address of which there are several'),
    ],
    ids=["a name", "an address of two"],
)
def test_who_may_be_somebody_of_the_class_is_not_handed_out_anew_in_silence(there, capsys, line, sentence):
    (there / "worksheet.csv").write_text(WORKSHEET, encoding="utf-8")
    assign("part1", "worksheet.csv", 7)
    before = contents(there / "class")
    (there / "roster.csv").write_text(f"id,name,email\nada,Ada,\n{line}\n", encoding="utf-8")
    assert main(["assign", "part1", "--roster", "roster.csv"]) == 2
    assert sentence in capsys.readouterr().err and contents(there / "class") == before
    both = f"id,name,email\nada,Ada,\nbo,Bo Ek,\n{line.splitlines()[0]}\n"
    (there / "roster.csv").write_text(both, encoding="utf-8")
    assert main(["assign", "part1", "--roster", "roster.csv"]) == 0
    assert "1 new student;" in capsys.readouterr().out


def test_semicolons_stay_semicolons(there):
    (there / "roster.csv").write_text("sep=;\r\nid;name\r\nada;Ada\r\n", encoding="utf-8-sig")
    assign("part1", "roster.csv", 7)
    assert (there / "class/part1/roster.csv").read_text(encoding="utf-8").startswith("id;name;email\n")


def test_numbers_depend_on_seed_and_id_only(there):
    assign("part1", "roster.csv", 7, "first")
    (there / "other.csv").write_text("name;id\nCy;cy\nAda;ada\n", encoding="utf-8")
    assign("part1", "other.csv", 7, "second")
    first, second = contents(there / "first" / "students"), contents(there / "second" / "students")
    assert second == {name: data for name, data in first.items() if not name.startswith("bo/")}
    assign("part1", "roster.csv", 8, "third")
    assert all(first[name] != data for name, data in contents(there / "third" / "students").items())


def test_the_same_command_again_adds_the_new_ones_and_touches_nobody_else(there, capsys):
    assign("part1", "roster.csv", 7)
    folder = there / "class" / "part1"
    mine = folder / "students" / "ada" / "part1.ipynb"
    mine.write_bytes(b"the teacher has changed it")
    before = contents(folder / "students")
    (there / "roster.csv").write_text("id,name\ndi,Di\nbo,Bo\n", encoding="utf-8")
    capsys.readouterr()
    assign("part1", "roster.csv")
    said = capsys.readouterr().out
    after = contents(folder / "students")
    assert {name for name in after if name not in before} == {"di/part1.ipynb", "di/part1.html"}
    assert {name: after[name] for name in before} == before
    assert "1 new student;" in said and "Not in the roster any more, and kept: ada, cy." in said
    assert [one.id for one in read_roster(folder / "roster.csv")] == ["di", "bo", "ada", "cy"]
    assert read_roster(folder / "roster.csv")[2].name == "Ada"
    assert read_key(folder)["students"]["di"] == student_entry(find_part("part1"), 7, "di")


def test_without_a_seed_one_is_drawn_and_told(there, capsys):
    seeds = []
    for name in "ab":
        assign("part1", "roster.csv", None, name)
        seeds.append(read_key(there / name)["seed"])
        out = capsys.readouterr().out
        assert f"The seed is {seeds[-1]}." in out and "leave --seed out" not in out
    assert seeds[0] != seeds[1]
    assign("part1", "roster.csv", 2026, "c")
    assert "Whoever tries small numbers finds this seed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("spoil", "arguments", "sentence"),
    [
        (lambda f: None, ["part1", "--seed", "8"], "was made with the seed 7: leave --seed out"),
        (lambda f: None, ["part2"], "is the class of part1"),
        (lambda f: None, ["part77"], 'no part "part77", only part1'),
        (lambda f: (f / "key.json").unlink(), ["part1"], "is not empty and has no key.json"),
        (lambda f: (f / "key.json").write_bytes(b"{"), ["part1"], "key.json cannot be read"),
        (lambda f: (f / "key.json").write_bytes(b"[]"), ["part1"], "is no key of a class"),
        (lambda f: (f.parent / "roster.csv").write_bytes(b"id\nADA\n"), ["part1"], 'a student "ada"'),
        (lambda f: (f.parent / "roster.csv").write_bytes(b"id\n"), ["part1"], "names no student"),
        (lambda f: (f.parent / "roster.csv").write_bytes(b"id\n../x\n"), ["part1"], "cannot be the name"),
        (lambda f: (f.parent / "roster.csv").unlink(), ["part1"], "there is no roster.csv"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(there, capsys, spoil, arguments, sentence):
    main(["assign", "part1", "--roster", "roster.csv", "--seed", "7", "--out", "folder"])
    spoil(there / "folder")
    before = contents(there)
    capsys.readouterr()
    assert main(["assign", *arguments, "--roster", "roster.csv", "--out", "folder"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("snnlab: ") and sentence in said and said.count("\n") == 1
    assert contents(there) == before


def test_another_edition_of_the_exercises_adds_nobody(there, capsys, monkeypatch):
    from dataclasses import replace

    assign("part1", "roster.csv", 7)
    newer = replace(find_part("part1"), edition="0.2.0+ffff")
    monkeypatch.setattr(assigning, "find_part", lambda name: newer)
    with pytest.raises(CommandError, match=r"handed out in edition .*, and these exercises are edition 0\.2"):
        assign("part1", "roster.csv")


def test_a_folder_that_is_a_file_or_cannot_be_written_is_told(there, monkeypatch):
    (there / "file").write_bytes(b"")
    with pytest.raises(CommandError, match="is a file"):
        assign("part1", "roster.csv", 7, "file")
    monkeypatch.setattr(assigning, "can_write", lambda folder: False)
    with pytest.raises(CommandError, match="elsewhere cannot be written: name another folder with --out"):
        assign("part1", "roster.csv", 7, "elsewhere")


def test_a_class_that_cannot_be_written_is_not_made_anew_elsewhere(there, monkeypatch):
    """With the numbers of another seed."""
    assign("part1", "roster.csv", 7)
    monkeypatch.setattr(whole_files, "can_write", lambda folder: False)
    with pytest.raises(CommandError, match="part1 cannot be written: copy the class to where you may write"):
        assign("part1", "roster.csv")


def test_ctrl_c_keeps_what_is_done_and_the_next_time_does_the_rest(there, monkeypatch, capsys):
    whole = there / "whole"
    assign("part1", "roster.csv", 7, str(whole))
    real, done = assigning.student_notebook, []

    def stopped(part, variants, student, name, token):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(student)
        return real(part, variants, student, name, token)

    monkeypatch.setattr(assigning, "student_notebook", stopped)
    assert main(["assign", "part1", "--roster", "roster.csv", "--seed", "7", "--out", "half"]) == 130
    assert list(read_key(there / "half")["students"]) == ["ada", "bo"]
    assert [one.id for one in read_roster(there / "half" / "roster.csv")] == ["ada", "bo"]
    monkeypatch.setattr(assigning, "student_notebook", real)
    assert main(["assign", "part1", "--roster", "roster.csv", "--out", "half"]) == 0
    names = [name for name in contents(whole) if not name.endswith(".zip")]
    assert {name: contents(there / "half")[name] for name in names} == {
        name: contents(whole)[name] for name in names
    }


def test_the_key_is_the_teachers_alone(there):
    need(os.name != "nt", "Windows has no such permissions")
    assign("part1", "roster.csv", 7, "alone")
    assert stat.S_IMODE((there / "alone").stat().st_mode) == 0o700
    assert stat.S_IMODE((there / "alone" / "key.json").stat().st_mode) == 0o600
    (there / "alone").chmod(0o750)  # lent to a group by the teacher
    assign("part1", "roster.csv", None, "alone")
    assert stat.S_IMODE((there / "alone").stat().st_mode) == 0o750
    assert stat.S_IMODE((there / "alone" / "key.json").stat().st_mode) == 0o600
    (there / "alone" / "key.json").chmod(0o644)  # to the group and, by mistake, to everybody
    assign("part1", "roster.csv", None, "alone")
    assert stat.S_IMODE((there / "alone" / "key.json").stat().st_mode) == 0o640


@pytest.mark.parametrize("file", ["key.json", "part1.html", "part1.ipynb"])
def test_after_a_failure_the_same_command_works(there, capsys, monkeypatch, file):
    """The disk is full when this file is written for the first time, and has room again."""
    real, failed = assigning.write_whole, []

    def full(path, text, *mode):
        if path.name == file and not failed:
            failed.append(path)
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, text, *mode)

    for module in (assigning, key_file):
        monkeypatch.setattr(module, "write_whole", full)
    typed = ["assign", "part1", "--roster", "roster.csv", "--out", "full"]
    assert main(typed) == 2 and "No space left" in capsys.readouterr().err
    assert main(typed) == 0, capsys.readouterr().err
    students = read_key(there / "full")["students"]
    assert len(students) == len(read_roster(there / "roster.csv"))
    assert all((there / "full" / "students" / id / "part1.html").is_file() for id in students)


def test_the_key_is_there_before_anything_else(there, monkeypatch):
    """So that whoever is killed in the middle leaves a class, and not a folder that is none."""
    real, seeds = assigning._hand_out, []

    def looking(folder, *more):
        seeds.append(read_key(folder)["seed"])
        return real(folder, *more)

    monkeypatch.setattr(assigning, "_hand_out", looking)
    assign("part1", "roster.csv", 7, "early")
    assert seeds == [7, 7, 7]


def test_the_roster_is_put_in_place_when_all_else_is_there(there, monkeypatch):
    """From then on nobody waits for this command: its lock is on the roster that was there before."""
    assign("part1", "roster.csv", 7)
    folder, real, before = there / "class" / "part1", assigning.write_roster, []

    def looking(*more):
        before.append(contents(folder))
        real(*more)

    monkeypatch.setattr(assigning, "write_roster", looking)
    (there / "roster.csv").write_text("id,name\nada,Ada\nbo,Bo\ncy,Cy\ndi,Di\n", encoding="utf-8")
    assign("part1", "roster.csv")
    after = contents(folder)
    assert {name for name in after if after[name] != before[0].get(name)} == {"roster.csv"}
    with zipfile.ZipFile(folder / "part1-for-students.zip") as zipped:
        assert "di/part1.ipynb" in zipped.namelist()


def test_three_hundred_students(there):
    """A large lecture: few share a number with somebody."""
    rows = "".join(f"s{k:03d},Student {k}\n" for k in range(300))
    (there / "roster.csv").write_text(f"id,name\n{rows}", encoding="utf-8")
    assign("part2", "roster.csv", 7)
    key = read_key(there / "class" / "part2")
    assert len(key["students"]) == 300
    for name in ("pause", "listening", "common"):
        variants = [json.dumps(student_variant(key, f"s{k:03d}", name)) for k in range(300)]
        assert len(set(variants)) > 200, f"{name}: too many have the same numbers"


def test_an_id_of_another_script_is_written_as_it_is(there):
    (there / "roster.csv").write_text("id\n李雷\nümit\n", encoding="utf-8")
    assign("part1", "roster.csv", 7)
    assert {folder.name for folder in (there / "class/part1/students").iterdir()} == {"李雷", "ümit"}


def test_from_a_wheel_a_sentence_says_that_the_clone_is_needed(there, capsys, monkeypatch):
    monkeypatch.setattr("snnlab.course.classroom.reading.repository", lambda: None)
    assert main(["assign", "part1", "--roster", "roster.csv"]) == 2
    assert "clone the repository of the course" in capsys.readouterr().err
