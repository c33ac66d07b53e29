"""`snnlab collect`: whose a file is, which of several counts, and that nothing is lost in silence."""

import csv
import errno
import json
import os
import re
import shutil
from pathlib import Path

import pytest
from classroom.hand_ins import ADA, BO, PEOPLE, ZOE, canvas, moodle, new_class, notebook, pack, page

from snnlab.course import cli
from snnlab.course.classroom import whole_files
from snnlab.course.classroom.handout.for_moodle import moodle_folders
from snnlab.course.classroom.intake import desk
from snnlab.course.classroom.intake.receipts import read_receipts
from snnlab.course.classroom.one_at_a_time import LOCK
from snnlab.course.classroom.roster import Student, write_roster
from snnlab.course.printable import printable

LATER = (2026, 11, 28, 12, 0, 0)


def rows(folder):
    text = (folder / "submitted.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.fixture
def class_(tmp_path):
    folder = tmp_path / "class"
    return folder, new_class(folder)


def collect(folder, source, *more):
    sources = [] if source is None else [str(source)]
    return cli.main(["collect", *sources, "--class", str(folder), *more])


def chosen(folder):
    """The bytes that count, by student."""
    found = {}
    for own in sorted((folder / "submitted").iterdir()):
        files = [file for file in own.iterdir() if file.is_file()]
        assert len(files) <= 1 and {file.name for file in files} <= {"toy.ipynb", "answers.json"}
        if files:
            found[own.name] = files[0].read_bytes()
    return found


def state(folder):
    """All files of the class with what is in them."""
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != LOCK}


@pytest.mark.parametrize(
    "form", ["moodle", "moodle without folders", "moodle of old", "canvas", "folder", "ids"]
)
def test_every_download_is_sorted(class_, tmp_path, form, capsys):
    folder, key = class_
    names = {
        "moodle": lambda who: moodle(who),
        "moodle without folders": lambda who: moodle(who, folders=False),
        "moodle of old": lambda who: moodle(who).replace("file/", "file_/"),
        "canvas": canvas,
        "folder": lambda who: f"{who.name}/homework.ipynb",
        "ids": lambda who: f"all/toy-{who.id}.ipynb",
    }[form]
    work = {who.id: notebook(key, who, first=f"first = {k}") for k, who in enumerate(PEOPLE)}
    bare = {id: json.dumps({**json.loads(data), "metadata": {}}).encode() for id, data in work.items()}
    assert collect(folder, pack(tmp_path / "all.zip", [(names(who), bare[who.id]) for who in PEOPLE])) == 0
    out = capsys.readouterr().out
    assert chosen(folder) == bare
    assert "3 new files. 3 of 3 students have handed in." in out and "unmatched" not in out


def test_tokens_are_enough(class_, tmp_path, capsys):
    folder, key = class_
    names = ["Participant_17_assignsubmission_file_/toy.ipynb", "anon_x7Ab2_88_toy.ipynb", "x/y.ipynb"]
    files = [(name, notebook(key, who)) for name, who in zip(names, PEOPLE, strict=True)]
    assert collect(folder, pack(tmp_path / "all.zip", files)) == 0
    assert set(chosen(folder)) == {"s1", "s2", "s3"}
    assert 's3: y.ipynb: by its token: "x" is not in the roster.' in capsys.readouterr().out


@pytest.mark.parametrize(
    "said", ["LOVELACE Ada", "ada lovelace", "Lovelace, Ada", "Ada  Lovelace ", "s1", "ADA@uni.example"]
)
def test_a_name_may_be_written_in_many_ways(class_, tmp_path, said):
    folder, _ = class_
    place = tmp_path / "mail" / said.strip()
    place.mkdir(parents=True)
    (place / "a.ipynb").write_text("{}", encoding="utf-8")
    assert collect(folder, tmp_path / "mail") == 0
    assert set(chosen(folder)) == {"s1"}


@pytest.mark.parametrize(
    "said", ["zoe muller ludenscheidt", "Müller-Lüdenscheidt, Zoë", "MUELLER-LUEDENSCHEIDT Zoe"]
)
def test_accents_do_not_count(class_, tmp_path, said):
    folder, _ = class_
    collect(folder, pack(tmp_path / "a.zip", [(f"{said}_1_assignsubmission_file_/a.ipynb", b"{}")]))
    assert set(chosen(folder)) == {"s3"}


