"""Where the parts of a chapter stand, and how long it is.

For authors
-----------
- Question, hook and prediction come first, bridge, objectives and references last, each in this order.
- The first exercise stands between the first panel and the second.
- The cell before a panel asks (it has a question mark, or is the prediction); the cell after it explains, in
  15 words at least, and is no exercise.
- The 20-minute path runs from the first cell to ``part:stop``. It has a quarter to five twelfths of the
  words, with question, hook, prediction and a panel among them.
- A chapter has 1,500 to 2,400 words, and its first panel comes within 350 words of its top; code,
  mathematics, tables and references do not count. What a chapter in `LONGER` or `LATER` has more is named
  there, and only shrinks.
- No table has more than twelve rows of symbols: what is needed later is explained later.
"""

import ast
import re
from collections.abc import Callable
from itertools import pairwise

from chapters.notebook import Cell, Chapter, Problem, exercises, plain, words
from chapters.parts import PARTS

__all__ = ["called_panels", "layout_problems", "panel_neighbours", "panel_problems"]

FIRST = ["part:question", "part:hook", "part:prediction"]
LAST = ["part:bridge", "part:objectives", "part:references"]
FEWEST_WORDS, MOST_WORDS = 1500, 2400
LONGER: dict[str, int] = {
    "01_spiking_neuron": 2550,
    "02_leaky_integrate_and_fire": 2600,
    "03_spike_response_model": 2600,
    "05_random_spikes": 2570,
    "09_networks": 2600,
    "11_win_and_lose": 2600,
    "12_networks_of_one_bit": 2600,
    "13_activations_to_rates": 3200,
    "14_constrain_first": 2600,
}
"""The most words of a chapter that was longer when this became a rule; a number here may only become smaller.
13 has a reason: it teaches three systems, conversion, NEF and Siegert's rate."""
FIRST_PANEL = 350  # words before the first panel
LATER: dict[str, int] = {
    "01_spiking_neuron": 850,
    "02_leaky_integrate_and_fire": 590,
    "03_spike_response_model": 670,
    "09_networks": 390,
    "10_spiking_and_deep": 470,
    "11_win_and_lose": 370,
    "12_networks_of_one_bit": 540,
    "13_activations_to_rates": 530,
    "14_constrain_first": 490,
}
"""The most words before the first panel of a chapter that had more when this became a rule; likewise."""
MOST_SYMBOLS = 12  # rows of a table of symbols
FEWEST_PANELS, MOST_PANELS = 2, 4  # balance, a lost spike, a map and a memory each need a network of its own
SHORTEST_PATH, LONGEST_PATH = 1 / 4, 5 / 12  # "a third", give or take a twelfth


def layout_problems(chapter: Chapter) -> list[Problem]:
    """Parts in the wrong place, and a chapter or a path that is too short or too long."""
    return _order(chapter) + _panels(chapter) + _path(chapter) + _size(chapter) + _symbols(chapter)


def called_panels(cell: Cell) -> list[str]:
    """The names of the panel functions that a code cell calls."""
    try:
        calls = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.Call)]
    except SyntaxError:  # the check of the code cells names the fault
        return []
    names = [ast.unparse(call.func).split(".")[-1] for call in calls]
    return [name for name in names if name.endswith("_panel")]


def panel_problems(chapter: Chapter, make: Callable[[str], dict]) -> list[Problem]:
    """Panels with too many sliders or without presets; `make` gives the declaration (``Panel.spec``) of a
    name."""
    problems = []
    for cell in chapter.tagged("part:panel", "code"):
        for name in called_panels(cell):
            spec = make(name)
            if not 1 <= len(spec["controls"]) <= 4:
                problems.append(
                    Problem(cell.number, f"{name} has {len(spec['controls'])} sliders, 1 to 4 are good")
                )
            if not spec["presets"]:
                problems.append(Problem(cell.number, f"{name} has no presets"))
    return problems


def _order(chapter: Chapter) -> list[Problem]:
    problems = []
    first = {tag: chapter.tagged(tag)[0].number for tag in PARTS if chapter.tagged(tag)}
    between = [tag for tag in first if tag not in FIRST + LAST + ["part:stop"]]
    for before, after in pairwise(FIRST):
        if first.get(before, 0) > first.get(after, len(chapter.cells)):
            problems.append(Problem(first[after], f"{after} must not stand before {before}"))
    for tag in between:
        if first[tag] < max(first.get(before, 0) for before in FIRST):
            problems.append(Problem(first[tag], f"{tag} must not stand before question, hook and prediction"))
    tail = [cell.number for tag in between for cell in chapter.tagged(tag)]
    for tag in LAST:
        if tag in first and first[tag] < max(tail, default=0):
            problems.append(
                Problem(first[tag], f"{tag} must stand after all other parts and in the order of the table")
            )
        tail.append(first.get(tag, 0))
    return problems


