"""Zips that strangers have filled."""

import errno
import io
import os
import stat
import struct
import zipfile

import pytest

from snnlab.course.classroom.intake.budgets import Budget
from snnlab.course.classroom.intake.safe_zip import unzip
from snnlab.course.errors import CommandError


def packed(folder, members, **how):
    """A zip with these members: name (or ZipInfo) and bytes."""
    file = folder / "moodle.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, **how) as opened:
        for name, data in members:
            opened.writestr(name, data)
    return file


def everything(folder):
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_files_arrive_in_their_folders(tmp_path):
    members = [
        ("Ada Lovelace_17_assignsubmission_file_/part1.ipynb", b"{}"),
        ("Zoë Müller_18_assignsubmission_file_/", b""),
        ("Zoë Müller_18_assignsubmission_file_/answers.json", b"[]"),
    ]
    done = unzip(packed(tmp_path, members), tmp_path / "out")
    assert done.refused == [] and [file.read_bytes() for file in done.files] == [b"{}", b"[]"]
    assert everything(tmp_path / "out") == {name for name, _ in members if not name.endswith("/")}


OUTSIDE = ["../evil", "a/../../evil", "/evil", "\\evil", "a\\..\\..\\evil", "C:/evil", "c:evil", "a/..", ".."]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_is_written_outside(tmp_path, name):
    file = packed(tmp_path, [(name, b"bad"), ("good", b"fine")])
    done = unzip(file, tmp_path / "deep" / "out")
    assert everything(tmp_path) == {"moodle.zip", "deep/out/good"}
    assert len(done.refused) == 1 and done.refused[0].reason


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_left_out(tmp_path, kind):
    member = zipfile.ZipInfo("link")
    member.external_attr = (kind | 0o777) << 16
    done = unzip(packed(tmp_path, [(member, b"/etc/passwd"), ("link/x", b"1")]), tmp_path / "out")
    assert [one.reason for one in done.refused] == ["it is a link or a device and no file"]
    assert everything(tmp_path / "out") == {"link/x"} and not os.path.islink(tmp_path / "out" / "link")


def test_a_bomb_is_counted_while_it_is_written(tmp_path):
    file = packed(tmp_path, [("bomb", bytes(30 * 2**20)), ("good", b"fine")])
    assert file.stat().st_size < 100_000
    done = unzip(file, tmp_path / "out", budget=Budget(bytes_of_one=2**20))
    assert everything(tmp_path / "out") == {"good"}
    assert done.refused[0].reason == "it is too large (30 MB)"


def test_a_bomb_that_understates_its_size_is_stopped_too(tmp_path):
    """Both places that tell a member's size are overwritten, so that it says 10 bytes."""
    file = packed(tmp_path, [("bomb", bytes(3 * 2**20))])
    data = bytearray(file.read_bytes())
    size = struct.pack("<L", 3 * 2**20)
    assert data.count(size) == 2
    file.write_bytes(bytes(data).replace(size, struct.pack("<L", 10)))
    done = unzip(file, tmp_path / "out", budget=Budget(bytes_of_one=2**20))
    assert done.files == [] and len(done.refused) == 1 and everything(tmp_path / "out") == set()


def test_all_together_are_limited(tmp_path):
    members = [(f"f{k}", os.urandom(1000)) for k in range(10)]
    done = unzip(packed(tmp_path, members), tmp_path / "out", budget=Budget(bytes=3500))
    assert len(done.files) == 3 and len(done.refused) == 7


