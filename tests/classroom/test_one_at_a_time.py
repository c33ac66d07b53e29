"""Two commands at once on one class are one after the other, and no lock outlives its process."""

import contextlib
import errno
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import threading

import pytest
from classroom.hand_ins import ADA, BO, moodle, new_class, notebook, pack
from classroom.toy_class import TOY

from snnlab import file_locks
from snnlab.course import cli
from snnlab.course.classroom import one_at_a_time, whole_files
from snnlab.course.classroom.assessment import merging
from snnlab.course.classroom.handout import assigning
from snnlab.course.classroom.intake import collecting
from snnlab.course.classroom.intake.receipts import read_receipts
from snnlab.course.classroom.one_at_a_time import alone_with
from snnlab.course.classroom.roster import write_roster
from snnlab.course.errors import CommandError

HOLD = """
import sys
from pathlib import Path
from snnlab.course.classroom.one_at_a_time import alone_with
with alone_with(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


class Listener(io.StringIO):
    """A standard error that tells when somebody says that they wait.

    What pytest captures cannot be asked meanwhile: reading empties it, with what another thread just wrote.
    """

    def __init__(self):
        super().__init__()
        self.somebody_waits = threading.Event()

    def write(self, text):
        if "this one waits for it" in text:
            self.somebody_waits.set()
        return super().write(text)


def listening(monkeypatch):
    """A listener; asked for in a test, for pytest puts its own in place when one begins."""
    listener = Listener()
    monkeypatch.setattr(sys, "stderr", listener)
    return listener


@pytest.fixture
def class_(tmp_path):
    folder = tmp_path / "class"
    return folder, new_class(folder)


def test_two_collects_at_once_lose_nothing(class_, tmp_path, monkeypatch):
    """The first is held up in the middle; without the lock it would overwrite the list of the second."""
    (folder, key), listener = class_, listening(monkeypatch)
    zips = [pack(tmp_path / f"{who.id}.zip", [(moodle(who), notebook(key, who))]) for who in (ADA, BO)]
    inside, release, real = threading.Event(), threading.Event(), collecting._receive_all

    def slow(desk, found):
        real(desk, found)
        if not inside.is_set():
            inside.set()
            assert release.wait(60)

    monkeypatch.setattr(collecting, "_receive_all", slow)
    calls = [threading.Thread(target=collecting.collect, args=(str(one), str(folder))) for one in zips]
    calls[0].start()
    assert inside.wait(60)
    calls[1].start()
    assert listener.somebody_waits.wait(60)
    assert not (folder / "submitted.csv").exists()
    release.set()
    for call in calls:
        call.join(60)
    assert {one.id for one in read_receipts(folder)} == {"s1", "s2"}


def test_a_process_that_is_killed_leaves_no_lock(class_):
    folder, _ = class_
    held = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert held.stdout.readline().strip() == b"held"
        came = threading.Event()

        def come():
            with alone_with(folder):
                came.set()

        waiting = threading.Thread(target=come)
        waiting.start()
        assert not came.wait(0.5)
    finally:
        held.kill()
        held.communicate()
    assert came.wait(60)
    waiting.join()
    assert sorted(file.name for file in folder.iterdir()) == [".lock", "key.json", "roster.csv"]


def test_who_waits_is_let_in_after_another_roster_was_put_in_place(class_, monkeypatch):
    """As `snnlab assign` does: the file that is locked is another, which nobody replaces."""
    (folder, _), listener = class_, listening(monkeypatch)
    came = threading.Event()

    def come():
        with alone_with(folder):
            came.set()

    waiting = threading.Thread(target=come)
    with alone_with(folder):
        waiting.start()
        assert listener.somebody_waits.wait(60)
        write_roster(folder / "roster.csv", [ADA, BO])
        assert not came.is_set()
    waiting.join(60)
    assert came.is_set()


@pytest.mark.parametrize("command", ["assign", "merge"])
def test_what_changes_a_class_waits_for_the_others(class_, tmp_path, monkeypatch, command):
    """The key is written by `assign` and by `regrade`, and marks by `merge`, too."""
    folder, _ = class_
    entered = []

    @contextlib.contextmanager
    def watched(which):
        entered.append(which)
        yield

    module = {"assign": assigning, "merge": merging}[command]
    monkeypatch.setattr(module, "alone_with", watched)
    monkeypatch.setattr(module, "find_part", lambda name: TOY)
    shutil.copytree(folder, tmp_path / "copy")
    more = {
        "assign": ["toy", "--roster", str(folder / "roster.csv"), "--out", str(folder)],
        "merge": [str(folder), str(tmp_path / "copy")],
    }[command]
    assert cli.main([command, *more]) == 0 and entered == [folder]


def test_an_error_inside_lets_the_next_one_in(class_):
    folder, _ = class_
    with pytest.raises(ZeroDivisionError), alone_with(folder):
        raise ZeroDivisionError
    with alone_with(folder):
        pass


def test_a_disk_that_knows_no_locks_is_none_to_wait_for(class_, monkeypatch):
    folder, _ = class_
    name, call = ("msvcrt", "locking") if sys.platform == "win32" else ("fcntl", "flock")

    def unknown(*_):
        raise OSError(95, "not supported")

    monkeypatch.setattr(getattr(file_locks, name), call, unknown)
    with alone_with(folder):
        pass


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_a_class_that_may_only_be_read_is_told_as_such(class_, monkeypatch, capsys, number):
    folder, _ = class_
    real = open

    def reading(file, mode="r", *more, **words):
        if "+" in mode:
            raise OSError(number, "said the system", str(file))
        return real(file, mode, *more, **words)

    monkeypatch.setattr(one_at_a_time, "open", reading, raising=False)
    monkeypatch.setattr(whole_files, "can_write", lambda folder: False)
    assert cli.main(["collect", "a.zip", "--class", str(folder)]) == 2
    err = capsys.readouterr().err
    assert "cannot be written: copy the class to where you may write" in err and err.count("\n") == 1


def test_what_is_no_class_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="is no class: `snnlab assign` makes one"), alone_with(tmp_path):
        pass
    assert cli.main(["collect", str(tmp_path), "--class", str(tmp_path)]) == 2


def test_a_roster_that_is_missing_is_a_sentence(class_, capsys):
    folder, _ = class_
    (folder / "roster.csv").unlink()
    for typed in (["collect", "--take", "s1", "x", "--class"], ["feedback"]):
        assert cli.main([*typed, str(folder)]) == 2
        assert "roster.csv is missing: take it from your backup" in capsys.readouterr().err


class Msvcrt:
    """What Windows locks, as one process sees it: a byte of a file, for whoever has it open."""

    LK_NBLCK, LK_UNLCK = 2, 0

    def __init__(self):
        self.holders = {}

    def locking(self, number, how, count):
        there = os.fstat(number)
        byte = there.st_dev, there.st_ino, os.lseek(number, 0, os.SEEK_CUR)
        if how == self.LK_UNLCK:
            if self.holders.pop(byte, None) != number:
                raise PermissionError(errno.EACCES, "not locked")
        elif self.holders.setdefault(byte, number) != number:
            raise PermissionError(errno.EACCES, "locked")


def test_windows_locks_in_the_same_way(class_, monkeypatch):
    """Its part of the module, with a Windows that is played: the next one waits, and is let in."""
    (folder, _), listener = class_, listening(monkeypatch)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt())
    spec = importlib.util.spec_from_file_location("on_windows", file_locks.__file__)
    on_windows = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(on_windows)
    for name in ("taken", "let_go"):
        monkeypatch.setattr(one_at_a_time, name, getattr(on_windows, name))
    came = threading.Event()

    def come():
        with alone_with(folder):
            came.set()

    waiting = threading.Thread(target=come)
    with alone_with(folder):
        waiting.start()
        assert listener.somebody_waits.wait(60)
        write_roster(folder / "roster.csv", [ADA, BO])
        assert not came.is_set()
    waiting.join(60)
    assert came.is_set() and not sys.modules["msvcrt"].holders


def test_the_folder_around_a_class_is_not_taken_for_it(tmp_path, capsys):
    new_class(tmp_path / "class" / "toy")
    for typed in (["mark"], ["regrade"], ["collect", "a.zip", "--class"]):
        assert cli.main([*typed, str(tmp_path / "class")]) == 2
        err = capsys.readouterr().err
        assert f"is no class, and holds {tmp_path / 'class' / 'toy'}: name one" in err, err
