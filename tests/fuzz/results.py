"""What a run has found so far: a file to which both processes write, so that it can go on."""

import json
from pathlib import Path
from typing import Any, NamedTuple

from fuzz.verdicts import BAD

__all__ = ["Found", "Results", "read", "write"]


class Found(NamedTuple):
    """A mistake."""

    name: str
    """Of the function."""
    label: str
    """Of the case."""
    verdict: str
    said: str

    @property
    def places(self) -> list[str]:
        """What was changed: ``["rule.tau"]``."""
        return [part.partition(": ")[0].split(" ", 1)[-1] for part in self.label.split(" & ")]

    @property
    def key(self) -> tuple[str, str, str]:
        """What calls that end badly for one reason mostly have in common."""
        return self.name, " & ".join(self.places), self.verdict

    def __str__(self) -> str:
        return f"{self.name}  {self.label}  {self.verdict}  {self.said}"


class Results(NamedTuple):
    """What a file of results says."""

    verdicts: dict[str, dict[str, tuple[str, str]]]
    """Of each function and case, with the words for it."""
    done: dict[str, str]
    """The functions that are done; why there was no case, where there was none."""
    open: tuple[str, str] | None
    """The case that had begun and did not end."""
    again: set[tuple[str, str]]
    """The cases that took too long once, and get more time."""

    def bad(self) -> list[Found]:
        """The mistakes."""
        return [
            Found(name, label, verdict, said)
            for name, cases in self.verdicts.items()
            for label, (verdict, said) in cases.items()
            if verdict in BAD
        ]

    def counts(self) -> dict[str, int]:
        """How often each verdict was given."""
        counts: dict[str, int] = {}
        for cases in self.verdicts.values():
            for verdict, _ in cases.values():
                counts[verdict] = counts.get(verdict, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: -item[1]))


def write(file: Path, **line: Any) -> None:
    """Add one line."""
    with file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")


def read(file: Path) -> Results:
    """What is in the file; a line that something cut short does not count."""
    found = Results({}, {}, None, set())
    for text in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        name, label = line["name"], line.get("case", "")
        if "done" in line:
            found.done[name] = line["done"]
        elif "verdict" in line:
            found.verdicts.setdefault(name, {})[label] = (line["verdict"], line["said"])
        elif "again" in line:
            found.again.add((name, label))
        found = found._replace(open=(name, label) if "begins" in line else None)
    return found