def test_two_of_one_name_are_told_apart_by_nothing_but_their_own_marks(tmp_path, capsys):
    people = [Student("s1", "Jo Park", "a@x.example"), Student("s2", "Park Jo", "b@x.example")]
    folder = tmp_path / "class"
    key = new_class(folder, people)
    collect(folder, pack(tmp_path / "a.zip", [("Jo Park_1_assignsubmission_file_/a.ipynb", b"{}")]))
    assert "a.ipynb: may be of s1 or s2: nothing tells which." in capsys.readouterr().out
    collect(
        folder,
        pack(tmp_path / "b.zip", [("Jo Park_2_assignsubmission_file_/a.ipynb", notebook(key, people[1]))]),
    )
    assert set(chosen(folder)) == {"s2"}


# --- somebody else's ---


def test_another_s_token_is_reported_and_not_filed(class_, tmp_path, capsys):
    folder, key = class_
    collect(
        folder,
        pack(
            tmp_path / "all.zip",
            [(moodle(BO), notebook(key, ADA)), (moodle(ADA), notebook(key, ADA, first="first = 1"))],
        ),
    )
    out = capsys.readouterr().out
    assert "came from s2 and carries the token of s1" in out
    assert set(chosen(folder)) == {"s1"} and len(list((folder / "unmatched").iterdir())) == 1


def test_a_token_under_another_name_is_reported(class_, tmp_path, capsys):
    folder, key = class_
    stolen = json.loads(notebook(key, ADA))
    stolen["metadata"]["snnlab"]["student"] = "s2"
    collect(folder, pack(tmp_path / "all.zip", [(moodle(BO), json.dumps(stolen))]))
    assert "says it is s2's and carries the token of s1" in capsys.readouterr().out
    assert not (folder / "submitted").exists()


def test_a_name_with_a_false_token_is_reported(class_, tmp_path, capsys):
    folder, key = class_
    forged = json.loads(notebook(key, ADA))
    forged["metadata"]["snnlab"]["token"] = "0" * 16
    collect(folder, pack(tmp_path / "all.zip", [("x/a.ipynb", json.dumps(forged))]))
    assert "says it is s1's, with a token that is not" in capsys.readouterr().out


def test_the_same_file_of_two_is_said(class_, tmp_path, capsys):
    folder, _ = class_
    collect(
        folder, pack(tmp_path / "all.zip", [(moodle(ADA), b'{"cells": []}'), (moodle(BO), b'{"cells": []}')])
    )
    assert "the same file as s1's" in capsys.readouterr().out
    assert set(chosen(folder)) == {"s1", "s2"}


def test_the_teacher_decides_and_that_stays(class_, tmp_path, capsys):
    folder, key = class_
    zipped = pack(tmp_path / "all.zip", [(moodle(BO), notebook(key, ADA))])
    collect(folder, zipped)
    assert collect(folder, None, "--take", "s2", moodle(BO)) == 0
    assert set(chosen(folder)) == {"s2"} and list((folder / "unmatched").iterdir()) == []
    before = state(folder)
    assert collect(folder, zipped) == 0 and state(folder) == before
    newer = pack(tmp_path / "new.zip", [(moodle(BO), notebook(key, BO), (2026, 12, 1, 0, 0, 0))])
    collect(folder, newer)
    assert chosen(folder)["s2"] == notebook(key, ADA)
    out = capsys.readouterr().out
    assert "s2: 2 files; toy.ipynb is taken, the teacher's choice." in out
    words = re.search(r'may be newer and is not taken: (--take s2) "(.*)" takes it', out)
    assert collect(folder, None, *words[1].split(), words[2]) == 0
    assert chosen(folder)["s2"] == notebook(key, BO) and "newer" not in capsys.readouterr().out


# --- which of several ---


def test_a_file_that_was_mailed_after_the_upload_is_not_passed_over_in_silence(class_, tmp_path, capsys):
    """Canvas has numbered one and not the other: which of them is meant, the teacher says."""
    folder, key = class_
    mailed = notebook(key, ADA, first="first = 1")
    collect(folder, pack(tmp_path / "a.zip", [(canvas(ADA), notebook(key, ADA))]))
    later = pack(tmp_path / "b.zip", [("s1/mended.ipynb", mailed, (2026, 11, 21, 0, 0, 0))])
    capsys.readouterr()
    assert collect(folder, later) == 0
    out = capsys.readouterr().out
    assert "toy.ipynb is taken, from the LMS." in out and chosen(folder)["s1"] == notebook(key, ADA)
    words = re.search(r'mended.ipynb may be newer and is not taken: (--take s1) "(.*)" takes it', out)
    assert collect(folder, None, *words[1].split(), words[2]) == 0 and chosen(folder)["s1"] == mailed
    earlier = pack(tmp_path / "c.zip", [("s2/x.ipynb", mailed, (2026, 11, 1, 0, 0, 0))])
    assert collect(folder, earlier) == 0 and "may be newer" not in capsys.readouterr().out


