"""What all goals have in common, and a goal at work in its panel."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets

from snnlab.course.judging.verdict import Verdict
from snnlab_widgets.pages.panel_face import PanelFace

__all__ = ["Goal", "Task", "in_page"]

UNREAD = "unread"
"""The reason of a verdict on something that is no answer yet: it does not count as a try."""


def in_page(statement: str, formulas: dict[str, str] | None = None) -> str:
    """The statement of an exercise for a page, which has no cell and shows neither TeX nor Markdown.

    Parameters
    ----------
    statement : str
    formulas : dict of str to str, optional
        What stands in a page for each formula of the statement.

    Examples
    --------
    >>> in_page("Find $w$ of `rule`, then let the cell compare.", {"$w$": "w"})
    'Find w of rule, then let the page compare.'
    """
    for formula, plain in (formulas or {}).items():
        statement = statement.replace(formula, plain)
    return statement.replace("let the cell compare", "let the page compare").replace("`", "")


@dataclass(frozen=True, kw_only=True)
class Goal:
    """A declaration of what the reader is to achieve in a panel.

    Attributes
    ----------
    name : str
        Under this name the reader's progress is kept: small letters, digits and hyphens, unique in the
        course.
    question : str
        Takes the place of the panel's question.
    text : str
        What has to be said beyond the question.
    """

    kind: ClassVar[str]
    begin: ClassVar[str] = "Not yet. "
    """Said before the hint of a mistake."""

    name: str
    question: str
    text: str = ""

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.name) or len(self.name) > 60:
            raise ValueError(f"a goal's name must be of small letters, digits and hyphens, got {self.name!r}")
        for words in (self.question, self.text):
            if "$" in words or "`" in words or "the cell" in words:
                raise ValueError(f"a page has no formulas in TeX, no Markdown and no cell, got {words!r}")

    def spec(self, panel: PanelFace) -> dict[str, Any]:
        """The goal for the page, as JSON.

        Raises
        ------
        ValueError
            If the goal does not fit the panel.
        """
        return {
            "kind": self.kind,
            "name": self.name,
            "title": panel.title,
            "text": self.text,
            "begin": self.begin,
        }

    def judge(self, panel: PanelFace, given: Any) -> Verdict:
        """What is said to `given`, without counting a try."""
        raise NotImplementedError

    def veil(self, panel: PanelFace, result: dict[str, Any]) -> dict[str, Any]:
        """The part of `result` that the still picture may show."""
        return result

    def traits(self) -> dict[str, traitlets.TraitType]:
        """What the page reports to Python beside `solved` and `tries`."""
        return {}

    def at_work(self, panel: PanelFace) -> "Task":
        """The goal in `panel`, which is being made."""
        return Task(self, panel)

    def started(self, panel: PanelFace) -> None:
        """Called once `panel` is complete."""


class Task:
    """A goal in its panel: what has been tried, and whether it is solved.

    In JupyterLab the traits ``panel.solved`` and ``panel.tries`` follow what the reader does; they can be
    observed.

    Examples
    --------
    >>> from snnlab_widgets import GOALS
    >>> panel = GOALS["lif-overflow"]()
    >>> print(panel.goal.answer("27.5 s"))
    The answer is wanted in ms: write the number alone, without “s”.
    >>> print(panel.goal.answer("-27.5"))  # doctest: +ELLIPSIS
    Not yet. A negative time: the fraction in the logarithm is upside down...
    >>> panel.tries, panel.goal.solved
    (1, False)
    """

    def __init__(self, declaration: Goal, panel: PanelFace):
        self.declaration, self._panel = declaration, panel
        self.name = declaration.name

    def __repr__(self) -> str:
        tries = f"{self.tries} {'try' if self.tries == 1 else 'tries'}"
        return f"<goal {self.name}: {'solved' if self.solved else 'not solved'}, {tries}>"

    def traits(self) -> dict[str, traitlets.TraitType]:
        """The panel's traits that belong to the goal."""
        own: dict[str, traitlets.TraitType] = {
            "solved": traitlets.Bool(False),
            "tries": traitlets.Int(0, min=0),
        }
        own |= self.declaration.traits()
        for name in own:
            if name in {c.name for c in self._panel.controls}:
                raise ValueError(f"a control of a panel with this goal cannot be called {name}")
        return {name: trait.tag(sync=True) for name, trait in own.items()}

    @property
    def solved(self) -> bool:
        """Whether a right answer has been given."""
        return self._panel.solved

    @property
    def tries(self) -> int:
        """How many answers have been given."""
        return self._panel.tries

    def judge(self, given: Any = None) -> Verdict:
        """The verdict on an answer, without counting a try.

        Parameters
        ----------
        given
            What the reader would type or draw: text or numbers; nothing for a `Target`, whose answer is the
            state of the panel.
        """
        return self.declaration.judge(self._panel, given)

    def say(self, given: Any = None) -> str:
        """What the page would say to an answer, without counting a try."""
        verdict = self.judge(given)
        begin = "" if verdict.right or verdict.reason == UNREAD else self.declaration.begin
        return begin + verdict.message

    def answer(self, given: Any = None) -> str:
        """Answer as the reader does in the page; counts as a try.

        Parameters
        ----------
        given
            As for `judge`.

        Returns
        -------
        str
            What is said to it.
        """
        verdict = self.judge(given)
        if verdict.reason != UNREAD:
            self._panel.tries += 1
            self._panel.solved = self._panel.solved or verdict.right
        return self.say(given)
