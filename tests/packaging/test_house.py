"""Rules that every file follows."""

import ast
import functools
import re
import subprocess
import sys
import tomllib
from itertools import groupby
from pathlib import Path

import pytest
from tree import ROOT, files

import snnlab

PACKAGES = {"snnlab": ROOT / "snnlab", "snnlab_widgets": ROOT / "widgets" / "snnlab_widgets"}
MODULES = [file for folder in PACKAGES.values() for file in sorted(folder.rglob("*.py"))]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def tree():
    return [file.as_posix() for file in files()]


def test_no_file_is_large(tree):
    assert [name for name in tree if (ROOT / name).stat().st_size > 1_500_000] == []


def test_nothing_compiled_is_committed(tree):
    assert [name for name in tree if name.endswith((".pyc", ".nbi", ".nbc", ".wasm", ".so", ".pyd"))] == []


# Put together here, or this file would be the one that is found.
FORBIDDEN = re.compile(
    "|".join(
        re.escape("".join(parts))
        for parts in (
            ("pypi", ".org/simple"),
            ("pypi", ".python.org"),
            ("files.python", "hosted.org"),
            ("registry.npm", "js.org"),
            ("registry.yarn", "pkg.com"),
            ("deb.deb", "ian.org"),
            ("/ro", "ot/"),
            ("/wo", "rk/"),
            ("/ho", "me/"),
            ("/Us", "ers/"),
            ("C:\\", "Users"),
        )
    )
)


def test_no_file_names_a_registry_or_somebody_s_folder(tree):
    found = []
    for name in tree:
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        lines = enumerate(text.splitlines(), 1)
        found += [f"{name}:{number}: {line.strip()[:80]}" for number, line in lines if FORBIDDEN.search(line)]
    assert found == []


def test_names_differ_in_more_than_case_and_suit_every_system(tree):
    assert len({name.casefold() for name in tree}) == len(tree)
    assert [name for name in tree if re.search(r'[<>:"\\|?*\x00-\x1f]', name) or not name.isascii()] == []


@pytest.mark.parametrize("folder", ["book", "tests", "widgets"])
def test_folders_that_are_no_packages_have_no_init(folder):
    inside = [file for file in (ROOT / folder).rglob("__init__.py") if "snnlab_widgets" not in file.parts]
    assert inside == []


@pytest.mark.parametrize("package", PACKAGES)
def test_packages_are_typed(package):
    assert (PACKAGES[package] / "py.typed").is_file()


# A folder of modules is one test, which names the modules: a test of each takes longer to report than to run.
FOLDERS = [
    list(inside)
    for _, inside in groupby(sorted(MODULES, key=lambda file: file.parent), key=lambda file: file.parent)
]


def each_folder(folders: list[list[Path]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("inside", folders, ids=[name_of(inside[0].parent) for inside in folders])


@functools.cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@each_folder(FOLDERS)
def test_a_module_is_short_and_lists_its_public_names(inside):
    assert [found for file in inside for found in wrong_with(file)] == []


def wrong_with(file: Path) -> list[str]:
    """What a module should have otherwise: its length, and what it says is public."""
    text, name = file.read_text(encoding="utf-8"), name_of(file)
    found = [f"{name}: one idea a file, and at most 400 lines"] if text.count("\n") > 400 else []
    if file.name == "__main__.py" or (file.name.startswith("_") and file.name != "__init__.py") or not text:
        return found
    lists = [  # `+=` adds what is found by walking
        ast.literal_eval(node.value)
        for node in parsed(file).body
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]
    ]
    if not lists:
        return [*found, f"{name}: does not say in __all__ what is public"]
    if len(set(lists[0])) < len(lists[0]):
        found.append(f"{name}: says in __all__ something twice")
    return found + [f"{name}: {x} in __all__ is no public name" for x in lists[0] if x.startswith("_")]


@functools.cache
def imported_by(file: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(parsed(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


SCIENCE = [inside for inside in FOLDERS if name_of(inside[0]).startswith("snnlab/")]


@each_folder(SCIENCE)
def test_the_science_knows_no_widget(inside):
    assert [name_of(file) for file in inside if "snnlab_widgets" in imported_by(file)] == []


COMPARED = {"sklearn", "threadpoolctl"}  # what networks are compared with; the latter comes with the former
ON_DEMAND = {
    "snnlab/data/event_files.py": {"aedat"},
    "snnlab/data/neo_files.py": {"neo", "quantities"},  # the latter comes with the former
    "snnlab/data/nwb_files.py": {"pynwb"},
    "snnlab/data/spike_files.py": {"h5py"},
    "snnlab/learning/competition/baselines.py": COMPARED,
    "snnlab/learning/deep_network.py": COMPARED,
    "snnlab/loihi/plasticity/grammar.py": {"lark"},
    "snnlab/learning/conversion/onnx_layers.py": {"onnx"},
    "snnlab/loihi/applications/lasso.py": COMPARED,
    "snnlab/loihi/networks/nir_graph.py": {"nir"},
    "snnlab/sweeps/cluster.py": {"distributed"},
    "snnlab/sweeps/running.py": {"distributed"},  # to name the type of a client
    "snnlab/sweeps/swept.py": {"xarray"},
}


@each_folder([inside for inside in SCIENCE if not name_of(inside[0]).startswith("snnlab/course/")])
def test_the_science_needs_numpy_and_numba_alone(inside):
    needed = {name_of(file): imported_by(file) - set(sys.stdlib_module_names) for file in inside}
    own = {"snnlab", "numpy", "numba"} | ({"matplotlib"} if "plots" in inside[0].parts else set())
    found = {name: needs - own - ON_DEMAND.get(name, set()) for name, needs in needed.items()}
    assert {name: more for name, more in found.items() if more} == {}


def test_importing_snnlab_draws_in_nothing_heavy():
    code = "import sys, snnlab; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    heavy = {
        "matplotlib",
        "IPython",
        "ipywidgets",
        "anywidget",
        "bokeh",
        "snnlab_widgets",
        "pandas",
        "sklearn",
        "lark",
    }
    assert heavy & set(done.stdout.split()) == set()


@pytest.mark.parametrize(
    "line",
    [
        "import os\nos.fork()",
        "import signal\nsignal.SIGALRM",
        "import resource",
        "import fcntl",
        'open("/tmp/x", encoding="utf-8")',
        'open("x")',
    ],
)
def test_ruff_finds_what_only_posix_has(line, tmp_path):
    """The rule itself is tested: `start.py check` would say nothing about these without it."""
    file = tmp_path / "x.py"
    file.write_text(f'"""A module."""\n\n{line}\n', encoding="utf-8")
    settings = ["--config", str(ROOT / "pyproject.toml"), "--select", "TID251,S108,PLW1514"]
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", *settings, str(file)],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stdout + done.stderr


def test_contributing_lists_the_folders_that_there_are(tree):
    """Each line of its table names something that exists, and no folder of the root is left out."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = text.split("## Where everything lives")[1].split("```")[1]
    listed = [line.split()[0] for line in block.splitlines()[1:] if line and not line.startswith(" ")]
    assert [name for name in listed if not (ROOT / name).exists()] == []
    top = {name.partition("/")[0] for name in tree if "/" in name}
    assert top - {Path(name).parts[0] for name in listed} == set()


def test_the_version_stands_in_one_place_and_the_citation_agrees():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "version" in project["dynamic"]
    assert f"\nversion: {snnlab.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {snnlab.__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