def test_of_canvas_the_latest_upload_counts_and_late_is_said(class_, tmp_path, capsys):
    folder, key = class_
    old, new = notebook(key, ADA, first="first = 1"), notebook(key, ADA, first="first = 2")
    files = [
        (canvas(ADA, "toy-1.ipynb", 90001, True), new, (2026, 1, 1, 0, 0, 0)),
        (canvas(ADA, upload=88001), old),
    ]
    collect(folder, pack(tmp_path / "all.zip", files))
    out = capsys.readouterr().out
    assert chosen(folder) == {"s1": new}
    assert "Late: s1." in out and "s1: 2 files;" in out and "is taken, the newest." in out
    assert [(row["late"], row["chosen"], row["duplicate of"] != "") for row in rows(folder)] == [
        ("", "", True),
        ("late", "yes", False),
    ]


def test_who_goes_back_to_an_earlier_file_too_late_is_late(class_, tmp_path, capsys):
    """The bytes were here in time, and their last upload was not."""
    folder, key = class_
    one, two = notebook(key, ADA, first="first = 1"), notebook(key, ADA, first="first = 2")
    for upload, data in ((1, one), (2, two), (3, one)):
        name = canvas(ADA, upload=88000 + upload, late=upload == 3)
        collect(folder, pack(tmp_path / "a.zip", [(name, data)]))
    assert chosen(folder) == {"s1": one} and "Late: s1." in capsys.readouterr().out


def test_the_file_of_a_page_is_a_submission(class_, tmp_path):
    folder, key = class_
    collect(folder, pack(tmp_path / "all.zip", [(moodle(ADA, "toy-s1.json"), page(key, ADA, first=3))]))
    assert (folder / "submitted/s1/answers.json").read_bytes() == page(key, ADA, first=3)


def test_a_newer_page_takes_the_place_of_a_notebook(class_, tmp_path):
    folder, key = class_
    collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), notebook(key, ADA))]))
    later = pack(
        tmp_path / "b.zip", [(moodle(ADA, "toy-s1.json"), page(key, ADA, first=3), (2026, 11, 21, 0, 0, 0))]
    )
    collect(folder, later)
    assert chosen(folder) == {"s1": page(key, ADA, first=3)}
    assert len(list((folder / "submitted/s1/received").iterdir())) == 2


def test_together_the_notebook_counts(class_, tmp_path, capsys):
    folder, key = class_
    collect(
        folder,
        pack(
            tmp_path / "a.zip",
            [(moodle(ADA), notebook(key, ADA)), (moodle(ADA, "toy-s1.json"), page(key, ADA))],
        ),
    )
    assert chosen(folder) == {"s1": notebook(key, ADA)}
    assert "a notebook before the file of a page" in capsys.readouterr().out


def test_another_part_by_mistake_does_not_count(class_, tmp_path):
    folder, key = class_
    other = json.loads(notebook(key, ADA))
    other["metadata"]["snnlab"] |= {"part": "part9", "token": "f" * 16}
    files = [
        (moodle(ADA), notebook(key, ADA)),
        (moodle(ADA, "later.ipynb"), json.dumps(other), (2026, 11, 25, 0, 0, 0)),
    ]
    collect(folder, pack(tmp_path / "a.zip", files))
    assert chosen(folder) == {"s1": notebook(key, ADA)}


def test_going_back_to_an_earlier_file_is_noticed(class_, tmp_path):
    folder, key = class_
    one, two = notebook(key, ADA, first="first = 1"), notebook(key, ADA, first="first = 2")
    for upload, data in ((1, one), (2, two), (3, one)):
        collect(folder, pack(tmp_path / "a.zip", [(canvas(ADA, upload=upload), data)]))
    assert chosen(folder) == {"s1": one}


# --- again ---


def test_again_changes_nothing(class_, tmp_path, capsys):
    folder, key = class_
    zipped = pack(
        tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in PEOPLE] + [("x/who.ipynb", b"{}")]
    )
    collect(folder, zipped)
    before = state(folder)
    capsys.readouterr()
    assert collect(folder, zipped) == 0
    assert state(folder) == before
    assert "0 new files. 3 of 3" in capsys.readouterr().out


