"""The one decorator: a kernel is kept under what it depends on; a folder that cannot be used does no harm."""

import importlib
import os
import shutil
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from numba.core import config

import snnlab

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


FAR = """
from snnlab.compiling import inlined_kernel, kernel
FACTOR = 2.0

@kernel
def far(x):
    return FACTOR * x

@inlined_kernel
def inlined(x):
    return x + 1.0

@kernel
def apart(x):
    return x
"""
NEAR = """
from typing import NamedTuple
import far as module
from far import apart, far as alias, inlined
from snnlab.compiling import kernel

class Cell(NamedTuple):
    tau: float = 10.0

CELL = Cell()

@kernel
def near(x):
    "What it does."
    return alias(x)

@kernel
def by_module(x):
    return module.far(x)

@kernel
def with_inlined(x):
    return inlined(x)

@kernel
def with_default(x):
    return CELL.tau * x

@kernel
def alone(x):
    return apart(x)

@kernel
def late(x):
    return below(x)

@kernel
def below(x):
    return -x
"""
MAIN = """
from near import near
from snnlab.compiling import kernel

@kernel
def two_files_away(x):
    return near(x)
"""
ALL = {"far", "apart", "near", "by_module", "with_inlined", "with_default", "alone", "late", "below"}
ALL |= {"two_files_away"}
OF_FAR = {"far", "near", "by_module", "two_files_away"}


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    """Replace a text in one of three files, import them; tell what is compiled and what each kernel gives."""
    texts = {"far": FAR, "near": NEAR, "main": MAIN}
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(name="far", old="", new=""):
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new) if old else texts[name]
        for module, text in texts.items():
            (tmp_path / f"{module}.py").write_text(text, encoding="utf-8")
            sys.modules.pop(module, None)
        importlib.invalidate_caches()
        modules = [importlib.import_module(module) for module in texts]
        found = {name: there for module in modules for name, there in vars(module).items() if name in ALL}
        values = {name: found[name](3.0) for name in sorted(ALL)}
        return {name for name in ALL if found[name].stats.cache_misses}, values

    yield run
    for module in texts:
        sys.modules.pop(module, None)


needs_compiler = pytest.mark.skipif(bool(config.DISABLE_JIT), reason="needs the compiler")


@needs_compiler
def test_an_edit_compiles_its_dependents_again_and_nothing_else(compiled):
    everything, values = compiled()
    assert everything == ALL and values["two_files_away"] == 6.0
    assert compiled() == (set(), values)

    again, values = compiled("far", "FACTOR = 2.0", "FACTOR = 4.0")
    assert again == OF_FAR and {values[name] for name in OF_FAR} == {12.0}
    again, values = compiled("far", "return FACTOR * x", "return FACTOR * x + 1.0")
    assert again == OF_FAR and {values[name] for name in OF_FAR} == {13.0}
    again, values = compiled("far", "return x + 1.0", "return x + 2.0")
    assert again == {"with_inlined"} and values["with_inlined"] == 5.0
    again, values = compiled("near", "tau: float = 10.0", "tau: float = 20.0")
    assert again == {"with_default"} and values["with_default"] == 60.0
    again, values = compiled("near", "return -x", "return -2.0 * x")
    assert again == {"late", "below"} and values["late"] == -6.0
    assert compiled("far", "@inlined_kernel", "@kernel") == ({"with_inlined"}, values)


@needs_compiler
def test_what_is_no_code_compiles_nothing(compiled):
    _, values = compiled()
    comment = "# a comment\n\n"
    assert compiled("far", "FACTOR = 2.0", f"{comment}FACTOR = 2.0\nNOT_READ = 1.0") == (set(), values)
    assert compiled("near", "class Cell", f"{comment}class Cell") == (set(), values)
    assert compiled("near", "What it does.", "What else it does.") == (set(), values)
    assert compiled("far", "FACTOR = 2.0", "FACTOR = 3.0")[0] == OF_FAR
    assert compiled("far", "FACTOR = 3.0", "FACTOR = 2.0") == (set(), values)  # as on another branch


@needs_compiler
def test_what_an_edit_leaves_behind_goes_a_week_later(compiled, tmp_path):
    def files(name):
        return {file for file in tmp_path.rglob("*.nbc") if file.name.startswith(f"far.{name}-")}

    compiled()
    (first,) = files("far")
    compiled("far", "FACTOR = 2.0", "FACTOR = 3.0")
    assert len(files("far")) == 2
    long_ago = time.time() - 8 * 24 * 3600
    for file in tmp_path.rglob("*.nbc"):
        os.utime(file, (long_ago, long_ago))
    compiled("far", "FACTOR = 3.0", "FACTOR = 4.0")
    assert len(files("far")) == 1 and first not in files("far")
    assert len(files("apart")) == 1  # it was not edited, and is kept


