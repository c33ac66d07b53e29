"""`start.py` says in one sentence what is missing, and never leaves half an environment in use."""

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "start.py").read_text(encoding="utf-8")


@pytest.fixture
def start(tmp_path):
    """The module `start`, in a folder of its own that holds what decides the environment."""
    folder = tmp_path / "folder with spaces"
    folder.mkdir()
    for name in ("start.py", "pyproject.toml", "constraints.txt", "snnlab_build.py"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    spec = importlib.util.spec_from_file_location("start_of_the_course", folder / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def commands(start, monkeypatch):
    """Record what `start` would run instead of running it; `venv` leaves what a real one does."""
    seen = []

    def quietly(command):
        seen.append(command)
        if "venv" in command:
            Path(start.VENV, "pyvenv.cfg").write_text("", encoding="utf-8")

    monkeypatch.setattr(start, "run_quietly", quietly)
    monkeypatch.setattr(start, "python_works", lambda: True)
    monkeypatch.setattr(start, "run", lambda command, folder=None: seen.append(command) or 0)
    return seen


def names(commands):
    """What the commands do, in short."""
    words = {"venv": "make", "pip": "install", "pytest": "test", "snnlab": "open"}
    return [words[command[command.index("-m") + 1]] for command in commands]


def test_an_old_python_can_read_it():
    """It has to parse under Python 2.7 to be able to say that 2.7 is too old."""
    SOURCE.encode("ascii")
    tree = ast.parse(SOURCE, feature_version=(3, 4))
    for node in ast.walk(tree):
        assert not isinstance(
            node, ast.JoinedStr | ast.NamedExpr | ast.AnnAssign | ast.Nonlocal | ast.AsyncFunctionDef
        )
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None and not node.args.kwonlyargs
            assert all(argument.annotation is None for argument in node.args.args)
        if isinstance(node, ast.Raise):
            assert node.cause is None
        if isinstance(node, ast.Call):  # f(*a, b) and f(**a, b=1) are newer
            starred = [isinstance(argument, ast.Starred) for argument in node.args]
            assert starred == sorted(starred)


def test_it_uses_the_standard_library_alone():
    imported = {
        name
        for node in ast.walk(ast.parse(SOURCE))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - {"__future__"} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 9, 6), (3, 10, 14)])
def test_an_old_python_is_told_so_in_one_sentence(version):
    code = (
        "import runpy, sys\n"
        f"sys.version_info = {version!r}\n"
        "sys.argv = ['start.py']\n"
        f"runpy.run_path({str(ROOT / 'start.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr.startswith(
        f"The course needs Python 3.11 or newer and this is Python {version[0]}.{version[1]}:"
    )
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_new_python_on_an_intel_mac_is_told_so(start, monkeypatch, capsys):
    monkeypatch.setattr(start.sys, "platform", "darwin")
    monkeypatch.setattr(start.platform, "machine", lambda: "x86_64")
    monkeypatch.setattr(start.sys, "version_info", (3, 14, 0))
    assert start.main([]) == 2
    assert "3.11, 3.12 or 3.13 and this is Python 3.14" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["ensurepip", "venv"])
def test_a_missing_venv_is_named(start, monkeypatch, capsys, module):
    monkeypatch.setitem(sys.modules, module, None)  # `import` raises ImportError
    assert start.main([]) == 2
    error = capsys.readouterr().err
    assert f"python3.{sys.version_info[1]}-venv" in error and len(error.strip().splitlines()) == 1
    assert not os.path.exists(start.VENV)


def test_start_py_alone_in_a_folder_asks_for_the_rest(start, capsys):
    os.remove(os.path.join(start.HERE, "pyproject.toml"))
    assert start.main([]) == 2
    assert "unpack the whole folder" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_to(start, monkeypatch, capsys):
    def refuse(path, *rest):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(start.os, "mkdir", refuse)
    assert start.main([]) == 2
    error = capsys.readouterr().err
    assert (
        "copy the folder of the course to a place of your own" in error
        and len(error.strip().splitlines()) == 1
    )