def test_new_files_are_added_and_marks_that_grow_old_are_said(class_, tmp_path, capsys):
    folder, key = class_
    collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), notebook(key, ADA))]))
    (folder / "marks").mkdir()
    mark = {"id": "s1", "state": "marked", "sha256": read_receipts(folder)[0].sha256, "exercises": {}}
    (folder / "marks/s1.json").write_text(json.dumps(mark), encoding="utf-8")
    capsys.readouterr()
    collect(
        folder, pack(tmp_path / "b.zip", [(moodle(ADA), notebook(key, ADA)), (moodle(BO), notebook(key, BO))])
    )
    assert "marked" not in capsys.readouterr().out
    newer = notebook(key, ADA, first="first = 5")
    collect(folder, pack(tmp_path / "c.zip", [(moodle(ADA), newer, (2026, 11, 22, 0, 0, 0))]))
    assert "s1: was marked before; another file counts now" in capsys.readouterr().out
    assert chosen(folder) == {"s1": newer, "s2": notebook(key, BO)}
    assert json.loads((folder / "marks/s1.json").read_text(encoding="utf-8")) == mark


def test_what_was_put_there_by_hand_stays(class_, tmp_path):
    folder, key = class_
    (folder / "submitted/s1").mkdir(parents=True)
    (folder / "submitted/s1/toy.ipynb").write_bytes(b"mine")
    collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), notebook(key, ADA))]))
    assert chosen(folder) == {"s1": b"mine"}
    assert read_receipts(folder)[1].why == "put here by hand"


def test_somebody_who_joins_the_roster_is_found_later(tmp_path):
    folder = tmp_path / "class"
    new_class(folder, [ADA])
    zipped = pack(tmp_path / "a.zip", [(moodle(BO), b"{}")])
    collect(folder, zipped)
    assert len(list((folder / "unmatched").iterdir())) == 1
    kept = (folder / "submitted.csv").read_bytes()
    (folder / "key.json").unlink()
    grown = tmp_path / "grown"
    new_class(grown, [ADA, BO])
    for name in ("key.json", "roster.csv"):
        (folder / name).write_bytes((grown / name).read_bytes())
    collect(folder, zipped)
    assert set(chosen(folder)) == {"s2"} and list((folder / "unmatched").iterdir()) == []
    assert (folder / "submitted.csv").read_bytes() != kept


def test_ctrl_c_keeps_what_is_done(class_, tmp_path, monkeypatch, capsys):
    folder, key = class_
    zipped = pack(tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in PEOPLE])
    real, calls = desk.origin, []

    def interrupted(name, *more):
        calls.append(name)
        if calls.count(name) == 1 and len(set(calls)) == 3:
            raise KeyboardInterrupt
        return real(name, *more)

    monkeypatch.setattr(desk, "origin", interrupted)
    assert collect(folder, zipped) == 130
    assert set(chosen(folder)) == {"s1", "s2"}
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == [LOCK]
    monkeypatch.setattr(desk, "origin", real)
    assert collect(folder, zipped) == 0
    assert set(chosen(folder)) == {"s1", "s2", "s3"}


@pytest.mark.parametrize("moment", ["write_receipts", "copy_whole"])
def test_ctrl_c_at_the_last_moment_is_made_good(class_, tmp_path, monkeypatch, moment):
    folder, key = class_
    collect(folder, pack(tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in PEOPLE]))
    newer = [(moodle(who), notebook(key, who, first="first = 7"), (2026, 11, 30, 0, 0, 0)) for who in PEOPLE]
    zipped = pack(tmp_path / "b.zip", newer)
    real, calls = getattr(desk, moment), []

    def interrupted(*given):
        calls.append(given)
        if len(calls) == (1 if moment == "write_receipts" else 5):  # three are kept, one laid out, and then
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(desk, moment, interrupted)
    assert collect(folder, zipped) == 130
    monkeypatch.setattr(desk, moment, real)
    assert collect(folder, zipped) == 0
    assert chosen(folder) == {who.id: notebook(key, who, first="first = 7") for who in PEOPLE}
    assert {one.chosen for one in read_receipts(folder)} == {"yes", ""}


class Killed(BaseException):
    """The process is gone: nothing that it would do comes after."""


