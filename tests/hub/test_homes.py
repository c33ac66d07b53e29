"""`hub/homes.py` as root among students who are other users: no link leads to what is not theirs."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from needs import need
from tree import ROOT

from snnlab.course.classroom.sandbox.limits import is_root

SCRIPT = ROOT / "hub" / "homes.py"
ADA, MAL = 61_500, 61_501
HASH = "3f1e4"  # how sha256 of the account begins


@pytest.fixture
def place():
    need(is_root() and shutil.which("find"), "needs root: students are users of their own")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        for name, number in {"ada": ADA, "mal": MAL}.items():
            home = folder / "homes" / name
            home.mkdir(parents=True)
            os.chown(home, number, number)
            home.chmod(0o700)
            own = folder / "class" / "part1" / "students" / name
            own.mkdir(parents=True)
            (own / "part1.ipynb").write_text(f"for {name}", encoding="utf-8")
        yield folder


def homes(place, what, **environment):
    command = [sys.executable, str(SCRIPT), what, "class/part1", "--homes", f"{place}/homes/{{}}"]
    environ = {**os.environ, **environment}
    return subprocess.run(command, cwd=place, capture_output=True, encoding="utf-8", env=environ)


def own(place, name, number, text="mine"):
    """A file of a student."""
    file = place / "homes" / name
    for part in Path("part1"), Path("part1") / text:
        folder = file / part
        if not folder.exists():
            folder.mkdir() if part == Path("part1") else folder.write_text(text, encoding="utf-8")
            os.chown(folder, number, number)
    return file / "part1"


def test_what_is_given_belongs_to_the_student_alone(place):
    done = homes(place, "give")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "2 of 2 students"), done.stdout
    given = (place / "homes" / "ada" / "part1" / "part1.ipynb").stat()
    assert (given.st_uid, given.st_mode & 0o777) == (ADA, 0o600)
    assert (place / "homes" / "ada" / "part1").stat().st_mode & 0o777 == 0o700


def test_nothing_is_written_where_a_link_of_the_student_leads(place):
    """Not into another's home, nor into root's."""
    target = place / "of_root"
    target.mkdir()
    (place / "homes" / "mal" / "part1").symlink_to(target)
    done = homes(place, "give")
    assert done.returncode == 1 and "mal: FAILED" in done.stdout and "ada: 1 new" in done.stdout
    assert list(target.iterdir()) == []


def test_nothing_is_taken_from_where_a_link_leads_and_nothing_waits(place):
    own(place, "ada", ADA, "good.ipynb")
    folder = own(place, "mal", MAL, "good.json")
    (folder / "secret.ipynb").symlink_to(place / "homes" / "ada" / "part1" / "good.ipynb")
    (folder / "shadow.ipynb").symlink_to("/etc/shadow")
    os.mkfifo(folder / "waits.ipynb")
    (folder / "notes.txt").write_text("not asked for", encoding="utf-8")
    done = homes(place, "take")
    assert done.returncode == 0, done.stdout
    taken = {file.relative_to(place / "handed-in" / "part1"): file.read_text(encoding="utf-8")
             for file in (place / "handed-in").rglob("*") if file.is_file()}  # fmt: skip
    assert taken == {Path("ada/1.ipynb"): "good.ipynb", Path("mal/1.json"): "good.json"}


def test_too_large_a_file_is_named_and_the_others_are_taken(place):
    own(place, "ada", ADA, "good.ipynb")
    with (own(place, "mal", MAL, "good.json") / "large.ipynb").open("wb") as large:
        large.truncate(30_000_000)
    done = homes(place, "take")
    assert "mal: a file with more than 25 MB" in done.stdout and "ada: 1 taken" in done.stdout


def test_what_is_taken_belongs_to_who_called_sudo(place):
    own(place, "ada", ADA, "good.ipynb")
    assert homes(place, "take", SUDO_UID="61502", SUDO_GID="61502").returncode == 0
    made = [place / "handed-in", *(place / "handed-in").rglob("*")]
    assert len(made) == 4 and {file.stat().st_uid for file in made} == {61_502}
    assert {file.stat().st_mode & 0o777 for file in made if file.is_dir()} == {0o700}


def test_a_home_is_found_by_the_name_that_the_hub_makes_of_an_id(place, monkeypatch):
    """Small letters; and what is too long for an account is cut, as The Littlest JupyterHub does it."""
    spec = importlib.util.spec_from_file_location("homes", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.home_of(f"{place}/homes/{{}}", "Ada") == place / "homes" / "ada"
    asked = []
    monkeypatch.setattr(Path, "expanduser", lambda path: asked.append(str(path)) or place)
    for name in ("Ada", "17", "a" * 17, "a" * 18):
        script.home_of("~jupyter-{}", name)
    assert asked == ["~jupyter-ada", "~jupyter-17", f"~jupyter-{'a' * 17}", f"~jupyter-{'a' * 18}-{HASH}"]


def test_who_has_never_been_there_has_no_account(place):
    shutil.rmtree(place / "homes" / "ada")
    done = homes(place, "give")
    assert done.returncode == 1 and "ada: FAILED: has no home yet, because they have not" in done.stdout
    command = [sys.executable, str(SCRIPT), "give", "class/part1", "--homes", "~nobody-of-that-name-{}"]
    done = subprocess.run(command, cwd=place, capture_output=True, encoding="utf-8")
    assert done.stdout.count("has no home yet, because they have not been on the hub") == 2
