"""What is shipped: a wheel that works in an empty environment away from the repository, and the sources."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from lab_session import error_outputs, move_first_slider, open_chapter, run_all, snnlab_open
from snnlab_widgets.registry import KERNELS
from tree import ROOT, copy, files

import snnlab

pytestmark = pytest.mark.slow

PYTHON = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")


def call(command: list[str], cwd: Path, **environment: str) -> str:
    """Run `command`, away from the repository and its environment; what it printed."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**kept, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The sources, and the wheel that is built from them and not from the repository."""
    clone = copy(tmp_path_factory.mktemp("clone") / "snnlab")
    out = tmp_path_factory.mktemp("dist")
    call([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(clone)], cwd=out)
    return out


@pytest.fixture(scope="module")
def wheel(dist):
    (file,) = dist.glob("*.whl")
    return file


def test_the_names_tell_the_version_and_that_every_machine_will_do(dist):
    name = f"snnlab_course-{snnlab.__version__}"
    assert {file.name for file in dist.iterdir()} == {f"{name}-py3-none-any.whl", f"{name}.tar.gz"}


def test_the_wheel_holds_packages_chapters_and_panels_and_nothing_else(wheel):
    expected = set()
    for file in files():
        path = file.as_posix()
        if path.startswith("snnlab/"):
            expected.add(path)
        elif path.startswith("widgets/snnlab_widgets/"):
            expected.add(path.removeprefix("widgets/"))
        elif file.parent.as_posix() == "book/chapters" and file.suffix in (".ipynb", ".md"):
            expected.add(f"snnlab/course/chapters/{file.name}")
        elif file.parent.as_posix() == "book/chapters/tables":
            expected.add(f"snnlab/course/chapters/tables/{file.name}")
    shipped = {make(engine="kernel").call.file_name(name) for name, make in KERNELS.items()}
    expected |= {f"snnlab_widgets/static/wasm/{name}" for name in shipped}
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        assert names == expected
        assert all(archive.read(f"snnlab_widgets/static/wasm/{name}")[:4] == b"\0asm" for name in shipped)
        licences = {Path(name).name for name in archive.namelist() if "/licenses/" in name}
    assert licences == {"LICENSE", "LICENSE-prose", "LICENSES.md"}


def test_the_sources_hold_everything_that_is_committed(dist):
    (file,) = dist.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    assert names - {"PKG-INFO"} == {path.as_posix() for path in files()}


def test_an_editable_install_holds_no_copies(tmp_path):
    """Only the way to the sources: a second copy of a chapter or a panel would grow old unseen."""
    clone = copy(tmp_path / "snnlab")
    code = "import sys, snnlab_build; print(snnlab_build.build_editable(sys.argv[1]))"
    call([sys.executable, "-c", code, str(tmp_path)], cwd=clone)
    (file,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(file) as archive:
        (paths,) = [name for name in archive.namelist() if ".dist-info/" not in name]
        assert archive.read(paths).decode("utf-8").splitlines() == [str(clone), str(clone / "widgets")]


@pytest.fixture(scope="module")
def environment(wheel, tmp_path_factory):
    """The Python of a new environment with the wheel in it and nothing of ours but that."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    call([sys.executable, "-m", "venv", str(folder)], cwd=folder.parent)
    python = folder.joinpath(*PYTHON)
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    call([*install, "-c", str(ROOT / "constraints.txt"), f"{wheel}[course]"], cwd=folder.parent)
    return python


def test_the_installed_package_is_imported_from_the_environment(environment, tmp_path):
    code = "import snnlab, snnlab_widgets; print(snnlab.__file__); print(snnlab_widgets.__file__)"
    for line in call([str(environment), "-c", code], cwd=tmp_path).splitlines():
        assert Path(line).is_relative_to(environment.parents[1]) and not Path(line).is_relative_to(ROOT)


def test_the_installed_course_opens(environment, tmp_path):
    command = environment.parent / "snnlab"
    said = call([str(command), "open", "--check"], cwd=tmp_path, SNNLAB_HOME=str(tmp_path / "mine"))
    assert "opens at http://" in said
    chapters = {file.name for file in (ROOT / "book" / "chapters").glob("*.ipynb")}
    assert chapters and chapters <= {file.name for file in (tmp_path / "mine").iterdir()}


def test_the_installed_panel_is_alive_without_a_compiler_of_webassembly(environment, tmp_path):
    """The module comes out of the wheel: with its cache folder empty and unwritable nothing is exported."""
    code = (
        "import snnlab_widgets.wasm as wasm\n"
        "def refuse(*a, **k): raise AssertionError('exported on the reader\\'s machine')\n"
        "wasm.export = refuse\n"
        "from snnlab_widgets import lif_panel\n"
        "panel = lif_panel()\n"
        "print(panel.engine, str(panel))"
    )
    assert call([str(environment), "-c", code], cwd=tmp_path).startswith("browser v_th")


@pytest.mark.browser
def test_the_installed_course_opens_and_its_slider_works(environment, browser, tmp_path):
    with (
        snnlab_open(tmp_path / "mine", python=str(environment)) as address,
        browser.new_context(viewport={"width": 1366, "height": 900}) as context,
    ):
        page = context.new_page()
        open_chapter(page, address)
        run_all(page)
        assert error_outputs(page) == []
        sentence, new_sentence, picture, new_picture = move_first_slider(page)
        assert sentence != new_sentence and picture != new_picture