@pytest.fixture
def killed_at(monkeypatch):
    """Collect, by a process that is ended at its n-th change of a folder; whether it came to that."""
    left = [10**9]

    def counted(real):
        def change(*given, **words):
            left[0] -= 1
            if left[0] <= 0:
                raise Killed
            return real(*given, **words)

        return change

    for place, name in ((Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (shutil, "copy2")):
        monkeypatch.setattr(place, name, counted(getattr(place, name)))
    monkeypatch.setattr(os, "fsync", lambda file: None)

    def killed_at(n, *typed):
        left[0] = n
        try:
            collect(*typed)
        except Killed:
            return True
        finally:
            left[0] = 10**9
        return False

    return killed_at


@pytest.mark.parametrize("what", ["files that are new", "a file that is another's by now", "a choice"])
def test_wherever_a_call_is_killed_the_next_one_comes_to_the_same(class_, tmp_path, killed_at, what):
    """Before, what a stranger had laid out in Ada's place was taken for the teacher's choice, and stayed."""
    folder, key = class_
    bare = json.dumps({**json.loads(notebook(key, ZOE)), "metadata": {}}).encode("utf-8")
    stranger = (f"{ADA.name}_9_assignsubmission_file/toy.ipynb", bare)
    before = [(moodle(BO), notebook(key, BO))] + [stranger] * (what != "files that are new")
    later = [(moodle(ADA), notebook(key, ADA)), (moodle(BO), notebook(key, BO, first="first = 7"), LATER)]
    zips = [pack(tmp_path / f"{k}.zip", members) for k, members in enumerate((before, [stranger, *later]))]
    typed = (None, "--take", "s3", stranger[0]) if what == "a choice" else (zips[1],)
    for one in zips if what == "a choice" else zips[:1]:
        collect(folder, one)

    def state(place):
        kept = sorted(file.read_bytes() for file in place.rglob("[0-9]* *") if file.is_file())
        listed = [(one.id, one.file, one.chosen, one.why) for one in read_receipts(place)]
        return chosen(place), listed, kept, [file.name for file in place.rglob(".*")]

    whole = tmp_path / "whole"
    shutil.copytree(folder, whole)
    collect(whole, *typed)
    for n in range(1, 100):
        copy = tmp_path / f"killed{n}"
        shutil.copytree(folder, copy)
        was_killed = killed_at(n, copy, *typed)
        collect(copy, *typed)
        assert state(copy) == state(whole), n
        if not was_killed:
            break
    assert 10 < n < 99


def test_a_file_that_the_teacher_puts_there_later_counts(class_, tmp_path):
    folder, key = class_
    zipped = pack(tmp_path / "a.zip", [(moodle(ADA), notebook(key, ADA))])
    collect(folder, zipped)
    (folder / "submitted/s1/toy.ipynb").write_bytes(b"mended")
    collect(folder, zipped)
    assert chosen(folder) == {"s1": b"mended"}
    assert [one.chosen for one in read_receipts(folder) if one.chosen] == ["by hand"]


# --- odd downloads ---


def test_what_is_no_submission_is_said(class_, tmp_path, capsys):
    folder, key = class_
    files = [
        (moodle(ADA), notebook(key, ADA)),
        (moodle(ADA, "plot.png"), b"\x89PNG"),
        (moodle(BO, "work.rar"), b"Rar!"),
        (moodle(ZOE, "toy.html"), b"<!doctype html>"),
        ("__MACOSX/._toy.ipynb", b"x"),
        (f"{ZOE.name}_1_assignsubmission_file_/{'n' * 600}.ipynb", b"{}"),
        ("../evil.ipynb", b"{}"),
    ]
    assert collect(folder, pack(tmp_path / "a.zip", files)) == 0
    out = capsys.readouterr().out
    assert "1 more file is no notebook:\n  Ada Lovelace_1049_assignsubmission_file/plot.png\n" in out
    assert "s2: Bo Ek_1050_assignsubmission_file/work.rar is an archive that stays closed" in out
    assert "s3: Zoë" in out
    assert "toy.html is a page, and not the file that its button makes." in out
    assert "its name is too long" in out and "its name leads out of the folder" in out
    assert "Nothing from s2, s3." in out and set(chosen(folder)) == {"s1"}
    assert not (tmp_path / "evil.ipynb").exists()


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_one_student_s_files_do_not_keep_out_those_of_others(class_, tmp_path, packed, capsys):
    """And each of theirs that is left out is named, however many."""
    folder, key = class_
    many = [(moodle(BO, f"{k:04d}.txt"), b"x") for k in range(6000)]
    files = [*many, (moodle(ADA), notebook(key, ADA)), (moodle(ZOE), notebook(key, ZOE))]
    source = tmp_path / "all"
    if packed:
        pack(source, files)
    else:
        for name, data in files:
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes(data)
    assert collect(folder, source) == 0
    out = capsys.readouterr().out
    assert set(chosen(folder)) == {"s1", "s3"} and "Nothing from s2." in out
    (line,) = (line for line in out.splitlines() if "left out" in line)
    assert line.startswith(
        "5900 files were left out, each because moodle 1050 has sent 6000 files, and 100 are the most of one"
    )
    assert all(f"/{k:04d}.txt" in line for k in range(100, 6000))


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_a_hidden_file_is_work_as_well_and_the_litter_of_a_system_is_none(class_, tmp_path, packed, capsys):
    folder, key = class_
    litter = ("._toy.ipynb", ".DS_Store", ".ipynb_checkpoints/toy-checkpoint.ipynb")
    files = [
        (moodle(ADA, ".toy.ipynb"), notebook(key, ADA)),
        (f".{moodle(BO, folders=False)}", notebook(key, BO)),  # who puts a dot before their name
        *((moodle(ZOE, name), b"x") for name in litter),
    ]
    source = pack(tmp_path / "all.zip", files)
    if not packed:
        shutil.unpack_archive(source, tmp_path / "all")
        source = tmp_path / "all"
    assert collect(folder, source) == 0
    assert set(chosen(folder)) == {"s1", "s2"} and not any(name in capsys.readouterr().out for name in litter)


def test_what_a_killed_call_has_unpacked_does_not_stay(class_, tmp_path):
    folder, key = class_
    left = folder / ".collecting-killed" / "x"
    left.mkdir(parents=True)
    (left / "toy.ipynb").write_bytes(notebook(key, BO))
    assert collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), notebook(key, ADA))])) == 0
    assert [path.name for path in folder.glob(".*")] == [LOCK]


