"""The one decorator: its cache sees every source, and a folder that cannot be used does no harm."""

import os
import subprocess
import sys
import textwrap

import pytest

from snnlab.compiling import sources_hash

HELPER = "from snnlab.compiling import kernel\n\n@kernel\ndef helper(x):\n    return x + {}\n"
CALLER = """
from other import helper
from snnlab.compiling import kernel

@kernel
def caller(x):
    return helper(x)
"""


def run(code, folder, **environment):
    paths = os.pathsep.join([str(folder), *(p for p in sys.path if p)])
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )
    assert result.returncode == 0, result.stderr
    return result


@pytest.fixture
def two_files(tmp_path):
    (tmp_path / "other.py").write_text(HELPER.format("1.0"))
    (tmp_path / "mine.py").write_text(CALLER)
    return tmp_path


@pytest.mark.slow
def test_an_edited_helper_in_another_file_is_seen(two_files):
    """Numba alone would return the old result here."""
    code = "from mine import caller; print(caller(1.0), caller.stats.cache_hits)"
    cache = {"NUMBA_CACHE_DIR": str(two_files / "cache")}
    assert run(code, two_files, **cache).stdout.split()[0] == "2.0"
    assert "float64" in run(code, two_files, **cache).stdout  # the signature that was found in the cache
    (two_files / "other.py").write_text(HELPER.format("10.0"))
    assert run(code, two_files, **cache).stdout.split()[0] == "11.0"


def test_what_is_hashed_is_the_folder_and_the_packages_in_it(tmp_path):
    """A script in a home folder must not read every environment that is there."""
    for name in (
        "mine.py",
        "package/__init__.py",
        "package/inner/__init__.py",
        "package/inner/a.py",
        "venv/b.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")

    def changes(name):
        before = sources_hash.__wrapped__(tmp_path)
        (tmp_path / name).write_text("changed")
        return sources_hash.__wrapped__(tmp_path) != before

    assert changes("mine.py") and changes("package/inner/a.py")
    assert not changes("venv/b.py")


def test_without_any_folder_to_write_there_is_one_warning(two_files):
    """Neither beside the source, nor in the user's home, nor where the environment says."""
    (two_files / "__pycache__").write_text("in the way")
    in_the_way = str(two_files / "__pycache__" / "cache")
    home = {"HOME": in_the_way, "XDG_CACHE_HOME": in_the_way, "LOCALAPPDATA": in_the_way}
    code = "from mine import caller; print(caller(1.0)); print(caller(2))"
    result = run(code, two_files, NUMBA_CACHE_DIR=in_the_way, **home)
    assert result.stdout.split() == ["2.0", "3.0"]
    assert result.stderr.count("kernels are compiled anew in every process") == 1


def test_a_cache_folder_that_fails_later_gives_one_warning(two_files):
    code = """
        import shutil, pathlib
        from mine import caller
        folder = pathlib.Path("cache")
        shutil.rmtree(folder, ignore_errors=True)
        folder.write_text("now a file")
        print(caller(1.0))
        """
    result = run(code, two_files, NUMBA_CACHE_DIR=str(two_files / "cache"))
    assert result.stdout.split() == ["2.0"]
    assert result.stderr.count("kernels are compiled anew in every process") == 1


@pytest.mark.slow
def test_a_damaged_cache_entry_is_compiled_again(two_files):
    cache = two_files / "cache"
    code = "from mine import caller; print(caller(1.0))"
    run(code, two_files, NUMBA_CACHE_DIR=str(cache))
    entries = [*cache.rglob("*.nbi"), *cache.rglob("*.nbc")]
    assert entries
    for entry in entries:
        entry.write_bytes(b"nonsense")
    for _ in range(2):
        again = run(code, two_files, NUMBA_CACHE_DIR=str(cache))
        assert again.stdout.split() == ["2.0"]
        assert not again.stderr
    assert all(entry.read_bytes() != b"nonsense" for entry in entries)


@pytest.mark.parametrize("environment", [{"SNNLAB_JIT_CACHE": "0"}, {"NUMBA_DISABLE_JIT": "1"}])
def test_the_cache_or_the_compiler_can_be_switched_off(two_files, environment):
    cache = two_files / "cache"
    code = "from mine import caller; print(caller(1.0))"
    result = run(code, two_files, NUMBA_CACHE_DIR=str(cache), **environment)
    assert result.stdout.split() == ["2.0"] and not result.stderr
    assert not list(two_files.rglob("*.nbi"))


def test_division_follows_numpy(two_files):
    code = "from snnlab.compiling import kernel\n@kernel\ndef f(x):\n    return 1.0 / x\nprint(f(0.0))"
    assert run(code, two_files).stdout.split() == ["inf"]
