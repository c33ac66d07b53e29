"""One file of a class can hold up no other, whatever it is called and whatever is in it."""

import errno
import json

import pytest
from classroom.hand_ins import ADA, BO, PEOPLE, ZOE, canvas, moodle, new_class, notebook, pack
from classroom.toy_class import handed_out

from snnlab.course import cli
from snnlab.course.classroom.intake import desk
from snnlab.course.classroom.intake.receipts import read_receipts
from snnlab.course.classroom.roster import Student


@pytest.fixture
def class_(tmp_path):
    folder = tmp_path / "class"
    return folder, new_class(folder)


def collect(folder, source):
    return cli.main(["collect", str(source), "--class", str(folder)])


def submitted(folder):
    return {
        own.name for own in (folder / "submitted").iterdir() if any(file.is_file() for file in own.iterdir())
    }


LONG = "雷" * 102 + ".ipynb"  # 102 characters, 312 bytes: more than a file system takes


@pytest.mark.parametrize(
    "form", [moodle, canvas, lambda who, name: f"{who.id}/{name}"], ids=["moodle", "canvas", "mail"]
)
def test_a_name_of_many_bytes_is_kept(class_, tmp_path, form):
    folder, key = class_
    zipped = pack(tmp_path / "a.zip", [(form(who, LONG), notebook(key, who)) for who in PEOPLE])
    assert collect(folder, zipped) == 0
    assert submitted(folder) == {"s1", "s2", "s3"}
    assert {one.file for one in read_receipts(folder)} == {form(who, LONG) for who in PEOPLE}
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert collect(folder, zipped) == 0
    assert before == {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_of_long_names_that_begin_alike_both_are_kept(class_, tmp_path):
    folder, key = class_
    names = [f"{'é' * 120}{end}.ipynb" for end in "ab"]
    files = [(moodle(ADA, name), notebook(key, ADA, first=f"first = {k}")) for k, name in enumerate(names)]
    assert collect(folder, pack(tmp_path / "a.zip", files)) == 0
    assert len(list((folder / "submitted/s1/received").iterdir())) == 2


@pytest.mark.parametrize(
    "worksheets",
    [[{"cells": 5}], [{"cells": {"a": 1}}], [5], [[]], [{"cells": [5, {"cell_type": 7}]}]],
    ids=repr,
)
def test_a_notebook_of_the_old_format_that_is_none_stops_nothing(class_, tmp_path, worksheets):
    folder, key = class_
    odd = json.dumps({"worksheets": worksheets}).encode("utf-8")
    assert (
        collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), odd), (moodle(BO), notebook(key, BO))])) == 0
    )
    assert submitted(folder) == {"s1", "s2"}


def test_what_cannot_be_read_at_all_is_set_aside_by_its_name(class_, tmp_path, monkeypatch, capsys):
    """Whatever it is that nobody has thought of."""
    folder, key = class_
    real = desk.claim_of

    def failing(file):
        if "Zoë" in str(file):
            raise RuntimeError("nobody has thought of it")
        return real(file)

    monkeypatch.setattr(desk, "claim_of", failing)
    zipped = pack(tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in PEOPLE[::-1]])
    assert collect(folder, zipped) == 0
    assert submitted(folder) == {"s1", "s2"}
    out = capsys.readouterr().out
    assert (
        f"{moodle(ZOE)} was left out because it cannot be read (RuntimeError: nobody has thought of it)."
        in out
    )
    assert "Nothing from s3." in out
    monkeypatch.setattr(desk, "claim_of", real)
    assert collect(folder, zipped) == 0 and submitted(folder) == {"s1", "s2", "s3"}


def test_what_cannot_be_kept_is_set_aside_and_a_full_disk_ends_all(class_, tmp_path, monkeypatch, capsys):
    folder, key = class_
    real, number = desk.copy_whole, errno.EINVAL

    def failing(file, target):
        if "Zoë" in str(file):
            raise OSError(number, "said the system", str(target))
        real(file, target)

    monkeypatch.setattr(desk, "copy_whole", failing)
    zipped = pack(tmp_path / "a.zip", [(moodle(who), notebook(key, who)) for who in PEOPLE[::-1]])
    assert collect(folder, zipped) == 0
    assert submitted(folder) == {"s1", "s2"}
    assert (
        f"{moodle(ZOE)} was left out because it cannot be kept (said the system)." in capsys.readouterr().out
    )
    number = errno.ENOSPC
    assert collect(folder, zipped) == 2 and "said the system" in capsys.readouterr().err


BROKEN = {
    b"": "The file is empty.",
    b"{": "The file is no notebook: it is not JSON, or was cut off.",
    b"\xff\xfe\x00\x01": "The file is no notebook: it is not text.",
    b'{"cells": 3}': "The file is JSON, but no notebook: it has no cells.",
}


@pytest.mark.parametrize(("data", "said"), BROKEN.items(), ids=repr)
def test_broken_notebooks_are_named(class_, tmp_path, capsys, data, said):
    folder, key = class_
    zipped = pack(tmp_path / "a.zip", [(moodle(ADA), data), (moodle(BO), notebook(key, BO))])
    for _ in range(2):  # as long as it counts
        assert collect(folder, zipped) == 0
        out = capsys.readouterr().out
        assert f"s1: toy.ipynb cannot be marked. {said}\n" in out and out.count("cannot be marked") == 1


def test_a_whole_file_is_not_replaced_by_a_later_one_that_is_cut_off(class_, tmp_path, capsys):
    folder, key = class_
    whole = notebook(key, ADA)
    collect(folder, pack(tmp_path / "a.zip", [(moodle(ADA), whole)]))
    collect(folder, pack(tmp_path / "b.zip", [(moodle(ADA), whole[:-9], (2026, 11, 28, 12, 0, 0))]))
    assert (folder / "submitted/s1/toy.ipynb").read_bytes() == whole
    assert "has not their token, may be newer and is not taken: --take s1" in capsys.readouterr().out


def test_the_list_of_who_is_absent_or_late_is_never_cut(tmp_path, capsys):
    people = [Student(f"student{k:03d}", f"Person{k:03d} Last{k:03d}") for k in range(120)]
    folder = tmp_path / "class"
    key = new_class(folder, people)

    def late(who):
        k = int(who.id[-3:])
        return f"last{k:03d}person{k:03d}_LATE_{5000 + k}_{88001 + k}_toy.ipynb"

    files = [(late(who), json.dumps(handed_out(key, who.id))) for who in people[60:]]
    assert collect(folder, pack(tmp_path / "a.zip", files)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"Nothing from {', '.join(who.id for who in people[:60])}." in lines
    assert f"Late: {', '.join(who.id for who in people[60:])}." in lines