NASTY = {
    "clears the screen": "a\x1b[2J.ipynb",
    "one byte for the same": "a\x9b2J.ipynb",
    "names the window": "a\x1b]0;pwned\x07.ipynb",
    "forges a line": "a\nNothing from s1..ipynb",
    "turns what follows": "a\u202e\u2066.ipynb",
    "ends a line": "a\x85\u2028b.ipynb",
}


@pytest.mark.parametrize("kind", ["notebook", "broken", "nobody's", "text", "many", "too large a name"])
@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_no_name_commands_the_terminal(class_, tmp_path, monkeypatch, packed, kind, capsys):
    folder, key = class_
    names = [name.replace(".ipynb", ".txt") if kind in ("text", "many") else name for name in NASTY.values()]
    who = "Nobody" if kind == "nobody's" else f"{ADA.name}_1049_assignsubmission_file"
    if kind == "too large a name":
        names = [f"{name}{'n' * 200}" for name in names]
    data = b"{" if kind == "broken" else notebook(key, ADA) if kind == "notebook" else b"{}"
    names *= 5 if kind == "many" else 1
    files = [(f"{who}/{k}{name}", data + b" " * k) for k, name in enumerate(names)]
    source = tmp_path / "all"
    if packed:
        pack(source, files)
    else:
        try:
            for name, its in files:
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                (source / name).write_bytes(its)
        except OSError:
            pytest.skip("this system has no such names")
    assert collect(folder, source) == 0
    out = capsys.readouterr().out
    assert all(c == "\n" or printable(c) == c for c in out)
    assert not any(line.startswith("Nothing from s1.") for line in out.splitlines()[2:])
    if kind == "notebook":
        assert all(printable(one.file) == one.file for one in read_receipts(folder))
        name = next(one.file for one in read_receipts(folder) if not one.chosen)
        assert collect(folder, None, "--take", "s1", name) == 0  # as it was printed
        assert collect(folder, source) == 0 and "0 new files" in capsys.readouterr().out


@pytest.mark.parametrize("broken", [b"", b"\xff\xfe\x00\x01", b"{", b"[]", b'{"cells": 3}'], ids=repr)
def test_a_broken_notebook_is_kept_for_marking(class_, tmp_path, broken):
    folder, _ = class_
    collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), broken)]))
    assert chosen(folder) == {"s1": broken}


def test_a_notebook_that_a_browser_called_otherwise_is_one(class_, tmp_path):
    folder, key = class_
    collect(
        folder,
        pack(
            tmp_path / "a.zip",
            [(moodle(ADA, "toy.ipynb.txt"), notebook(key, ADA)), (moodle(BO, "toy.json"), notebook(key, BO))],
        ),
    )
    assert set(chosen(folder)) == {"s1", "s2"} and (folder / "submitted/s2/toy.ipynb").is_file()


