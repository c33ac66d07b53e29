"""Let the tests meet the thirty faults of `faults.json`: which of them CI finds, and which only the nightly.

    python tests/faults/meet.py FOLDER [--area NAME] [--fault TEXT] [--write CONTRIBUTING.md]

Each fault is made in a copy of the last commit, in FOLDER. There it meets the tests of its area that CI runs,
and, if none of them fails, those that only the nightly runs. Before the tests were made quicker, all of them
ran in CI. What CI runs is a part of them: whatever it finds now was found before as well, and what only the
nightly finds is lost. A test has found a fault when it fails with it, passes without it and fails with it
again.

FOLDER keeps what is known: after Ctrl-C, or for the next area, the faults that are done are not tried again.
`--write` puts the table into a file, between two lines that mark the place.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))  # pytest does it by itself

from faults.fault import load, name_of, place_of, sources  # noqa: E402
from faults.meeting import CI, NIGHTLY, Copies, git  # noqa: E402

__all__ = ["TESTS", "into", "main", "table"]

BEGIN, END = "<!-- made by tests/faults/meet.py, from here -->", "<!-- to here -->"
PLUGINS = ("nbval.plugin", "_hypothesis_pytestplugin")

PAGE = (
    "tests/widgets",
    "tests/browser",
    "tests/book/test_build_browser.py",
    "tests/book/test_build_hosts.py",
)
# The tests of each area; in a folder of programs and notebooks, their examples and cells.
TESTS = {
    "panel": PAGE,
    "axes": PAGE,
    "judge": ("tests/course", "snnlab/course", "tests/widgets", "tests/classroom", "book/chapters"),
    "declarations": (*PAGE, "widgets/snnlab_widgets", "book/chapters"),
    "goals": (*PAGE, "widgets/snnlab_widgets", "book/chapters"),
    "kernels": (
        "tests/neurons", "tests/coding", "tests/learning", "tests/loihi", "tests/test_random.py", "snnlab",
        "tests/widgets", "widgets/snnlab_widgets", "tests/plots", "book/chapters",
    ),
    "exporter": ("tests/widgets", "widgets/snnlab_widgets"),
    "book": ("tests/book", "tests/course/test_building.py", "tests/course/test_cli.py", "snnlab/course"),
}  # fmt: skip


class Results:
    """What is known so far of one commit, in a file."""

    def __init__(self, file: Path, commit: str):
        self.file = file
        self.known: dict[str, Any] = {"commit": commit, "faults": {}}
        if file.is_file():
            self.known = json.loads(file.read_text(encoding="utf-8"))
        if self.known["commit"] != commit:
            raise SystemExit(f"{file} is about commit {self.known['commit']}: name another folder")

    def keep(self) -> None:
        """Write them down."""
        fresh = self.file.with_suffix(".part")
        fresh.write_text(json.dumps(self.known, indent=1), encoding="utf-8")
        fresh.replace(self.file)


def try_out(fault: dict[str, Any], copies: Copies) -> dict[str, Any]:
    """Which test finds the fault now, and which would have before."""
    area = TESTS[fault["area"]]
    now = copies.meet(fault, area, CI)
    before = now if now.found.test else copies.meet(fault, area, NIGHTLY)
    return {
        "now": now.found[:2],
        "before": before.found[:2],
        "aside": sorted({*now.aside, *before.aside}),
    }


def shown(fault: dict[str, Any]) -> str:
    """What was changed, with what stands beside it if that alone says little."""
    before, after = (cut(" ".join(fault[key].split())) for key in ("before", "after"))
    change = f"`{before}` → `{after}`" if after.strip() not in ("", "pass") else f"`{before}` left out"
    old, new = ("\n".join(fault[key]) for key in ("old", "new"))
    if len(before) > 12 or old.strip() == before:
        return change
    start = next((k for k, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(new))
    return f"{change} in `{' '.join(old[max(start - 24, 0) : start + len(before) + 12].split())}`"


def cut(text: str, most: int = 48) -> str:
    """The beginning and the end of a text."""
    return text if len(text) <= most else f"{text[: most // 2].rstrip()} … {text[-most // 2 + 3 :].lstrip()}"


def named(report: list[str] | None) -> str:
    """A test without its parameters, and what became of it unless it just failed."""
    if not report or not report[0]:
        return "none"
    (test, how), example = report, ""
    file, _, name = test.partition("[")[0].partition("::")
    if file.endswith(".py") and not Path(file).name.startswith("test_"):
        example, name = "the example of ", name.rpartition(".")[2]
    name = f"{example}`{Path(file).name}{'::' if name else ''}{name}`"
    return name if how == "fails" else f"{name} {how}"


def table(faults: list[dict[str, Any]], known: dict[str, Any], texts: dict[str, str]) -> str:
    """What is known, as Markdown; below it, the drawn faults that change nothing."""
    rows, found, missing, nothing = [], 0, 0, []
    for fault in faults:
        name = Path(fault["file"]).name
        if "equivalent" in fault:
            nothing.append(f"`{name}`: {shown(fault)}. {fault['equivalent']}")
            continue
        result = known.get(name_of(fault))
        if result is None:
            missing += 1
            continue
        file, line = place_of(fault, texts)
        found += bool(result["now"][0])
        lost = "**yes**" if result["before"][0] and not result["now"][0] else "no"
        cells = (
            fault["area"], shown(fault), f"`{Path(file).name}`, line {line}", named(result["before"]),
            named(result["now"]), lost,
        )  # fmt: skip
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    head = ["| area | fault | where | found before by | found in CI by | lost |", "|:--|:--|:--|:--|:--|:--|"]
    lines = [*head, *rows, "", f"{found} of {len(rows)} are found in CI."]
    if missing:
        lines += ["", f"Not tried yet: {missing}."]
    if nothing:
        lines += [
            "",
            "Drawn and put aside, because they change nothing:",
            "",
            *(f"- {line}" for line in nothing),
        ]
    return "\n".join(lines)


def into(text: str, block: str) -> str:
    """`text` with the block between its two marks."""
    head, _, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise ValueError(f"the file must have the lines {BEGIN} and {END}")
    return f"{head}{BEGIN}\n\n{block}\n\n{END}{tail}"


def main(arguments: list[str]) -> int:
    """Try the faults, print the table, write it."""
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder", type=Path, help="for the copies and what is known; made if it is not there")
    words.add_argument("--area", choices=TESTS, help="only the faults of this area")
    words.add_argument("--fault", default="", help="only those with this text in their file or lines")
    words.add_argument("--limit", type=float, default=20.0, help="minutes that a test may take")
    words.add_argument("--write", type=Path, help="a file to put the table into")
    asked = words.parse_args(arguments)
    folder = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    results = Results(folder / "results.json", git("-C", str(PROJECT), "rev-parse", "HEAD"))
    faults, known = load(), results.known["faults"]
    wanted = [
        fault
        for fault in faults
        if "equivalent" not in fault
        and asked.area in (None, fault["area"])
        and asked.fault in "\n".join([name_of(fault), *fault["old"]])
        and name_of(fault) not in known
    ]
    code = 0
    try:
        copies = Copies(PROJECT, folder, 60.0 * asked.limit, PLUGINS)
        for number, fault in enumerate(wanted, 1):
            started = time.monotonic()
            known[name_of(fault)] = result = try_out(fault, copies)
            results.keep()
            took = f"{(time.monotonic() - started) / 60:.1f} min"
            print(f"{number}/{len(wanted)} {fault['file']}: {shown(fault)}", flush=True)
            print(f"    found in CI by {named(result['now'])}, before by {named(result['before'])} ({took})")
            for test in result["aside"]:
                print(f"    {test} fails without it, or not every time: it proves nothing")
    except KeyboardInterrupt:
        print("interrupted; what is done is kept")
        code = 130
    block = table(faults, known, sources(PROJECT))
    print(block)
    if asked.write:
        text = asked.write.read_text(encoding="utf-8")
        asked.write.write_text(into(text, block), encoding="utf-8", newline="\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
