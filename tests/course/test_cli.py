"""What may be typed, and the one sentence for everything that stands in the way."""

import errno
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from reader import busy_port, write_chapters

from snnlab.course import building, cli, errors, site, warmup
from snnlab.course.classroom.commands import CLASS_COMMANDS
from snnlab.course.opening import open_course, working_copy

COMMANDS = ["open", "book", "site", "warmup", "doctor", *CLASS_COMMANDS]


def test_alone_it_prints_a_short_help(capsys):
    assert cli.main([]) == 0
    out = capsys.readouterr().out
    assert all(command in out for command in COMMANDS)
    assert len(out.splitlines()) < 25


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(capsys, command):
    assert cli.main([command, "--help"]) == 0
    assert f"usage: snnlab {command}" in capsys.readouterr().out


def test_the_version_is_that_of_the_package(capsys):
    import snnlab

    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"snnlab {snnlab.__version__}\n"


def test_python_m_snnlab_is_the_same_command():
    run = subprocess.run([sys.executable, "-m", "snnlab", "bogus"], capture_output=True, encoding="utf-8")
    assert run.returncode == 2
    assert run.stderr.startswith("snnlab: ") and run.stderr.count("\n") == 1


@pytest.mark.parametrize(("typed", "meant"), [("opn", "open"), ("Open", "open"), ("docter", "doctor")])
def test_a_mistyped_command_is_offered_the_nearest_one(capsys, typed, meant):
    assert cli.main([typed]) == 2
    assert f": did you mean `{meant}`? (" in capsys.readouterr().err


def test_what_is_near_to_no_command_is_not_guessed(capsys):
    assert cli.main(["bogus"]) == 2
    said = capsys.readouterr().err
    assert "invalid choice" in said and "did you mean" not in said


def test_the_help_imports_nothing_that_takes_time():
    """Nothing beside the standard library, on top of what `import snnlab` takes."""
    code = (
        "import sys, snnlab; before = set(sys.modules); from snnlab.course.cli import main; main(['--help']);"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before}, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    new = set(run.stderr.split())
    assert "argparse" in new
    assert new <= set(sys.stdlib_module_names) | {"snnlab"}


