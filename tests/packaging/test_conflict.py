"""What a reader sees where the unrelated project `snnlab` stands in the same folder as the course.

The other project is played by an `snnlab/__init__.py` of its own and the metadata that pip leaves; our two
packages are copied beside it, as a wheel's would be.
"""

import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import snnlab_widgets

import snnlab

SENTENCE = "the unrelated project snnlab 0.28.2 is installed in the same place as this course"
DAMAGED = "this course was damaged when an unrelated project called snnlab was removed"


@pytest.fixture
def site(tmp_path):
    """A folder of installed packages that holds only the course."""
    for package in (snnlab, snnlab_widgets):
        source = Path(package.__file__).parent
        shutil.copytree(source, tmp_path / source.name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "snnlab_course-0.1.0.dist-info").mkdir()
    return tmp_path


def add_other(site: Path) -> None:
    (site / "snnlab" / "sim").mkdir()
    (site / "snnlab" / "sim" / "__init__.py").write_text("", encoding="utf-8")
    (site / "snnlab-0.28.2.dist-info").mkdir()


def prepare(site: Path) -> str:
    """The first lines of a program that finds the modules of `site`, and then what numpy and the like need.

    It runs without `site-packages` being set up (-S), so that an editable install of the course is not found.
    """
    return f"import sys\nsys.path[:0] = [{str(site)!r}]\nsys.path.append({sysconfig.get_path('purelib')!r})\n"


def last_line(site: Path, code: str) -> str:
    """The end of what Python says to `code`."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", prepare(site) + code],
        capture_output=True,
        encoding="utf-8",
        cwd=site,
    )
    return (done.stdout + done.stderr).strip().splitlines()[-1]


IMPORTS = [
    "import snnlab",
    "from snnlab import Spikes",
    "from snnlab.course import check",
    "import snnlab_widgets",
]


@pytest.mark.parametrize("code", IMPORTS)
def test_alone_it_is_imported_from_there(site, code):
    assert last_line(site, f"{code}\nprint(sys.modules['snnlab'].__file__)") == str(
        site / "snnlab" / "__init__.py"
    )


@pytest.mark.parametrize("code", IMPORTS)
def test_installed_after_the_other(site, code):
    add_other(site)
    assert SENTENCE in last_line(site, code)


@pytest.mark.parametrize("code", ["from snnlab.course import check", "import snnlab_widgets"])
def test_installed_before_the_other(site, code):
    """The other's `__init__.py` is in force, so that only our sub-packages can speak."""
    add_other(site)
    (site / "snnlab" / "__init__.py").write_text('__version__ = "0.28.2"\n', encoding="utf-8")
    assert SENTENCE in last_line(site, code)


@pytest.mark.parametrize("code", ["from snnlab.course import check", "import snnlab_widgets"])
def test_the_other_was_removed_and_took_our_init_with_it(site, code):
    (site / "snnlab" / "__init__.py").unlink()
    assert DAMAGED in last_line(site, code)


@pytest.mark.parametrize("order", ["after", "before", "removed"])
def test_the_command_says_it_without_a_traceback(site, order):
    if order != "removed":
        add_other(site)
    if order == "before":
        (site / "snnlab" / "__init__.py").write_text('__version__ = "0.28.2"\n', encoding="utf-8")
    if order == "removed":
        (site / "snnlab" / "__init__.py").unlink()
    script = site / "snnlab-script" / "snnlab"  # as pip writes it
    script.parent.mkdir()
    script.write_text(
        f"{prepare(site)}from snnlab.course.cli import main\nsys.exit(main(['open', '--check']))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(script)], capture_output=True, encoding="utf-8", cwd=site
    )
    assert done.returncode == 2
    assert (DAMAGED if order == "removed" else SENTENCE) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
