"""A target to reach by moving the controls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from snnlab.course.judging.verdict import Verdict
from snnlab_widgets.core.formats import fill, names_in
from snnlab_widgets.goals.base import Goal
from snnlab_widgets.pages.panel_face import PanelFace

__all__ = ["Miss", "Target"]

Where = Mapping[str, tuple[float | None, float | None]]
"""Ranges (ends included, None for no end) of controls and read-outs by name; all have to hold."""


class Miss(NamedTuple):
    """A state of the panel that is not the target, and what is said to it."""

    name: str
    where: Where
    hint: str
    """In the format language of `snnlab_widgets.core.formats`."""


@dataclass(frozen=True, kw_only=True)
class Target(Goal):
    """The panel is to be brought into a state.

    Attributes
    ----------
    reach : dict
        The target: ranges of controls and read-outs by name, ``{"rate": (39.0, 41.0)}``.
    only : tuple of str
        The controls that may move; ``()`` for all.
    misses : tuple of Miss
        States that are known to go wrong; the first that holds is named.
    otherwise : str
        Said to any other state that is not the target.
    next_step : str
        Said after "Right.".

    Examples
    --------
    >>> from snnlab_widgets import lif_panel
    >>> panel = lif_panel(
    ...     goal=Target(
    ...         name="lif-40-hz", question="Make it fire at 40 Hz, by the threshold alone.",
    ...         reach={"rate": (39.0, 41.0)}, only=("v_th",),
    ...         otherwise="It fires at {rate} Hz.", next_step="By how much did the threshold fall?",
    ...     )
    ... )
    >>> panel.current = 0.24
    >>> print(panel.goal.answer())
    Not yet. Input current has moved, and it should stay: put it back to 0.200 nA.
    >>> panel.reset()
    >>> panel.v_th = -51.5
    >>> print(panel.goal.answer())
    Right. By how much did the threshold fall?
    """

    kind: ClassVar[str] = "target"

    reach: Where
    only: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()
    otherwise: str
    next_step: str

    def all_misses(self, panel: PanelFace) -> list[Miss]:
        """Those of the declaration, and before them one for each control that should have stayed."""
        moved = []
        for control in panel.controls if self.only else ():
            if control.name not in self.only:
                slack = control.step / 1000
                back = control.text(control.start).replace("{", "{{").replace("}", "}}")
                hint = f"{control.label} has moved, and it should stay: put it back to {back}."
                for where in ((None, control.start - slack), (control.start + slack, None)):
                    moved.append(Miss("moved", {control.name: where}, hint))
        return moved + list(self.misses)

    def spec(self, panel: PanelFace) -> dict[str, Any]:
        """As `Goal.spec`."""
        known = {c.name for c in panel.controls} | panel.readouts.keys()
        for where in (self.reach, *(miss.where for miss in self.misses)):
            for name in where:
                if name not in known:
                    raise ValueError(f"goal {self.name} asks for {name}, which is no control and no read-out")
        for name in self.only:
            if name not in {c.name for c in panel.controls}:
                raise ValueError(f"goal {self.name} moves {name}, which is no control")
        for text in (self.otherwise, self.next_step, *(miss.hint for miss in self.misses)):
            for name in sorted(names_in(text) - known):
                raise ValueError(f"{text!r} asks for {name}, which is no control and no read-out")
        return super().spec(panel) | {
            "reach": _listed(self.reach),
            "misses": [[_listed(miss.where), miss.hint] for miss in self.all_misses(panel)],
            "otherwise": self.otherwise,
            "right": f"Right. {self.next_step}",
        }

    def judge(self, panel: PanelFace, given: Any = None) -> Verdict:
        """What is said to the present state of `panel`."""
        known = panel.values | panel.result._asdict()
        decimals = {c.name: c.decimals for c in panel.controls}
        decimals |= {read.name: read.decimals for read in panel.readouts.values()}

        def says(text: str) -> str:
            return fill(text, known, decimals)

        for miss in self.all_misses(panel):
            if _holds(miss.where, known):
                return Verdict(False, miss.name, says(miss.hint))
        if _holds(self.reach, known):
            return Verdict(True, "right", says(f"Right. {self.next_step}"))
        return Verdict(False, "otherwise", says(self.otherwise))


def _holds(where: Where, known: Mapping[str, Any]) -> bool:
    return all(
        (low is None or known[name] >= low) and (high is None or known[name] <= high)
        for name, (low, high) in where.items()
    )


def _listed(where: Where) -> list[list]:
    return [[name, *ends] for name, ends in where.items()]