def test_ctrl_c_ends_any_command_with_one_word(capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(open_course, "open_course", interrupted)
    assert cli.main(["open"]) == 130
    assert capsys.readouterr().err == "snnlab: stopped\n"


# ---- what stands in the way: set it up, and return what is typed and a part of the sentence ----------------


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A reader's machine: a home folder, chapters, and a repository."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("SNNLAB_HOME", raising=False)
    chapters = write_chapters(tmp_path / "chapters")
    monkeypatch.setattr(open_course, "chapters_folder", lambda: chapters)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def busy(world, monkeypatch, port):
    return ["open", "--port", str(port)], f"port {port} is in use"


def busy_for_the_book(world, monkeypatch, port):
    return ["book", "--port", str(port)], f"port {port} is in use"


def port_is_no_number(world, monkeypatch, port):
    return ["open", "--port", "http"], "whole number from 1 to 65535, got 'http'"


def port_out_of_range(world, monkeypatch, port):
    return ["book", "--port", "65536"], "whole number from 1 to 65535, got '65536'"


def unknown_command(world, monkeypatch, port):
    return ["opne"], "'opne'"


def unknown_option(world, monkeypatch, port):
    return ["open", "--chekc"], "--chekc"


def home_cannot_be_written(world, monkeypatch, port):
    shutil.rmtree(world / "home")
    (world / "home").write_text("", encoding="utf-8")  # not read-only: that does not stop root
    return ["open"], f"nothing can be written to {world / 'home' / 'snnlab-course'}"


def no_home(world, monkeypatch, port):
    def unknown():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", unknown)
    return ["open"], "--dir FOLDER"


def file_in_place_of_the_folder(world, monkeypatch, port):
    (world / "notes").write_text("mine", encoding="utf-8")
    return ["open", "--dir", "notes"], "is a file"


def copy_cannot_be_written(world, monkeypatch, port):
    monkeypatch.setattr(working_copy, "can_write", lambda folder: False)
    return ["open"], "nothing can be written"


def copy_is_the_course_itself(world, monkeypatch, port):
    return ["open", "--dir", str(world / "chapters")], "holds the course itself"


def record_is_no_json(world, monkeypatch, port):
    return _record(world, b"{"), "delivered.json is damaged: delete that file"


def record_is_a_list(world, monkeypatch, port):
    return _record(world, b"[1]"), "delivered.json is damaged"


def record_is_no_text(world, monkeypatch, port):
    return _record(world, b"\xff\xfe\x00"), "delivered.json is damaged"


def record_holds_numbers(world, monkeypatch, port):
    return _record(world, json.dumps({"glossary.md": 3}).encode()), "delivered.json is damaged"


def _record(world, content):
    (world / "home" / "snnlab-course" / ".snnlab").mkdir(parents=True)
    (world / "home" / "snnlab-course" / ".snnlab" / "delivered.json").write_bytes(content)
    return ["open"]


def disk_is_full(world, monkeypatch, port):
    def full(target, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(working_copy.Path, "write_bytes", full)
    return ["open"], os.strerror(errno.ENOSPC)


def chapter_misspelt(world, monkeypatch, port):
    return ["open", "leaki_integrate"], "did you mean `snnlab open 02_leaky_integrate_and_fire`"


def chapter_unknown(world, monkeypatch, port):
    return ["open", "99"], "the chapters are 02_leaky_integrate_and_fire, 05_poisson_spikes"


def chapter_ambiguous(world, monkeypatch, port):
    return ["open", "i"], "may mean 02_leaky_integrate_and_fire, 05_poisson_spikes"


def no_chapters(world, monkeypatch, port):
    monkeypatch.setattr(open_course, "chapters_folder", lambda: None)
    return ["open"], "install the course again"


def no_jupyterlab(world, monkeypatch, port):
    _hide(monkeypatch, "jupyterlab")
    return ["open"], "jupyterlab is not installed: run"


def no_widgets(world, monkeypatch, port):
    _hide(monkeypatch, "ipywidgets", "anywidget")
    return ["open"], "ipywidgets and anywidget are not installed: run"


def no_jupyter_book(world, monkeypatch, port):
    _hide(monkeypatch, "jupyter_book")
    return ["book", "--no-serve"], "[book]"


def _hide(monkeypatch, *names):
    there = errors.find_spec
    monkeypatch.setattr(errors, "find_spec", lambda name: None if name in names else there(name))


def book_without_repository(world, monkeypatch, port):
    monkeypatch.setattr(building, "repository", lambda: None)
    return ["book", "--no-serve"], "built from the repository"


def site_without_repository(world, monkeypatch, port):
    monkeypatch.setattr(building, "repository", lambda: None)
    return ["site"], "built from the repository"


def book_into_a_file(world, monkeypatch, port):
    (world / "pages").write_text("mine", encoding="utf-8")
    return ["book", "--no-serve", "--out", "pages"], "is a file"


def site_into_a_file(world, monkeypatch, port):
    (world / "pages").write_text("mine", encoding="utf-8")
    return ["site", "pages"], "is a file"


def site_into_a_folder_of_the_readers(world, monkeypatch, port):
    (world / "thesis").mkdir()
    (world / "thesis" / "chapter1.tex").write_text("mine", encoding="utf-8")
    return ["site", "thesis"], "has files that are not from"


def site_beside_a_zip_of_the_readers(world, monkeypatch, port):
    with zipfile.ZipFile(world / "thesis.zip", "w") as mine:
        mine.writestr("chapter1.tex", "mine")
    return ["site", "thesis"], "thesis.zip is not from"


def nothing_can_be_kept(world, monkeypatch, port):
    monkeypatch.setattr(warmup, "cache_folder", lambda: None)
    return ["warmup"], "NUMBA_CACHE_DIR"


def the_other_snnlab(world, monkeypatch, port):
    monkeypatch.setattr(cli, "conflict", lambda: "the unrelated project snnlab 9 is installed")
    return ["open"], "unrelated project"


OBSTACLES = [
    busy, busy_for_the_book, port_is_no_number, port_out_of_range, unknown_command, unknown_option,
    home_cannot_be_written, no_home, file_in_place_of_the_folder, copy_cannot_be_written,
    copy_is_the_course_itself, record_is_no_json, record_is_a_list, record_is_no_text, record_holds_numbers,
    disk_is_full, chapter_misspelt, chapter_unknown, chapter_ambiguous, no_chapters, no_jupyterlab,
    no_widgets, no_jupyter_book, book_without_repository, site_without_repository, book_into_a_file,
    site_into_a_file, site_into_a_folder_of_the_readers, site_beside_a_zip_of_the_readers,
    nothing_can_be_kept, the_other_snnlab,
]  # fmt: skip


@pytest.mark.parametrize("obstacle", OBSTACLES, ids=lambda f: f.__name__)
def test_one_sentence_says_what_to_do(world, monkeypatch, capsys, obstacle):
    monkeypatch.setattr(open_course, "run_lab", lambda *_: pytest.fail("JupyterLab was started"))
    monkeypatch.setattr(building, "_run", lambda *_: pytest.fail("the book was built"))
    with busy_port() as port:
        typed, part = obstacle(world, monkeypatch, port)
        assert cli.main(typed) == 2
    said = capsys.readouterr()
    assert said.err.startswith("snnlab: ") and said.err.endswith("\n") and said.err.count("\n") == 1
    assert part in said.err
    assert "Traceback" not in said.err + said.out


@pytest.mark.parametrize("name", ["thesis", "pages"])
def test_what_is_the_readers_is_still_there(world, monkeypatch, name):
    """The site command refuses before it builds or writes anything."""
    (world / "thesis").mkdir()
    (world / "thesis" / "chapter1.tex").write_text("mine", encoding="utf-8")
    (world / "pages").write_text("mine", encoding="utf-8")
    before = sorted(world.rglob("*"))
    monkeypatch.setattr(site, "build_book", lambda: pytest.fail("the book was built"))
    assert cli.main(["site", name]) == 2
    assert sorted(world.rglob("*")) == before
