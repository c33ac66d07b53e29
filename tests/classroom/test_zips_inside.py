"""ZIPs that students hand in: what is in them counts as if they had sent it by itself, and no trick more."""

import io
import os
import zipfile

import pytest
from classroom.hand_ins import ADA, BO, ZOE, canvas, moodle, new_class, notebook, pack
from classroom.test_collecting import chosen, collect, state

from snnlab.course.classroom.intake.budgets import Budget
from snnlab.course.classroom.intake.gathering import gathered
from snnlab.course.classroom.intake.receipts import read_receipts
from snnlab.course.classroom.intake.replies import replies

WAYS = {
    "moodle": moodle,
    "moodle without folders": lambda who, name: moodle(who, name, folders=False),
    "canvas": canvas,
    "blackboard": lambda who, name: f"Part 1_{who.id}_attempt_2026-11-20-10-00-00_{name}",
    "ilias": lambda who, name: f"{who.name.replace(' ', '_')}_{who.id}_34{who.id[-1]}/{name}",
    "mail": lambda who, name: f"by-mail/{who.id}/{name}",
}
NOON, ONE = (2026, 11, 20, 12, 0, 0), (2026, 11, 20, 13, 0, 0)


def zipped(*members):
    """A zip with these members: name, bytes and perhaps a date."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for name, data, *then in members:
            opened.writestr(zipfile.ZipInfo(name, then[0] if then else NOON), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


@pytest.fixture
def class_(tmp_path):
    folder = tmp_path / "class"
    return folder, new_class(folder)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("how", ["a zip", "a folder"])
def test_what_is_in_a_zip_counts(class_, tmp_path, way, how, capsys):
    folder, key = class_
    work = {who: notebook(key, who, first=f"first = {k}") for k, who in enumerate((ADA, ZOE))}
    litter = ("__MACOSX/._toy.ipynb", b"x"), ("work/.ipynb_checkpoints/toy-checkpoint.ipynb", b"{")
    members = [
        (WAYS[way](who, "My work.zip"), zipped(("work/part_1 new.ipynb", data), *litter))
        for who, data in work.items()
    ]
    source = pack(tmp_path / "all.zip", members)
    if how == "a folder":
        with zipfile.ZipFile(source) as opened:
            opened.extractall(tmp_path / "all")
        source = tmp_path / "all"
    assert collect(folder, source) == 0
    assert chosen(folder) == {who.id: data for who, data in work.items()}
    out = capsys.readouterr().out
    assert "Nothing from s2." in out and not any(word in out for word in ("MACOSX", "checkpoint", "is no"))
    back = {who.id: WAYS[way](who, "feedback.html") for who in work} if way in ("moodle", "canvas") else {}
    found = replies(folder, "feedback.html").names
    assert all(found[id] == name for id, name in back.items())
    before = state(folder)
    assert collect(folder, source) == 0 and state(folder) == before


def test_a_zip_is_as_new_as_its_upload_and_the_newest_in_it_counts(class_, tmp_path):
    folder, key = class_
    old, new, sent = (notebook(key, ADA, first=f"first = {k}") for k in range(3))
    early = (2026, 11, 2, 8, 0, 0), (2026, 11, 3, 8, 0, 0)
    both = zipped(("b.ipynb", old, early[0]), ("a.ipynb", new, early[1]), ("c.ipynb", old, early[0]))
    members = [(moodle(ADA, "toy.ipynb"), sent, NOON), (moodle(ADA, "work.zip"), both, ONE)]
    assert collect(folder, pack(tmp_path / "a.zip", members)) == 0
    assert chosen(folder) == {"s1": new}


@pytest.mark.parametrize("way", ["moodle", "moodle without folders", "canvas", "blackboard"])
def test_no_name_in_a_zip_makes_it_another_s(class_, tmp_path, way):
    """The files in it carry no token, and are called as an LMS would call those of Bo."""
    folder, key = class_
    names = [WAYS[other](BO, "toy.ipynb") for other in WAYS]
    bare = [notebook(key, BO, first=f"first = {k}") for k in range(len(names))]
    bare = [data.replace(b'"snnlab"', b'"other"') for data in bare]
    members = [(WAYS[way](ADA, "work.zip"), zipped(*zip(names, bare, strict=True)))]
    assert collect(folder, pack(tmp_path / "a.zip", members)) == 0
    assert {one.id for one in read_receipts(folder)} <= {"s1", ""} and "s2" not in chosen(folder)


def test_what_cannot_be_unpacked_is_named_and_costs_nobody_else(class_, tmp_path, capsys):
    folder, key = class_
    good = notebook(key, BO)
    inner = zipped(("../evil.ipynb", b"{}"), ("toy.ipynb", notebook(key, ADA)), ("more.zip", zipped()))
    members = [
        (moodle(ADA, "work.zip"), inner),
        (moodle(BO, "work.zip"), zipped(("toy.ipynb", good))),
        (moodle(ZOE, "work.zip"), zipped(("toy.ipynb", good))[:60]),
    ]
    assert collect(folder, pack(tmp_path / "a.zip", members)) == 0
    out = capsys.readouterr().out
    assert set(chosen(folder)) == {"s1", "s2"} and not (tmp_path / "evil.ipynb").exists()
    assert f"{moodle(ADA, 'work.zip')}: ../evil.ipynb was left out because its name leads out of" in out
    assert f"{moodle(ZOE, 'work.zip')} was left out because it is a damaged ZIP." in out
    assert f"{moodle(ADA, 'work-more.zip')}" in out


def test_a_bomb_in_a_zip_is_counted_for_whoever_has_sent_it(class_, tmp_path):
    """With the files beside it, as if all had come by themselves."""
    folder, _ = class_
    budget = Budget(bytes_of_one=10_000, files_of_one=3)
    many = zipped(*((f"{k}.ipynb", b"{}") for k in range(5)))
    members = [
        ("ada/bomb.zip", zipped(("a.ipynb", bytes(20_000)))),
        ("bo/x.ipynb", b"{}"),
        ("bo/many.zip", many),
        ("zoe/y.zip", zipped(("y.ipynb", b"{}"))),
    ]
    source = pack(tmp_path / "a.zip", members)
    with gathered(source, folder, lambda name: name.split("/")[0], budget) as found:
        names = [name for name, _ in found.files]
        reasons = {one.name: one.reason for one in found.refused}
    assert names == ["bo/x.ipynb", "bo/many-0.ipynb", "bo/many-1.ipynb", "zoe/y-y.ipynb"]
    assert "is too large" in reasons["ada/bomb.zip: a.ipynb"]
    assert {name for name in reasons if name.startswith("bo")} == {
        f"bo/many.zip: {k}.ipynb" for k in (2, 3, 4)
    }


def test_a_text_of_an_office_is_no_zip_of_work(class_, tmp_path, capsys):
    folder, _ = class_
    members = [(moodle(ADA, "essay.docx"), zipped(("word/document.xml", b"<x/>")))]
    assert collect(folder, pack(tmp_path / "a.zip", members)) == 0
    out = capsys.readouterr().out
    assert "essay.docx is no notebook." in out and "document.xml" not in out


def test_nothing_stays_that_was_unpacked(class_, tmp_path):
    folder, key = class_
    (tmp_path / "mail/s1").mkdir(parents=True)
    (tmp_path / "mail/s1/work.zip").write_bytes(zipped(("toy.ipynb", notebook(key, ADA))))
    assert collect(folder, tmp_path / "mail") == 0
    assert not list(folder.glob(".collecting-*")) and os.listdir(tmp_path / "mail/s1") == ["work.zip"]
