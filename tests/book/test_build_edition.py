"""The edition at the foot of each page: the same source gives the same line on any day."""

import importlib.util
import re
import shutil
import subprocess

import pytest
from sample_book import BOOK

import snnlab


@pytest.fixture
def edition():
    spec = importlib.util.spec_from_file_location("book_edition", BOOK / "_ext" / "edition.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_date_is_the_one_that_the_environment_names(edition, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert edition.source_date() == "1970-01-02"
    assert f"Edition {snnlab.__version__} of 1970-01-02." in edition.footer()


@pytest.fixture
def package(tmp_path, edition, monkeypatch):
    """A package of its own in a folder, where the edition is asked for."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "snnlab").mkdir()
    file = tmp_path / "snnlab" / "__init__.py"
    file.touch()
    monkeypatch.setattr(
        edition, "find_spec", lambda _: importlib.util.spec_from_file_location("snnlab", file)
    )
    return tmp_path


def git(folder, *command):
    names = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    subprocess.run(["git", "-C", folder, *names, *command], check=True, capture_output=True)


def test_there_is_no_date_where_git_does_not_know_the_package(edition, package):
    assert edition.source_date() is None
    assert re.search(rf"Edition {re.escape(snnlab.__version__)}\.", edition.footer())
    if shutil.which("git"):  # a virtual environment inside the repository of somebody else
        git(package, "init")
        (package / "letter.txt").write_text("hello", encoding="utf-8")
        git(package, "add", "letter.txt")
        git(package, "commit", "-m", "a letter")
        assert edition.source_date() is None


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_the_date_is_that_of_the_last_commit(edition, package, monkeypatch):
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2001-02-03T12:00:00+0000")
    git(package, "init")
    git(package, "add", ".")
    git(package, "commit", "-m", "the package")
    assert edition.source_date() == "2001-02-03"
