"""`environment.yml` gives conda users what `pip install -e ".[course]"` gives everybody else."""

import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))


def table(texts: list[str]) -> dict[str, str]:
    return {canonicalize_name(r.name): str(r.specifier) for r in map(Requirement, texts)}


def test_names_and_versions_are_those_of_pyproject():
    python, *others = (entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str))
    conda = table(others)
    name, version = python.split("=")  # repo2docker takes its own Python, which is too old, for any other way
    assert name == "python" and version in SpecifierSet(PROJECT["requires-python"])
    assert conda.pop("pip") == ""
    assert conda == table(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["course"])


def test_pip_adds_the_course_itself_and_nothing_else():
    assert [entry for entry in ENVIRONMENT["dependencies"] if not isinstance(entry, str)] == [
        {"pip": ["-e ."]}
    ]