def test_a_full_disk_is_seen_before_anything_is_done(start, monkeypatch, capsys, commands):
    monkeypatch.setattr(start.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 10**8}))
    assert start.main([]) == 2
    assert "The disk is too full: free 1 GB" in capsys.readouterr().err
    assert commands == []


def test_the_second_run_installs_nothing(start, commands):
    assert start.main([]) == 0
    assert names(commands) == ["make", "install", "open"]
    assert start.main([]) == 0
    assert names(commands[3:]) == ["open"]


def test_other_words_go_to_the_command_and_the_rest_to_pytest(start, commands):
    start.main(["open", "--check"])
    assert commands[-1][1:] == ["-m", "snnlab", "open", "--check"]
    start.main(["test", "-m", "not slow"])
    assert commands[-1][1:3] == ["-m", "pytest"] and commands[-1][-2:] == ["-m", "not slow"]


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_javascript_that_nothing_can_look_through_is_said(start, commands, monkeypatch, capsys, ci, code):
    """It lacks tools that no student needs; CI has to have them."""
    monkeypatch.setenv("CI", ci)
    assert start.main(["check"]) == code
    assert [command[2] for command in commands[-3:]] == ["ruff", "ruff", "mypy"]
    assert "run `npm ci` in tests/javascript" in capsys.readouterr().out


def test_javascript_is_looked_through_beside_python(start, commands, monkeypatch):
    os.makedirs(os.path.join(start.HERE, start.JAVASCRIPT, "node_modules"))
    monkeypatch.setattr(start.shutil, "which", lambda name: f"found/{name}")
    monkeypatch.setattr(
        start, "run", lambda command, folder=None: commands.append(command) or "lint" in command
    )
    assert start.main(["check"]) == 1
    assert [command[2] for command in commands[-5:-2]] == ["ruff", "ruff", "mypy"]
    assert [(command[0], command[-1]) for command in commands[-2:]] == [
        ("found/npm", "types"),
        ("found/npm", "lint"),
    ]


def test_tests_and_book_install_more_and_the_course_never_takes_it_away(start, commands):
    def installed():
        return [command[-1] for command in commands if "pip" in command]

    start.main([])
    start.main(["site"])
    start.main(["test"])
    start.main(["book"])
    start.main([])
    assert installed() == [".[course]", ".[book]", ".[test]"]
    with open(os.path.join(start.HERE, "pyproject.toml"), "a", encoding="utf-8") as file:
        file.write("\n")
    start.main([])
    assert installed()[3:] == [".[test]"]
    assert names(commands).count("make") == 1


def test_pip_does_not_translate_modules_that_nobody_may_import(start, commands):
    start.main(["site"])
    (install,) = (command for command in commands if "pip" in command)
    assert "--no-compile" in install


def test_an_environment_left_half_way_is_made_anew(start, monkeypatch, commands):
    quietly = start.run_quietly

    def interrupted(command):
        quietly(command)
        if "pip" in command:
            raise KeyboardInterrupt

    monkeypatch.setattr(start, "run_quietly", interrupted)
    assert start.main([]) == 130
    left = Path(start.VENV, "left over")
    left.touch()
    monkeypatch.setattr(start, "run_quietly", quietly)
    assert start.main([]) == 0
    assert names(commands) == ["make", "install", "make", "install", "open"]
    assert not left.exists()


def test_an_environment_whose_folder_was_moved_is_made_anew(start, commands):
    start.main([])
    stamp = json.loads(Path(start.STAMP).read_text(encoding="utf-8"))
    Path(start.STAMP).write_text(
        json.dumps({**stamp, "folder": "elsewhere", "fingerprint": ""}), encoding="utf-8"
    )
    start.main([])
    assert names(commands) == ["make", "install", "open", "make", "install", "open"]


def test_an_environment_of_the_readers_own_is_added_to_and_never_removed(start, monkeypatch, commands):
    os.mkdir(start.VENV)
    Path(start.VENV, "pyvenv.cfg").touch()
    Path(start.VENV, "mine").touch()
    start.main([])
    with open(os.path.join(start.HERE, "pyproject.toml"), "a", encoding="utf-8") as file:
        file.write("\n")
    start.main([])
    assert names(commands) == ["install", "open", "install", "open"]
    assert Path(start.VENV, "mine").exists()