def _panels(chapter: Chapter) -> list[Problem]:
    """Number of panels, and what stands before, after and between them."""
    problems = []
    panels = chapter.tagged("part:panel", "code")
    if not FEWEST_PANELS <= len(panels) <= MOST_PANELS:
        expected = f"{FEWEST_PANELS} to {MOST_PANELS}"
        problems.append(Problem(None, f"the chapter has {len(panels)} panels, it should have {expected}"))
    for cell in chapter.cells:
        calls = called_panels(cell) if cell.kind == "code" else []
        if calls and not cell.tags & {"part:panel", "part:exercise"}:
            problems.append(Problem(cell.number, f"{calls[0]} is called: the cell needs the tag part:panel"))
    for cell in panels:
        if len(called_panels(cell)) != 1:
            problems.append(
                Problem(cell.number, "a panel's cell calls one function whose name ends in _panel")
            )
        if not cell.outputs:
            problems.append(Problem(cell.number, "the panel is not shown: the cell has no output"))
        problems += panel_neighbours(chapter, cell)
    found = exercises(chapter)
    if panels and found:
        place = found[0].cells[0].number
        if place < panels[0].number or (len(panels) > 1 and place > panels[1].number):
            problems.append(
                Problem(place, "the first exercise must stand between the first panel and the second")
            )
    return problems


def panel_neighbours(chapter: Chapter, cell: Cell) -> list[Problem]:
    """A panel without a question before it, or without an explanation after it."""
    problems = []
    neighbours = {other.number: other for other in chapter.cells}
    before, after = neighbours.get(cell.number - 1), neighbours.get(cell.number + 1)
    if (
        not before
        or before.kind != "markdown"
        or ("?" not in plain(before.source) and "part:prediction" not in before.tags)
    ):
        problems.append(Problem(cell.number, "no question stands in the cell before the panel"))
    if not after or after.kind != "markdown" or "part:exercise" in after.tags or words(after) < 15:
        problems.append(
            Problem(cell.number, "no explanation (15 words at least) stands in the cell after the panel")
        )
    return problems


def _path(chapter: Chapter) -> list[Problem]:
    """The 20-minute path: everything up to the cell with part:stop."""
    stops = chapter.tagged("part:stop")
    if not stops:
        return []
    end = stops[0].number
    problems = []
    for tag in ("part:question", "part:hook", "part:prediction", "part:panel"):
        if not any(cell.number <= end for cell in chapter.tagged(tag)):
            problems.append(Problem(end, f"the 20-minute path has no {tag}"))
    total = sum(map(words, chapter.cells))
    share = sum(words(cell) for cell in chapter.cells[:end]) / max(total, 1)
    if not SHORTEST_PATH <= share <= LONGEST_PATH:
        problems.append(
            Problem(end, f"the 20-minute path has {share:.0%} of the words, it should have about a third")
        )
    return problems


def _size(chapter: Chapter) -> list[Problem]:
    """How many words there are in all, and before the first panel."""
    name, total = chapter.path.stem, sum(map(words, chapter.cells))
    found, most = [], LONGER.get(name, MOST_WORDS)
    if not FEWEST_WORDS <= total <= most:
        found.append(Problem(None, f"the chapter has {total} words, it should have {FEWEST_WORDS} to {most}"))
    for panel in chapter.tagged("part:panel", "code")[:1]:
        before = sum(words(cell) for cell in chapter.cells[: panel.number - 1])
        latest = LATER.get(name, FIRST_PANEL)
        if before > latest:
            problem = f"the first panel comes after {before} words, it should come within {latest}"
            found.append(Problem(panel.number, problem))
    return found


def _symbols(chapter: Chapter) -> list[Problem]:
    """Tables that explain more symbols than anybody keeps in mind."""
    problems = []
    for cell in chapter.tagged("part:equation", "markdown") + chapter.tagged("part:symbols", "markdown"):
        for table in re.findall(r"(?:^\|.*\n?)+", cell.source, re.M):
            rows = table.count("\n|") - 1
            if table.startswith("| Symbol") and rows > MOST_SYMBOLS:
                problem = f"the table has {rows} symbols, {MOST_SYMBOLS} are the most: explain some later"
                problems.append(Problem(cell.number, problem))
    return sorted(set(problems))
