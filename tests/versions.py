"""On which versions each chapter was last run, and for which systems they were only looked up: the table.

    python tests/versions.py note WHICH REPORT.xml NOTE.json    what the chapters did in a run of pytest
    python tests/versions.py resolve NOTE.json                  ask uv for each system and each Python
    python tests/versions.py write NOTE.json ...                into book/versions.json

The first is called by the Python of that run, since it writes down what is installed there. `.ci/nightly`
calls all three; its ``--table`` writes, and the book prints it (``book/_ext/which_versions.py``). It needs
the standard library only, whatever is installed.
"""

import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

__all__ = ["PLATFORMS", "PYTHONS", "TABLE", "WHICH", "chapters", "main", "merged", "note", "resolved"]

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "book" / "versions.json"
WHICH = ("tested", "newest", "oldest")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
MACOS = {"MACOSX_DEPLOYMENT_TARGET": "15.0"}  # what uv takes a Mac for
PLATFORMS = {
    "Linux, x86-64": "x86_64-manylinux_2_28",
    "Linux, ARM": "aarch64-manylinux_2_28",
    "macOS 15, Apple's processors": "aarch64-apple-darwin",
    "macOS 15, Intel": "x86_64-apple-darwin",
    "Windows": "x86_64-pc-windows-msvc",
}
LOOKED_UP = {"course": ("course",), "all": ("course", "slides", "nir", "onnx", "dask", "data")}
"""The extras that are looked up: what the chapters need, and that with all that a reader may install."""

Table = dict[str, Any]


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def named(requirement: str) -> str:
    """The name in a requirement, or of a distribution, as an index writes it.

    >>> named("Jupyter_Bokeh>=4.0")
    'jupyter-bokeh'
    """
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[]", requirement, maxsplit=1)[0]).lower()


def asked() -> set[str]:
    """What `pyproject.toml` asks for by name, apart from the tools of the tests and the hub of a class."""
    project = _project()
    texts = list(project["dependencies"])
    for extra, listed in project["optional-dependencies"].items():
        texts += listed if extra not in ("test", "hub") else []
    return {named(text) for text in texts} - {project["name"]}


def chapters(report: str) -> tuple[str, dict[str, str]]:
    """The day of a run of pytest, and what became of each notebook of the book, from its report as XML.

    >>> cell = '<testcase classname="book.chapters.01_a.ipynb" name="Cell 0">'
    >>> chapters(f'<testsuite timestamp="2026-01-31T12:00:00">{cell}<failure/></testcase></testsuite>')
    ('2026-01-31', {'chapters/01_a': 'failed'})
    """
    root = ElementTree.fromstring(report)
    day = next(suite.get("timestamp", "")[:10] for suite in root.iter("testsuite"))
    found: dict[str, str] = {}
    for case in root.iter("testcase"):
        name = case.get("classname", "")
        if name.startswith("book.") and name.endswith(".ipynb"):
            stem = name.removeprefix("book.").removesuffix(".ipynb").replace(".", "/")
            kinds = {child.tag for child in case}
            said = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
            found[stem] = max(found.get(stem, said), said, key=("passed", "skipped", "failed").index)
    return day, found


def system() -> str:
    """This machine's system and its kind of processor."""
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        name = f"{platform.system()} {platform.mac_ver()[0] or platform.release()}"
    return f"{name}, {platform.machine()}"


def note(which: str, report: str) -> Table:
    """What is to be remembered of a run by this Python: versions of everything, and its chapters."""
    day, found = chapters(report)
    found_here = importlib.metadata.distributions()
    there = {named(each.metadata["Name"]): each.version for each in found_here if each.metadata["Name"]}
    there.pop(_project()["name"], None)
    wanted = asked()
    return {
        "day": day,
        "which": which,
        "python": platform.python_version(),
        "system": system(),
        "packages": {name: there.get(name, "none") for name in sorted(wanted)},
        "others": {name: there[name] for name in sorted(there.keys() - wanted)},
        "chapters": {name: [said, day] for name, said in sorted(found.items())},
    }