def test_a_file_s_name_is_no_formula(class_, tmp_path):
    folder, key = class_
    name = "=HYPERLINK(1).ipynb"
    zipped = pack(tmp_path / "a.zip", [(name, notebook(key, ADA))])
    collect(folder, zipped)
    row = rows(folder)[0]
    assert row["file"] == f"'{name}" and read_receipts(folder)[0].file == name
    before = state(folder)
    collect(folder, zipped)
    assert state(folder) == before


def test_links_are_not_followed(class_, tmp_path, capsys):
    folder, _ = class_
    (tmp_path / "all").mkdir()
    try:
        (tmp_path / "all/s1.ipynb").symlink_to(folder / "key.json")
    except OSError:
        pytest.skip("this system makes no links")
    collect(folder, tmp_path / "all")
    assert "it is a link or a device" in capsys.readouterr().out and not (folder / "submitted").exists()


def test_a_folder_into_which_nobody_goes_is_told(class_, tmp_path, monkeypatch, capsys):
    """A link, and one that may not be opened: what lies in them would be missing in silence."""
    folder, key = class_
    for who, place in ((ADA, "elsewhere"), (BO, "all/s2"), (ZOE, "all/s3")):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "toy.ipynb").write_bytes(notebook(key, who))
    try:
        (tmp_path / "all/s1").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    real = os.scandir

    def scandir(place):
        if str(place).endswith("s3"):
            raise PermissionError(errno.EACCES, "Permission denied", str(place))
        return real(place)

    monkeypatch.setattr(os, "scandir", scandir)
    assert collect(folder, tmp_path / "all") == 0
    out = capsys.readouterr().out
    assert set(chosen(folder)) == {"s2"} and "Nothing from s1, s3." in out
    assert "s1 was left out because it is a link or a device and no file." in out
    assert "s3 was left out because it is a folder that cannot be opened (Permission denied)." in out


def test_what_stands_in_the_way_is_a_sentence(class_, tmp_path, monkeypatch, capsys):
    folder, _ = class_
    (tmp_path / "text.zip").write_text("no zip", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    for source, words in {
        tmp_path / "nowhere.zip": "there is no",
        tmp_path / "text.zip": "is no zip",
        tmp_path / "empty": "is empty",
        pack(tmp_path / "nothing.zip", []): "is empty",
        folder: "is or holds the class",
        tmp_path: "is or holds the class",
        None: "name the zip or the folder",
    }.items():
        assert collect(folder, source) == 2
        err = capsys.readouterr().err
        assert words in err and err.count("\n") == 1, err
    assert collect(tmp_path / "empty", tmp_path / "text.zip") == 2
    assert "is no class" in capsys.readouterr().err
    assert collect(folder, None, "--take", "s1", "x.ipynb") == 2
    assert 'no file is called "x.ipynb"' in capsys.readouterr().err
    assert collect(folder, None, "--take", "s7", "x.ipynb") == 2
    assert 'nobody in this class has the id "s7"' in capsys.readouterr().err
    (folder / "submitted.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert collect(folder, tmp_path / "empty") == 2
    assert "was changed by another program" in capsys.readouterr().err
    (folder / "submitted.csv").unlink()
    monkeypatch.setattr(whole_files, "can_write", lambda folder: False)
    assert collect(folder, tmp_path / "empty") == 2
    assert "cannot be written" in capsys.readouterr().err


def test_what_is_handed_out_does_not_come_back(class_, tmp_path, capsys):
    """The zip for the students, taken for that of the LMS: nobody has handed in an empty notebook."""
    folder, key = class_
    names = [f"{who.id}/toy.{kind}" for who in PEOPLE for kind in ("ipynb", "html")]
    for name in names:
        file = folder / "students" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name, encoding="utf-8")
    out = pack(tmp_path / "out.zip", [(name, name.encode()) for name in names])
    before = state(folder)
    for source in (out, tmp_path / "unpacked"):
        if source != out:
            shutil.unpack_archive(out, source / "toy-for-students")
        assert collect(folder, source) == 2 and state(folder) == before
        err = capsys.readouterr().err
        assert "is what you hand out, and nobody has written into it" in err and err.count("\n") == 1
    mail = [*[(name, name.encode()) for name in names[1:]], (names[0], notebook(key, ADA))]
    assert collect(folder, pack(tmp_path / "mail.zip", mail)) == 0  # one has written into theirs
    one = pack(tmp_path / "one.zip", [(name, name.encode()) for name in names[2:4]])
    assert collect(folder, one) == 0  # one student sends both back as they were


def test_the_zip_for_moodle_is_not_collected_either(tmp_path, capsys):
    folder, people = (
        tmp_path / "class",
        [who._replace(login=f"Participant {k}") for k, who in enumerate(PEOPLE)],
    )
    new_class(folder, people)
    members = []
    for id, place in moodle_folders(people).items():
        for kind in ("ipynb", "html"):
            file = folder / "students" / id / f"toy.{kind}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"{id} {kind}", encoding="utf-8")
            members.append((f"{place}/toy.{kind}", file.read_bytes()))
    assert collect(folder, pack(tmp_path / "toy-for-moodle.zip", members)) == 2
    assert "is what you hand out" in capsys.readouterr().err


def test_a_course_that_moves_takes_what_comes_in_the_new_place(class_, tmp_path, capsys):
    """Its list was handed out to again, so that the accounts of the new LMS are known."""
    folder, key = class_
    collect(folder, pack(tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in (ADA, BO)]))
    write_roster(folder / "roster.csv", [who._replace(login=str(ord(who.id[-1]))) for who in PEOPLE])
    later, newer = (2026, 11, 25, 12, 0, 0), notebook(key, ADA, first="first = 3")
    members = [(canvas(ADA), newer), (canvas(ZOE), notebook(key, ZOE))]
    capsys.readouterr()
    assert collect(folder, pack(tmp_path / "b.zip", members, later)) == 0
    assert chosen(folder) == {"s1": newer, "s2": notebook(key, BO), "s3": notebook(key, ZOE)}
    out = capsys.readouterr().out
    assert "3 of 3 students have handed in." in out and "their own account is canvas" in out


