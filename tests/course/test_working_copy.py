"""The reader's own copy: what is theirs stays theirs."""

import json
from datetime import date
from pathlib import Path

import pytest
from reader import notebook, write_chapters

from snnlab.course import places
from snnlab.course.errors import CommandError
from snnlab.course.opening.open_course import prepare
from snnlab.course.opening.working_copy import fingerprint, read_record, update

CHAPTER = "02_leaky_integrate_and_fire.ipynb"
NEWER = "02_leaky_integrate_and_fire (edition 2026-11-25).ipynb"
TODAY = date(2026, 11, 25)


@pytest.fixture
def source(tmp_path):
    return write_chapters(tmp_path / "chapters")


@pytest.fixture
def copy(tmp_path, source):
    folder = tmp_path / "reader" / "snnlab-course"
    assert update(folder, source) == []
    return folder


def files(folder):
    return {f.relative_to(folder).as_posix() for f in folder.rglob("*") if f.is_file()}


def write(file, *sources):
    file.write_text(notebook(*sources), encoding="utf-8")


def test_first_use_delivers_everything_that_a_chapter_links_to(copy):
    assert files(copy) == {
        CHAPTER,
        "05_poisson_spikes.ipynb",
        "glossary.md",
        "images/bucket.svg",
        ".snnlab/delivered.json",
    }


def test_the_record_names_every_file_with_its_hash(copy, source):
    record = json.loads((copy / ".snnlab" / "delivered.json").read_text(encoding="utf-8"))
    names = files(copy) - {".snnlab/delivered.json"}
    assert record == {name: fingerprint(source / name) for name in names}


def test_the_readers_work_is_never_touched(copy, source):
    write(copy / CHAPTER, "my own work")
    before = (copy / CHAPTER).read_bytes()
    assert update(copy, source) == []
    write(source / CHAPTER, "a newer edition")
    update(copy, source, today=TODAY)
    assert (copy / CHAPTER).read_bytes() == before


def test_a_newer_edition_arrives_beside_the_old_one_and_once(copy, source):
    write(copy / CHAPTER, "my own work")
    write(source / CHAPTER, "a newer edition")
    assert update(copy, source, today=TODAY) == [copy / NEWER]
    assert (copy / NEWER).read_bytes() == (source / CHAPTER).read_bytes()
    write(copy / NEWER, "my work on the newer one")
    assert update(copy, source, today=TODAY) == []
    assert "my work on the newer one" in (copy / NEWER).read_text(encoding="utf-8")


def test_a_chapter_that_was_only_read_is_not_written_to_either(copy, source):
    before = (copy / CHAPTER).read_bytes()
    write(source / CHAPTER, "a newer edition")
    assert update(copy, source, today=TODAY) == [copy / NEWER]
    assert (copy / CHAPTER).read_bytes() == before


def test_two_editions_on_one_day_get_two_names(copy, source):
    names = []
    for edition in ("second", "third", "fourth"):
        write(source / CHAPTER, edition)
        names += [file.name for file in update(copy, source, today=TODAY)]
    stem = "02_leaky_integrate_and_fire (edition 2026-11-25"
    assert names == [f"{stem}).ipynb", f"{stem}, 2).ipynb", f"{stem}, 3).ipynb"]


def test_running_a_chapter_makes_no_new_edition(copy, source):
    """Only what an author writes counts: not outputs, counters and metadata."""
    output = {"output_type": "stream", "name": "stdout", "text": "2"}
    text = notebook("1 + 1", outputs=(output,), count=7)
    (source / CHAPTER).write_text(text, encoding="utf-8")
    assert update(copy, source) == []


def test_a_chapter_arrives_as_if_nobody_had_run_it(tmp_path, source):
    """Its outputs would answer what it asks."""
    output = {"output_type": "stream", "name": "stdout", "text": "2 Ω"}
    (source / CHAPTER).write_text(notebook("1 + 1", "'Ω'", outputs=(output,), count=7), encoding="utf-8")
    edition = fingerprint(source / CHAPTER)
    update(tmp_path / "reader", source)
    delivered = tmp_path / "reader" / CHAPTER
    cells = json.loads(delivered.read_text(encoding="utf-8"))["cells"]
    assert [cell["source"] for cell in cells] == ["1 + 1", "'Ω'"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)
    assert read_record(tmp_path / "reader")[CHAPTER] == edition == fingerprint(delivered)
    assert update(tmp_path / "reader", source) == []


def test_what_is_called_a_notebook_and_is_none_arrives_as_it_is(tmp_path, source):
    (source / CHAPTER).write_bytes(b"no JSON")
    update(tmp_path / "reader", source)
    assert (tmp_path / "reader" / CHAPTER).read_bytes() == b"no JSON"


def test_a_reader_who_has_the_newer_text_already_gets_no_second_one(copy, source):
    write(copy / CHAPTER, "a newer edition")
    write(source / CHAPTER, "a newer edition")
    assert update(copy, source) == []


def test_a_new_chapter_is_delivered(copy, source):
    write(source / "09_networks.ipynb", "3 + 3")
    assert update(copy, source) == []
    assert (copy / "09_networks.ipynb").read_bytes() == (source / "09_networks.ipynb").read_bytes()