def resolved(python: str = sys.executable) -> Table:
    """For each system and each Python what uv would install, of ready-made wheels alone, or its reason."""
    rows = [
        {"system": name, "python": version}
        | {part: _ask(python, version, target, extras) for part, extras in LOOKED_UP.items()}
        for name, target in PLATFORMS.items()
        for version in PYTHONS
    ]
    return {"day": datetime.now(UTC).date().isoformat(), "resolved": rows}


def _ask(python: str, version: str, target: str, extras: tuple[str, ...]) -> dict[str, str]:
    """The versions of the two packages that most depend on system and Python, or why there are none."""
    command = [python, "-m", "uv", "pip", "compile", "--quiet", "--no-annotate", "--no-header"]
    command += ["--only-binary", ":all:", "--python-version", version, "--python-platform", target]
    command += [word for extra in extras for word in ("--extra", extra)]
    command += ["-c", "constraints.in", "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | MACOS, capture_output=True, encoding="utf-8")
    if done.returncode == 0:
        return dict(re.findall(r"^(numpy|numba)==([^\s;]+)", done.stdout, re.M))
    return {"no": reason(done.stderr)}


def reason(said: str) -> str:
    r"""Why uv found nothing, in its own words and without the rest of its tree; stops where it could not ask.

    >>> reason("  × No solution found:\n  ╰─▶ Because a has no wheels\n      and b needs it")
    'a has no wheels'
    """
    words = " ".join(re.sub(r"[│╰─▶×]", " ", said).split())
    if "No solution found" not in words:
        sys.exit(f"uv could not be asked: {words:.300}")
    return re.split(r" and |, we can|\. ", words.partition("Because ")[2], maxsplit=1)[0] or words


def merged(table: Table, new: Table) -> Table:
    """The table with a note in it: a chapter keeps its last run on each Python and system."""
    if "resolved" in new:
        return {**table, "looked_up": new["day"], "resolved": new["resolved"]}
    place = ("which", "python", "system")
    runs = [{**run} for run in table.get("runs", [])]
    here = [run for run in runs if all(run[key] == new[key] for key in place)]
    days = {name: day for run in here for name, (_, day) in run["chapters"].items()}
    newer = {name: entry for name, entry in new["chapters"].items() if entry[1] >= days.get(name, "")}
    for run in here:
        run["chapters"] = {name: entry for name, entry in run["chapters"].items() if name not in newer}
    same = [run for run in here if run["packages"] == new["packages"] and run["others"] == new["others"]]
    if same:
        same[0]["chapters"] = dict(sorted((same[0]["chapters"] | newer).items()))
    else:
        runs.append({key: value for key, value in new.items() if key != "day"} | {"chapters": newer})
    kept = [run for run in runs if run["chapters"]]
    kept.sort(key=lambda run: (WHICH.index(run["which"]), run["system"], run["python"]))
    return {**table, "runs": kept}


def main(arguments: list[str]) -> int:
    """Do what the arguments say."""
    match arguments:
        case ["note", which, report, to] if which in WHICH:
            new = note(which, Path(report).read_text(encoding="utf-8"))
            if new["chapters"]:
                Path(to).write_text(json.dumps(new) + "\n", encoding="utf-8")
        case ["resolve", to]:
            Path(to).write_text(json.dumps(resolved()) + "\n", encoding="utf-8")
        case ["write", *notes]:
            table = json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.is_file() else {}
            for file in notes:
                table = merged(table, json.loads(Path(file).read_text(encoding="utf-8")))
            text = json.dumps(table, indent=1, ensure_ascii=False) + "\n"
            TABLE.write_text(text, encoding="utf-8", newline="\n")
        case _:
            print((__doc__ or "").strip(), file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
