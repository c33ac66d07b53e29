"""Draw thirty faults by a seed, before the tests are made quicker: what CI found then it has to find after.

    python tests/faults/draw.py [--write]

For each area a file is drawn, each as likely as the others, and in it a place at which a careless hand could
have put something else. What is drawn is kept, whatever it is. Only a fault that is proven to change nothing
is put aside, with the reason, and another one is drawn after it (`--project` then names a folder with the
commit that the others were drawn from). `faults.json` holds them as the lines that stand there and the lines
to put in their place, so that they can still be made when something above them or the name of the file
changes; `meet.py` lets the tests meet them.
"""

import argparse
import ast
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # pytest does it by itself

from faults.fault import FILE, FOLDERS, sources  # noqa: E402
from faults.javascript_places import javascript_places  # noqa: E402
from faults.places import Place, altered, line_of, lines_around  # noqa: E402
from faults.python_places import another_program, kernels, outside_kernels, python_places  # noqa: E402

__all__ = ["AREAS", "Area", "draw"]

SEED = 2026
WIDGETS = "widgets/snnlab_widgets"
STATIC = f"{WIDGETS}/static"


class Area(NamedTuple):
    """A part of the project: its files, how many faults are drawn, and in what of a Python file."""

    files: tuple[str, ...]
    count: int
    parts: Callable | None = None
    only: Callable[[ast.Module], bool] | None = None


def declares(tree: ast.Module) -> bool:
    """Whether a module declares a panel or what a panel consists of."""
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return bool(called & {"Panel", "Control", "ReadOut"})


AREAS = {
    "panel": Area((f"{STATIC}/panel.js",), 4),
    "axes": Area((f"{STATIC}/axes.js",), 4),
    "judge": Area(
        (f"{STATIC}/judge.js", "snnlab/course/judging/answers.py", "snnlab/course/judging/functions.py"), 4
    ),
    "declarations": Area((f"{WIDGETS}/chapters/*/*.py",), 4, outside_kernels, declares),
    "goals": Area((f"{WIDGETS}/goals/*.py", f"{WIDGETS}/chapters/*/goals*.py"), 4, outside_kernels),
    "kernels": Area(("snnlab/**/*.py", "widgets/**/*.py"), 4, kernels),
    "exporter": Area((f"{WIDGETS}/wasm/*.py",), 3),
    "book": Area(("book/_ext/*.py", "snnlab/course/building.py", "snnlab/course/site.py"), 3),
}

# Faults that change nothing: the file, its lines without and with the fault, each in one line, and the proof.
EQUIVALENT = {
    (
        f"{STATIC}/axes.js",
        "dot(x, y, radius, colour, alpha = 1) {",
        "dot(x, y, radius, colour, alpha = 2) {",
    ): (
        "A canvas ignores an opacity above 1 and keeps the one it has, and whatever sets another one puts it "
        "back to 1."
    ),
    (
        f"{STATIC}/judge.js",
        'const one = { answer: withUnit(three(got[k]), unit), size: got[k] > right[k] ? "large" : "small" };',
        "const one = { answer: withUnit(three(got[k]), unit), "
        'size: got[k] >= right[k] ? "large" : "small" };',
    ): "Number k is the first that is not right; it cannot be equal to the right one.",
    (
        "book/_ext/math_font.py",
        "font.recalcTimestamp = False",
        "pass",
    ): "The options of fontTools say the same by default, so the font that is read has it already.",
}


def places_of(area: Area, project: Path, texts: dict[str, str]) -> dict[str, list[Place]]:
    """All places of an area, by file."""
    found = {}
    for file in sorted({file for pattern in area.files for file in project.glob(pattern)}):
        name = file.relative_to(project).as_posix()
        text = texts[name]
        if file.suffix == ".js":
            places = javascript_places(text)
        elif area.only is None or area.only(ast.parse(text)):
            places = python_places(text, area.parts)
        else:
            continue
        if places:
            found[name] = places
    return found


def described(name: str, place: Place, texts: dict[str, str]) -> dict:
    """A fault with as many lines as it takes to find it by its text."""
    text = texts[name]
    for before in range(20):
        old, new = lines_around(text, place, before)
        if sum(other.count(old) for other in texts.values()) == 1:
            break
    return {
        "file": name,
        "line": line_of(text, place.start),
        "before": text[place.start : place.end],
        "after": place.after,
        "old": old.split("\n"),
        "new": new.split("\n"),
    }


def draw(project: Path, areas: dict[str, Area], seed: int, equivalent: dict | None = None) -> list[dict]:
    """The faults of every area, in the order in which they were drawn.

    A fault that `equivalent` names carries the reason and does not count.
    """
    texts, equivalent, drawn = sources(project), equivalent or {}, []
    for name, area in areas.items():
        chance = random.Random(f"{seed} {name}")
        places = places_of(area, project, texts)
        left, seen = area.count, set()
        while left:
            file = chance.choice(list(places))
            place = chance.choice(places[file])
            if (file, place) in seen:
                continue
            seen.add((file, place))
            if file.endswith(".py") and not another_program(texts[file], altered(texts[file], place)):
                continue
            fault = {"area": name, **described(file, place, texts)}
            lines = (" ".join(" ".join(fault[side]).split()) for side in ("old", "new"))
            reason = equivalent.get((file, *lines))
            if reason:
                fault["equivalent"] = reason
            left -= reason is None
            drawn.append(fault)
    return drawn


def main(arguments: list[str]) -> None:
    """Print the faults, or write them."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--project", type=Path, default=PROJECT, help="the folder of the project")
    words.add_argument("--write", action="store_true", help="into faults.json")
    asked = words.parse_args(arguments)
    asks = ["git", "-C", str(asked.project), "log", "-1", "--format=%H", "--", *FOLDERS]
    commit = subprocess.run(asks, check=True, capture_output=True, encoding="utf-8").stdout.strip()
    faults = draw(asked.project, AREAS, SEED, EQUIVALENT)
    text = json.dumps({"seed": SEED, "drawn from": commit, "faults": faults}, indent=1, ensure_ascii=False)
    if asked.write:
        FILE.write_text(text + "\n", encoding="utf-8", newline="\n")
    else:
        print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