def test_a_zip_in_a_zip_stays_closed(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as opened:
        opened.writestr("../evil", b"bad")
    unzip(packed(tmp_path, [("inner.zip", inner.getvalue())]), tmp_path / "out")
    assert everything(tmp_path / "out") == {"inner.zip"}


def test_of_too_many_files_each_that_is_left_out_is_named(tmp_path):
    names = [f"{who}/{k}" for who in ("mal", "bo") for k in range(8)] + ["ada/1"]
    zipped = packed(tmp_path, [(name, b"") for name in names])
    done = unzip(zipped, tmp_path / "out", lambda name: name.split("/")[0], Budget(files_of_one=5))
    assert [file.parent.name for file in done.files] == ["mal"] * 5 + ["bo"] * 5 + ["ada"]
    reason = "{} has sent 8 files, and 5 are the most of one sender"
    assert done.refused == [(f"{who}/{k}", reason.format(who)) for who in ("mal", "bo") for k in (5, 6, 7)]


def test_nothing_is_overwritten(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        file = packed(
            tmp_path, [("a", b"first"), ("a", b"second"), ("a/b", b"third"), ("c/d", b""), ("c", b"")]
        )
    done = unzip(file, tmp_path / "out")
    assert (tmp_path / "out" / "a").read_bytes() == b"first"
    assert len(done.refused) == 3
    assert unzip(file, tmp_path / "out").files == []


def test_names_suit_every_system(tmp_path):
    done = unzip(
        packed(tmp_path, [("CON/x: y?.ipynb", b"1"), ("end. ./a", b"2"), ("nul", b"3")]), tmp_path / "out"
    )
    assert done.refused == [] and everything(tmp_path / "out") == {"_CON/x_ y_.ipynb", "end/a", "_nul"}


@pytest.mark.parametrize("name", ["x" * 600, "/".join("abcdefghij"), "\n".join("ab") * 200])
def test_long_names_are_refused_in_few_words(tmp_path, name):
    done = unzip(packed(tmp_path, [(name, b"1")]), tmp_path / "out")
    assert len(done.refused) == 1 and len(done.refused[0].name) < 61 and "\n" not in done.refused[0].name


@pytest.mark.parametrize("name", ["雷" * 102 + ".ipynb", "x" * 300 + "/" + "é" * 150 + ".ipynb"])
def test_a_name_that_no_system_can_write_is_shortened_and_told_whole(tmp_path, name):
    """A file system counts bytes: 102 Chinese characters have 306, and 255 are the most."""
    done = unzip(packed(tmp_path, [(name, b"1"), (f"{name[:-7]}y.ipynb", b"2")]), tmp_path / "out")
    assert done.refused == [] and done.names[0] == name
    assert [file.read_bytes() for file in done.files] == [b"1", b"2"]
    assert all(len(part.encode("utf-8")) <= 120 for file in done.files for part in file.parts[-2:])
    assert all(file.suffix == ".ipynb" for file in done.files)


def test_what_this_system_cannot_write_is_left_out(tmp_path, monkeypatch):
    """And a full disk is nobody's name: that ends the command."""

    def open_(member, *_):
        raise OSError(errors.pop(0), "said the system")

    file, errors = packed(tmp_path, [("a", b"1")]), [errno.EINVAL, errno.ENOSPC]
    monkeypatch.setattr(zipfile.ZipFile, "open", open_)
    assert unzip(file, tmp_path / "out").refused == [("a", "this system cannot write it (said the system)")]
    with pytest.raises(OSError, match="said the system"):
        unzip(file, tmp_path / "out")


def test_an_encrypted_member_is_left_out(tmp_path):
    file = packed(tmp_path, [("secret", b"data")])
    data = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + offset] |= 1
    file.write_bytes(data)
    assert unzip(file, tmp_path / "out").refused == [("secret", "it is encrypted")]


def test_a_damaged_member_is_left_out(tmp_path):
    file = packed(tmp_path, [("a", b"x" * 1000), ("b", b"fine")])
    data = bytearray(file.read_bytes())
    data[35] ^= 255
    file.write_bytes(data)
    done = unzip(file, tmp_path / "out")
    assert everything(tmp_path / "out") == {"b"} and done.refused[0].reason.startswith("it is damaged")


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\3\4" + bytes(100)])
def test_what_is_no_zip_is_one_sentence(tmp_path, data):
    file = tmp_path / "moodle.zip"
    file.write_bytes(data)
    with pytest.raises(CommandError, match="is no zip, or a damaged one"):
        unzip(file, tmp_path / "out")