def test_a_wrong_file_is_told_on_a_few_lines(class_, tmp_path, capsys):
    folder, _ = class_
    sheet = pack(tmp_path / "gradebook.xlsx", [(f"xl/sheet{k}.xml", b"<x/>") for k in range(40)])
    assert collect(folder, sheet) == 0
    out = capsys.readouterr().out
    assert "No notebook and no file of a page is in it: is it the right download?" in out
    assert "From nobody, and no notebooks: xl/sheet0.xml, " in out and " and 20 more" in out
    assert out.count("\n") == 4
    assert collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), b"{}"), ("plot.png", b"x")])) == 0
    assert "right download" not in capsys.readouterr().out


@pytest.mark.parametrize("what", ["the file", "the folder", "what counts too"])
def test_what_somebody_has_taken_away_is_told_and_comes_back(class_, tmp_path, capsys, what):
    folder, key = class_
    zipped = pack(tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in PEOPLE])
    collect(folder, zipped)
    before = state(folder)
    own = folder / "submitted/s1"
    if what == "the folder":
        own.rename(folder / "submitted/Ada Lovelace")
    else:
        (own / "received/01 toy.ipynb").unlink()
    if what == "what counts too":
        (own / "toy.ipynb").unlink()
    capsys.readouterr()
    other = pack(tmp_path / "b.zip", [("plot.png", b"x")])
    assert collect(folder, other) == 0
    said = "s1: submitted/s1/received/01 toy.ipynb counts and is not there any more: put it back"
    assert (said in capsys.readouterr().out) == (what != "the file")  # what counts is still there
    assert collect(folder, zipped) == 0
    assert "any more" not in capsys.readouterr().out
    assert before.items() <= state(folder).items()


def test_what_an_interrupted_call_has_copied_is_not_copied_again(class_, tmp_path, monkeypatch):
    folder, key = class_
    zipped = pack(tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in PEOPLE])

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(desk, "write_receipts", interrupted)
        assert collect(folder, zipped) == 130
    assert collect(folder, zipped) == 0
    places = [folder / f"submitted/{who.id}/received" for who in PEOPLE]
    assert [len(list(place.iterdir())) for place in places] == [1, 1, 1]


def test_what_a_killed_call_has_begun_is_not_taken_for_a_file(class_, tmp_path):
    folder, key = class_
    place = folder / "submitted/s1/received"
    place.mkdir(parents=True)
    (place / ".7.part").write_bytes(notebook(key, ADA))
    assert collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), notebook(key, ADA))])) == 0
    assert [one.kept for one in read_receipts(folder)] == ["submitted/s1/received/02 toy.ipynb"]