def test_a_broken_environment_of_the_readers_own_is_named(start, monkeypatch, capsys, commands):
    os.mkdir(start.VENV)
    Path(start.VENV, "pyvenv.cfg").touch()
    monkeypatch.setattr(start, "python_works", lambda: False)
    assert start.main([]) == 2
    assert "rename it" in capsys.readouterr().err
    assert Path(start.VENV, "pyvenv.cfg").exists()


@pytest.mark.parametrize(
    "line, sentence",
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError'",
            "The package index cannot be reached",
        ),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "The disk is full"),
        ("HINT: no Windows Long Path support enabled", "move it nearer to the root"),
        ("ERROR: No matching distribution found for numba==0.68.1", "is not made for this Python"),
        ("ERROR: [Errno 13] Permission denied: 'x'", "cannot be written to"),
        ("ERROR: something else", "Installing failed (ERROR: something else)"),
    ],
)
def test_pip_s_failures_become_one_sentence(start, line, sentence):
    with pytest.raises(start.Stop) as caught:
        start.run_quietly([sys.executable, "-c", f"print({line!r}); raise SystemExit(1)"])
    assert sentence in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.slow
def test_without_a_network_one_sentence_says_so(start, monkeypatch, capsys):
    """With pip itself, in a new environment, behind a proxy at which nobody answers."""
    for name in ("https_proxy", "http_proxy", "HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_RETRIES", "1")
    assert start.main([]) == 2
    error = capsys.readouterr().err
    assert error.startswith("The package index cannot be reached") and len(error.strip().splitlines()) == 1
    assert json.loads(Path(start.STAMP).read_text(encoding="utf-8"))["state"] == "installing"


@pytest.mark.parametrize(
    "line, shown",
    [
        ("Collecting numpy>=1.26 (from snnlab-course)", "1 packages found, 0 MB fetched"),
        ("  Downloading llvmlite-0.50.0-cp311.whl (59.7 MB)", "0 packages found, 60 MB fetched"),
        ("  Downloading six-1.17.0.whl (900 kB)", "0 packages found, 1 MB fetched"),
        ("Installing collected packages: a, b", "putting 0 packages in place"),
        ("Requirement already satisfied: pip", ""),
    ],
)
def test_progress(start, line, shown):
    progress = start.Progress()
    progress.screen = True
    progress.see(line)
    assert progress.shown == shown


def test_paths_that_are_not_ascii_are_written_as_relative_ones(start, monkeypatch, tmp_path):
    root = tmp_path / "Übung"
    packages = root / ".venv" / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (root / "widgets").mkdir()
    file = packages / "_snnlab_course.pth"
    file.write_text(f"{root}\n{root / 'widgets'}", encoding="utf-8")
    monkeypatch.setattr(start, "HERE", str(root))
    monkeypatch.setattr(start, "VENV", str(root / ".venv"))
    start.make_paths_readable()
    lines = file.read_bytes().decode("ascii").splitlines()
    assert [(packages / line).resolve() for line in lines] == [root.resolve(), (root / "widgets").resolve()]


def test_plain_paths_are_left_as_they_are(start, monkeypatch, tmp_path):
    monkeypatch.setattr(start, "HERE", "plain")
    monkeypatch.setattr(start.glob, "glob", lambda *a, **k: pytest.fail("nothing has to be looked for"))
    start.make_paths_readable()


def test_another_snnlab_in_the_environment_is_named(start, capsys, commands):
    start.main([])
    library = "Lib/site-packages" if os.name == "nt" else "lib/python3.11/site-packages"
    Path(start.VENV, library, "snnlab-0.28.2.dist-info").mkdir(parents=True)
    assert start.main([]) == 2
    error = capsys.readouterr().err
    assert "unrelated project called snnlab" in error and ".venv" in error
