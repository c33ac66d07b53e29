"""`constraints.txt` must serve every Python and every kind of computer that the course is for.

Nothing is downloaded: the markers are evaluated for each of them, and what a package asks for is read from
the environment that runs the tests.
"""

import importlib.metadata
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = [Requirement(line) for line in LINES if line.strip() and not line.startswith("#")]

PLATFORMS = {
    "windows": ("win32", "nt", "AMD64", "Windows"),
    "linux": ("linux", "posix", "x86_64", "Linux"),
    "mac": ("darwin", "posix", "arm64", "Darwin"),
    "intel mac": ("darwin", "posix", "x86_64", "Darwin"),
}


def markers_for(python: str, platform: str) -> dict[str, str]:
    sys_platform, os_name, machine, system = PLATFORMS[platform]
    return {
        **default_environment(),
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": sys_platform,
        "os_name": os_name,
        "platform_machine": machine,
        "platform_system": system,
    }


def pins_for(markers: dict[str, str]) -> dict[str, str]:
    """The version of each package in this environment; two lines for one package are a mistake."""
    versions: dict[str, str] = {}
    for pin in PINS:
        if pin.marker is None or pin.marker.evaluate(markers):
            name = canonicalize_name(pin.name)
            assert name not in versions, f"{name} has two pins"
            versions[name] = str(pin.specifier).removeprefix("==")
    return versions


def asked_for(requirement: Requirement, markers: dict[str, str], versions: dict[str, str]):
    """What `requirement` needs in turn, and whether the installed version is the pinned one."""
    name = canonicalize_name(requirement.name)
    if name == PROJECT["name"]:
        extras = [text for extra in requirement.extras for text in PROJECT["optional-dependencies"][extra]]
        return [Requirement(text) for text in PROJECT["dependencies"] + extras], True
    try:
        texts = importlib.metadata.requires(requirement.name) or []
    except importlib.metadata.PackageNotFoundError:  # another platform's package: its needs are unknown here
        return [], False
    wanted = [
        asked
        for asked in map(Requirement, texts)
        if asked.marker is None
        or any(asked.marker.evaluate({**markers, "extra": extra}) for extra in requirement.extras or {""})
    ]
    return wanted, importlib.metadata.version(requirement.name) == versions.get(name)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_every_package_that_is_reached_has_one_fitting_pin(python, platform):
    markers = markers_for(python, platform)
    versions = pins_for(markers)
    wrong, seen, todo = [], set(), [Requirement(f"{PROJECT['name']}[test]")]
    while todo:
        requirement = todo.pop()
        key = (canonicalize_name(requirement.name), frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        wanted, certain = asked_for(requirement, markers, versions)
        for asked in wanted:
            name = canonicalize_name(asked.name)
            if name == PROJECT["name"]:
                pass
            elif name not in versions:
                wrong.append(f"no pin for {name}, which {requirement.name} needs")
            elif certain and not asked.specifier.contains(versions[name], prereleases=True):
                wrong.append(f"{requirement.name} needs {asked}, pinned is {versions[name]}")
        todo += wanted
    assert not wrong
    assert len(seen) > 100  # the walk did reach the packages behind the packages


def test_only_intel_macs_get_the_last_numba_that_is_made_for_them():
    for platform in PLATFORMS:
        versions = pins_for(markers_for("3.12", platform))
        numba = tuple(int(part) for part in versions["numba"].split(".")[:2])
        numpy = tuple(int(part) for part in versions["numpy"].split(".")[:2])
        assert (numba < (0, 63)) == (numpy < (2, 4)) == (platform == "intel mac")


def test_the_pins_belong_to_this_pyproject():
    """Every requirement of every extra admits its pin: whoever raises a bound makes constraints.txt anew."""
    texts = PROJECT["dependencies"] + [
        t for extra in PROJECT["optional-dependencies"].values() for t in extra
    ]
    for platform in PLATFORMS:
        versions = pins_for(markers_for("3.11", platform))
        for requirement in map(Requirement, texts):
            name = canonicalize_name(requirement.name)
            if name != PROJECT["name"]:
                assert requirement.specifier.contains(versions[name]), (requirement, versions[name])


def test_the_wheel_asks_for_lower_bounds_only():
    """Old notebooks die of pins. Jupyter Book is the exception: its second edition is another program."""
    texts = PROJECT["dependencies"] + [
        t for extra in PROJECT["optional-dependencies"].values() for t in extra
    ]
    bounded = {
        requirement.name
        for requirement in map(Requirement, texts)
        if any(specifier.operator != ">=" for specifier in requirement.specifier)
    }
    assert bounded == {"jupyter-book"}
