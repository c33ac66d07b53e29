"""What the text of a chapter may be written in, so that JupyterLab and the book both show it well.

CommonMark, tables, ``$…$``, ``$$ … $$ (label)``, links, ``<details>`` with ``<summary>``, and ``>`` boxes.
JupyterLab would show roles, directives, targets and footnotes raw. Links inside the book must lead somewhere.
"""

import re

from chapters.equations import equation_labels
from chapters.notebook import Chapter, Problem, blank

__all__ = ["markup_problems"]

# Looked for everywhere, and looked for in the text alone, without its code and mathematics.
ANYWHERE = [
    (re.compile(r"^[ >]*(?:`{3,}|~{3,})\s*\{.*$", re.M), "is a directive"),
    (
        re.compile(r"\\(?:eq)?ref\{|\\label\{"),
        "numbers an equation: write $$ … $$ (label), [text](#label)",
    ),
]
IN_TEXT = [
    (re.compile(r"^[ >]*:{3,}.*$", re.M), "is a directive"),
    (re.compile(r"^[ >]*\([^()\s]+\)=\s*$", re.M), "is a target"),
    (re.compile(r"^\+\+\+.*$", re.M), "is a block break"),
    (re.compile(r"^%.*$", re.M), "is a MyST comment"),
    (re.compile(r"\{\{.*?\}\}"), "is a substitution"),
    (re.compile(r"\[\^[^\]]*\]"), "is a footnote"),
]
ROLE = re.compile(r"\{[a-zA-Z][\w:+-]*\}")
TAG = re.compile(r"</?([a-zA-Z][\w-]*)(?:\s[^>]*|/)?>")
ALLOWED_TAGS = {"details", "summary"}
LINK = re.compile(r"\]\(\s*<?([^)\s>]*)")
HEADING = re.compile(r"^#{1,6} +(.*?)\s*$", re.M)


def markup_problems(chapter: Chapter) -> list[Problem]:
    """What JupyterLab would show raw, and links that lead nowhere."""
    problems = []
    anchors = {label for _, label in equation_labels(chapter)} | _heading_anchors(chapter)
    for cell in chapter.cells:
        if cell.kind == "raw":
            problems.append(Problem(cell.number, "a raw cell is shown nowhere: make it markdown or code"))
        if cell.kind != "markdown":
            continue
        text = blank(cell.source, "fences", "code", "comments", "display", "math")
        for patterns, where in ((ANYWHERE, cell.source), (IN_TEXT, text)):
            for pattern, what in patterns:
                for found in pattern.finditer(where):
                    problems.append(Problem(cell.number, f'"{found.group().strip()}" {what}'))
        for found in ROLE.finditer(text):
            if cell.source[found.end() : found.end() + 1] == "`":
                problems.append(Problem(cell.number, f'"{found.group()}`…`" is a role'))
        for tag in sorted(set(TAG.findall(text)) - ALLOWED_TAGS):
            problems.append(Problem(cell.number, f"<{tag}> is not allowed, only <details> and <summary> are"))
        if "$$" in text or r"\begin{" in text:
            problems.append(Problem(cell.number, "an equation is not closed, or stands outside of $$ … $$"))
        for target in LINK.findall(text):
            if why := _leads_nowhere(target, chapter, anchors):
                problems.append(Problem(cell.number, f"the link to {target or 'nothing'} {why}"))
    return problems


def _heading_anchors(chapter: Chapter) -> set[str]:
    text = "\n".join(blank(cell.source, "fences") for cell in chapter.cells if cell.kind == "markdown")
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in HEADING.findall(text)}


def _leads_nowhere(target: str, chapter: Chapter, anchors: set[str]) -> str:
    """Why a link does not work; empty if it does."""
    if target.startswith(("https://", "http://", "mailto:")):
        return ""
    file, _, anchor = target.partition("#")
    if file:
        return "" if (chapter.path.parent / file).is_file() else "names a file that does not exist"
    return "" if anchor and anchor.lower() in anchors else "names no equation and no heading of this chapter"
