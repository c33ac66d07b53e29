"""Which models are tried, in a small repository: those that differ from the commit, or all of them."""

import os
import shutil
import subprocess

import pytest
from house.graph import FLOORS
from mutation.changed import changed_files, depends_on, has_changed
from needs import need
from tree import ROOT

FILES = {
    "pond/__init__.py": "from pond.reed import Reed\n",
    "pond/frog.py": "import numpy as np\nfrom pond.inner.leg import jump\n\n\ndef _step(v):\n    return v\n",
    "pond/toad.py": "def _step(v):\n    from pond.inner import leg\n    return -v\n",
    "pond/newt.py": "import pond.reed\n\n\ndef _step(v):\n    return -v\n",
    "pond/inner/__init__.py": "",
    "pond/inner/leg.py": "from pond.inner.bone import Bone\n",
    "pond/inner/bone.py": "from pond.inner.leg import jump\n",  # a circle
    "pond/reed.py": "",
    "tests/test_frog.py": "",
    "tests/test_toad.py": "",
    "tests/test_newt.py": "",
    "tests/mutation/trial.py": "",
    "tests/mutation/test_changed.py": "",
    "README.md": "",
}


def git(folder, *words):
    done = subprocess.run(["git", "-C", str(folder), *words], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit_all(project):
    git(project, "add", ".")
    git(project, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a message")


def write(project, name, text):
    (project / name).parent.mkdir(parents=True, exist_ok=True)
    (project / name).write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Three models whose mutants were all tried at the first commit; there is a second one."""
    need(shutil.which("git"), "git is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)  # of a hook that runs the tests
    folder = tmp_path / "project"
    for name, text in FILES.items():
        write(folder, name, text)
    git(folder, "init", "-q")
    commit_all(folder)
    write(folder, ".ci/mutation-base", git(folder, "rev-parse", "HEAD") + "\n")
    commit_all(folder)
    return folder


def tried(project):
    changed = changed_files(project)
    return [
        name
        for name in ("frog", "toad", "newt")
        if has_changed(
            project / "pond" / f"{name}.py", project / "tests" / f"test_{name}.py", project, changed
        )
    ]


def test_nothing_is_tried_again_where_nothing_differs(project):
    assert changed_files(project) == {".ci/mutation-base"} and tried(project) == []
    (project / "pond" / "frog.py").touch()
    assert tried(project) == []


@pytest.mark.parametrize("committed", [True, False], ids=["committed", "uncommitted"])
@pytest.mark.parametrize(
    "name, expected",
    [
        ("pond/frog.py", ["frog"]),
        ("tests/test_toad.py", ["toad"]),
        ("pond/inner/leg.py", ["frog", "toad"]),  # both import it, in two ways
        ("pond/inner/bone.py", ["frog", "toad"]),  # what they import imports it
        ("pond/reed.py", ["newt"]),
        ("tests/mutation/trial.py", ["frog", "toad", "newt"]),
        ("tests/mutation/test_changed.py", []),
        ("README.md", []),
    ],
)
def test_who_is_tried_depends_on_the_file_that_differs(project, name, expected, committed):
    write(project, name, FILES[name] + "# a comment\n")
    if committed:
        commit_all(project)
    assert tried(project) == expected


def test_renamed_deleted_and_new_files_differ(project):
    git(project, "mv", "pond/inner/leg.py", "pond/inner/limb.py")
    write(project, "pond/frog.py", FILES["pond/frog.py"].replace("inner.leg", "inner.limb"))
    assert {"pond/inner/leg.py", "pond/inner/limb.py"} <= changed_files(project) and "frog" in tried(project)
    commit_all(project)
    assert {"pond/inner/leg.py", "pond/inner/limb.py"} <= changed_files(project)
    (project / "tests" / "test_newt.py").unlink()
    assert "newt" in tried(project)
    write(project, "pond/olm.py", "def _step(v):\n    return v\n")  # git has not been told of it
    olm = project / "pond" / "olm.py"
    assert has_changed(olm, project / "tests" / "test_olm.py", project, changed_files(project))


def test_what_is_imported_is_found_through_all_files(project):
    leg = {"pond/inner/leg.py", "pond/inner/bone.py"}
    assert depends_on(project / "pond" / "frog.py", project) == {"pond/frog.py", *leg}
    assert depends_on(project / "pond" / "toad.py", project) == {
        "pond/toad.py",
        "pond/inner/__init__.py",
        *leg,
    }
    assert depends_on(project / "pond" / "newt.py", project) == {"pond/newt.py", "pond/reed.py"}


def test_what_only_the_type_checker_imports_is_not_run(project):
    text = "if TYPE_CHECKING:\n    import pond.reed\nelse:\n    import pond.frog\n"
    write(project, "pond/olm.py", text)
    assert depends_on(project / "pond" / "olm.py", project) == {
        "pond/olm.py", "pond/frog.py", "pond/inner/leg.py", "pond/inner/bone.py",
    }  # fmt: skip


@pytest.mark.parametrize("floor", ["neurons", "coding", "networks", "learning", "probability", "loihi"])
def test_an_edit_above_a_model_does_not_try_the_model_again(floor):
    """Else each edit would try all of them, as one did for weeks: ten minutes of every run."""
    above = FLOORS[FLOORS.index(floor) + 1 :]
    for module in (ROOT / "snnlab" / floor).rglob("*.py"):
        needed = depends_on(module, ROOT)
        assert not [name for name in needed if name.split("/")[1] in above], module


@pytest.mark.parametrize("text", ["", "main\n", "0" * 40 + "\n", "--output=x\n"])
def test_all_are_tried_where_the_file_names_no_commit(project, text):
    write(project, ".ci/mutation-base", text)
    assert changed_files(project) is None and tried(project) == ["frog", "toad", "newt"]


def test_all_are_tried_without_the_file_the_repository_or_git(project, tmp_path, monkeypatch):
    shallow = tmp_path / "shallow"
    git(project, "clone", "-q", "--depth", "1", project.as_uri(), str(shallow))
    assert changed_files(shallow) is None and tried(shallow) == ["frog", "toad", "newt"]
    shutil.copytree(project, tmp_path / "sdist", ignore=shutil.ignore_patterns(".git"))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert changed_files(tmp_path / "sdist") is None
    with monkeypatch.context() as without:
        without.setenv("PATH", str(tmp_path))
        assert changed_files(project) is None
    assert changed_files(project) is not None
    (project / ".ci" / "mutation-base").unlink()
    assert changed_files(project) is None