def test_a_chapter_that_was_thrown_away_comes_back_only_when_asked_for(copy, source):
    (copy / CHAPTER).unlink()
    update(copy, source)
    assert not (copy / CHAPTER).exists()
    write(source / CHAPTER, "a newer edition")
    assert update(copy, source) == []
    assert not (copy / CHAPTER).exists()
    update(copy, source, wanted=CHAPTER)
    assert (copy / CHAPTER).read_bytes() == (source / CHAPTER).read_bytes()


def test_what_chapters_link_to_is_replaced_as_long_as_it_is_ours(copy, source):
    (source / "glossary.md").write_text("# Better\n", encoding="utf-8")
    assert update(copy, source) == []
    assert (copy / "glossary.md").read_text(encoding="utf-8") == "# Better\n"
    (copy / "images" / "bucket.svg").unlink()
    update(copy, source)
    assert (copy / "images" / "bucket.svg").is_file()


def test_what_the_reader_changed_in_the_glossary_is_kept(copy, source):
    (copy / "glossary.md").write_text("# Mine\n", encoding="utf-8")
    (source / "glossary.md").write_text("# Better\n", encoding="utf-8")
    (beside,) = update(copy, source, today=TODAY)
    assert beside.name == "glossary (edition 2026-11-25).md"
    assert (copy / "glossary.md").read_text(encoding="utf-8") == "# Mine\n"


def test_a_file_of_the_same_name_that_is_not_ours_is_kept(tmp_path, source):
    folder = tmp_path / "old"
    folder.mkdir()
    write(folder / CHAPTER, "something of mine")
    assert update(folder, source, today=TODAY) == [folder / NEWER]
    assert "something of mine" in (folder / CHAPTER).read_text(encoding="utf-8")


def test_a_lost_record_costs_no_work(copy, source):
    write(copy / CHAPTER, "my own work")
    (copy / ".snnlab" / "delivered.json").unlink()
    assert update(copy, source, today=TODAY) == [copy / NEWER]
    assert "my own work" in (copy / CHAPTER).read_text(encoding="utf-8")
    assert update(copy, source, today=TODAY) == []


def test_an_interrupted_delivery_is_completed(tmp_path, source, monkeypatch):
    """Power fails after the first file: what is there is whole, and the next use delivers the rest."""
    folder, real, calls = tmp_path / "reader", Path.write_bytes, []

    def fails_later(target, data):
        calls.append(target)
        if len(calls) > 1:
            real(target, b"half")
            raise KeyboardInterrupt
        return real(target, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fails_later)
        with pytest.raises(KeyboardInterrupt):
            update(folder, source)
    assert files(folder) == {CHAPTER, ".snnlab/part"}
    assert update(folder, source) == []
    assert len(read_record(folder)) == 4
    assert not (folder / ".snnlab" / "part").exists()


def test_files_of_a_read_only_installation_can_be_edited(tmp_path, source):
    (source / CHAPTER).chmod(0o444)
    update(tmp_path / "reader", source)
    assert (tmp_path / "reader" / CHAPTER).stat().st_mode & 0o200


def test_the_courses_own_folder_is_no_working_copy(source):
    with pytest.raises(CommandError, match="holds the course itself"):
        update(source, source)
    assert not (source / ".snnlab").exists()


def test_no_trial_file_stays_behind(tmp_path):
    assert places.can_write(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
    (tmp_path / "file").touch()
    assert not places.can_write(tmp_path / "file" / "below")


# ---- which folder, which chapter ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "expected"), [({}, "home/snnlab-course"), ({"SNNLAB_HOME": "~/mine"}, "home/mine")]
)
def test_the_default_folder_is_in_the_home_folder(tmp_path, monkeypatch, environment, expected):
    home = tmp_path / "home"
    monkeypatch.delenv("SNNLAB_HOME", raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert places.default_copy() == tmp_path / expected


def test_chapters_are_looked_up_in_the_package_and_then_in_the_repository(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "snnlab")
    assert places.chapters_folder() is None
    repository = tmp_path / "book" / "chapters"
    repository.mkdir(parents=True)
    assert places.chapters_folder() == repository
    wheel = tmp_path / "snnlab" / "course" / "chapters"
    wheel.mkdir(parents=True)
    assert places.chapters_folder() == wheel


def test_the_news_are_said_once(tmp_path, source, monkeypatch, capsys):
    monkeypatch.setattr("snnlab.course.opening.open_course.chapters_folder", lambda: source)
    folder = tmp_path / "reader"
    assert prepare(None, str(folder)) == (folder, CHAPTER)
    assert capsys.readouterr().out == ""
    write(source / "05_poisson_spikes.ipynb", "a newer edition")
    assert prepare("poisson", str(folder)) == (folder, "05_poisson_spikes.ipynb")
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and "05_poisson_spikes (edition " in said
    prepare(None, str(folder))
    assert capsys.readouterr().out == ""


def test_the_number_means_the_chapter_and_the_full_name_the_newer_edition(copy, source, monkeypatch):
    monkeypatch.setattr("snnlab.course.opening.open_course.chapters_folder", lambda: source)
    write(source / CHAPTER, "a newer edition")
    update(copy, source, today=TODAY)
    assert prepare("2", str(copy))[1] == CHAPTER
    assert prepare(NEWER, str(copy))[1] == NEWER
    assert prepare(NEWER.removesuffix(".ipynb"), str(copy))[1] == NEWER