@pytest.mark.slow
def test_an_edit_elsewhere_in_the_package_compiles_nothing(tmp_path):
    """A comment in the command line, and one above the kernels themselves."""
    unwanted = shutil.ignore_patterns("__pycache__", "chapters", "exercises", "*.npz")
    shutil.copytree(Path(snnlab.__file__).parent, tmp_path / "snnlab", ignore=unwanted)
    code = """
        import snnlab.random as r
        r.uniform(1, 2, 3)
        print(r.__file__, len(r.uniform.stats.cache_hits), len(r.uniform.stats.cache_misses))
        """
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    file = str(tmp_path / "snnlab" / "random.py")
    assert run(code, tmp_path, **cache).stdout.split() == [file, "0", "1"]
    for edited in "course/doctor.py", "random.py":
        path = tmp_path / "snnlab" / edited
        lines = path.read_text(encoding="utf-8").split("\n__all__", 1)
        path.write_text("\n\n# a comment\n__all__".join(lines), encoding="utf-8")
        assert "# a comment" in path.read_text(encoding="utf-8")
    assert run(code, tmp_path, **cache).stdout.split() == [file, "1", "0"]


@pytest.mark.slow
def test_processes_that_compile_at_the_same_time_lose_nothing(two_files):
    """Two of them, with the same signatures in another order."""
    code = "from mine import caller\nfor x in ({}): caller(x)\nprint(dict(caller.stats.cache_misses))"
    paths = os.pathsep.join([str(two_files), *(p for p in sys.path if p)])
    cache = {"NUMBA_CACHE_DIR": str(two_files / "cache")}
    values = ["1", "1.0", "1j", "True"]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code.format(", ".join(order))],
            env={**os.environ, "PYTHONPATH": paths, **cache},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for order in (values, values[::-1])
    ]
    assert [process.communicate(timeout=120)[1] for process in running] == ["", ""]
    assert [process.returncode for process in running] == [0, 0]
    assert run(code.format(", ".join(values)), two_files, **cache).stdout.strip() == "{}"
    assert not list(two_files.rglob("*.tmp"))


FACTORY = """
from snnlab.compiling import kernel

def make(k):
    @kernel
    def times(x):
        return k * x
    return times
"""


@pytest.mark.slow
def test_functions_of_one_name_do_not_meet(two_files):
    """If both were kept by two processes, a kernel that calls both would get one of them twice."""
    (two_files / "factory.py").write_text(FACTORY, encoding="utf-8")
    cache = {"NUMBA_CACHE_DIR": str(two_files / "cache")}
    for k in "2.0", "3.0":
        assert run(f"from factory import make; print(make({k})(1.0))", two_files, **cache).stdout.split() == [
            k
        ]
    code = """
        from factory import make
        from numba import njit
        two, three = make(2.0), make(3.0)
        two(1.0), three(1.0)
        print(njit(lambda x: 10.0 * two(x) + three(x))(1.0))
        """
    assert run(code, two_files, **cache).stdout.split() == ["23.0"]


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
    entries = list(cache.rglob("*.nbc"))
    assert len(entries) == 2
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
    assert not list(two_files.rglob("*.nbc"))


def test_division_follows_numpy(two_files):
    code = "from snnlab.compiling import kernel\n@kernel\ndef f(x):\n    return 1.0 / x\nprint(f(0.0))"
    assert run(code, two_files).stdout.split() == ["inf"]


@pytest.mark.slow
def test_who_may_not_write_beside_the_module_reads_what_lies_there(two_files):
    """As a student does on a hub; Numba is told to look for no folder beside, for root may write anywhere."""
    if os.name == "nt" or not hasattr(config, "CACHE_LOCATOR_CLASSES"):
        pytest.skip("this Numba, or Windows, lets nobody say where it looks")
    code = """
        from mine import caller
        print(caller(1.0), len(caller.stats.cache_hits), len(caller.stats.cache_misses))
        """
    home = {"HOME": str(two_files / "home"), "XDG_CACHE_HOME": str(two_files / "home"), "NUMBA_CACHE_DIR": ""}
    student = {**home, "NUMBA_CACHE_LOCATOR_CLASSES": "UserWideCacheLocator"}
    assert run(code, two_files, **student).stdout.split() == ["2.0", "0", "1"]
    kept = set(two_files.rglob("*.nbc"))
    assert kept and all(file.is_relative_to(two_files / "home") for file in kept)
    for file in kept:
        file.unlink()
    assert run(code, two_files, **home).stdout.split() == ["2.0", "0", "1"]  # who installs it
    beside = {file: file.stat().st_mtime_ns for file in (two_files / "__pycache__").glob("*.nbc")}
    assert run(code, two_files, **student).stdout.split() == ["2.0", "1", "0"]
    (two_files / "other.py").write_text(HELPER.format("10.0"))
    assert run(code, two_files, **student).stdout.split() == ["11.0", "0", "1"]
    assert {file: file.stat().st_mtime_ns for file in (two_files / "__pycache__").glob("*.nbc")} == beside
