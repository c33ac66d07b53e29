"""A file is written as a whole or not at all, and nothing half is left."""

import errno
import shutil

import pytest

from snnlab.course.classroom.whole_files import copy_whole, fresh_file, write_whole


@pytest.fixture
def file(tmp_path):
    """A file that is there before."""
    file = tmp_path / "part1.ipynb"
    file.write_bytes(b"before")
    return file


def test_a_file_takes_the_place_of_another(file):
    write_whole(file, "Zoë\nhas\r\nwritten\n")
    assert file.read_bytes() == "Zoë\nhas\r\nwritten\n".encode()
    write_whole(file.with_name("new"), b"\xff")
    assert [one.name for one in sorted(file.parent.iterdir())] == ["new", "part1.ipynb"]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ValueError, OSError(errno.ENOSPC, "No space left")])
def test_what_is_interrupted_leaves_what_was_there(file, failure):
    with pytest.raises(failure if isinstance(failure, type) else OSError), fresh_file(file) as fresh:
        fresh.write_bytes(b"half")
        raise failure
    assert file.read_bytes() == b"before" and list(file.parent.iterdir()) == [file]


def test_a_full_disk_is_told_with_the_name_of_the_file(file, monkeypatch):
    def full(source, target):
        error = OSError(errno.ENOSPC, "No space left")  # as `shutil` fills it in: first what was read
        error.filename, error.filename2 = str(source), str(target)
        raise error

    monkeypatch.setattr(shutil, "copy2", full)
    with pytest.raises(OSError, match="No space left") as caught:
        copy_whole(file, file.with_name("copy"))
    assert caught.value.filename == str(file.with_name("copy"))
    with pytest.raises(FileNotFoundError) as caught:
        write_whole(file.parent / "nowhere" / "file", "")
    assert caught.value.filename == str(file.parent / "nowhere" / "file")


def test_what_cannot_be_read_is_told_by_its_own_name(file):
    with pytest.raises(FileNotFoundError) as caught:
        copy_whole(file.with_name("missing"), file)
    assert caught.value.filename == str(file.with_name("missing")) and file.read_bytes() == b"before"


def test_what_a_killed_process_has_left_is_no_hindrance(file, monkeypatch):
    monkeypatch.setattr("os.getpid", lambda: 7)
    (file.parent / ".7.part").write_bytes(b"half")
    write_whole(file, "after")
    assert file.read_bytes() == b"after" and list(file.parent.iterdir()) == [file]
