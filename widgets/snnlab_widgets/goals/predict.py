"""A curve to be drawn before it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np

from snnlab.course.judging.verdict import Verdict
from snnlab_widgets.core.formats import decimals_of, fixed
from snnlab_widgets.goals.base import UNREAD, Goal
from snnlab_widgets.pages.panel_face import PanelFace
from snnlab_widgets.views import Curve

__all__ = ["Drawn", "Predict"]

FEW = "Draw first: move at least {least} of the points."
SCORE = "Your curve is {off} {unit} off on average, most at {x} {unit_x}: {drawn} drawn, {true} in truth."
LEAST = 3


class Drawn(NamedTuple):
    """A curve that readers draw and that is not the true one."""

    name: str
    hint: str
    curve: tuple[float, ...] = ()
    """Its value at each point; it is recognised at any height, as the best multiple of it is compared."""
    where: tuple[tuple[float, float, float], ...] = ()
    """Instead of a curve: ``(x, low, high)`` for points all of which lie in their ranges."""


@dataclass(frozen=True, kw_only=True)
class Predict(Goal):
    """The curve of a `Curve` view is to be drawn, with one point given, before it is shown.

    Until then the controls are hidden. The score is the mean distance over the points that were not given.

    Attributes
    ----------
    view : int
        Which view of the panel it is.
    points : tuple of float
        Where the curve is drawn; these must be among the view's own points.
    given : int
        Index of the point that is given.
    top : float
        The end of the vertical axis, and of what can be drawn.
    step : float
        The step of an arrow key.
    tolerance : float
        Mean distance of a right curve, and of a recognised mistake, relative to the highest true value.
    drawn : tuple of Drawn
        Known mistakes; the first that fits is named.
    next_step : str
        Said after a right curve.
    """

    kind: ClassVar[str] = "predict"
    begin: ClassVar[str] = ""

    view: int
    points: tuple[float, ...]
    given: int
    top: float
    step: float = 1.0
    tolerance: float = 0.06
    drawn: tuple[Drawn, ...] = ()
    next_step: str

    def __post_init__(self) -> None:
        super().__post_init__()
        for mistake in self.drawn:
            if len(mistake.curve) not in (0, len(self.points)):
                raise ValueError(f"mistake {mistake.name!r} must have {len(self.points)} values")
            if {x for x, _, _ in mistake.where} - set(self.points):
                raise ValueError(f"mistake {mistake.name!r} asks for a place at which nothing is drawn")

    def _curve(self, panel: PanelFace) -> Curve:
        view = panel.views[self.view]
        if not isinstance(view, Curve):
            raise ValueError(f"goal {self.name} draws view {self.view}, which is no Curve")
        return view

    def truth(self, panel: PanelFace) -> np.ndarray:
        """The true curve at the points, for the start values of the panel."""
        view, result = self._curve(panel), panel.result_at_start()
        x = np.asarray(result[view.x], float)
        at = [int(np.abs(x - point).argmin()) for point in self.points]
        return np.asarray(result[view.y], float)[at]

    def start(self, truth: np.ndarray) -> float:
        """The height at which all points lie at first: that of the given one, on the grid of steps."""
        return float(fixed(float(truth[self.given]), decimals_of(self.step)))

    def spec(self, panel: PanelFace) -> dict[str, Any]:
        """As `Goal.spec`."""
        view = self._curve(panel)
        control = next(c for c in panel.controls if c.name == view.at)
        return super().spec(panel) | {
            "view": self.view,
            "points": self.points,
            "given": self.given,
            "top": self.top,
            "step": self.step,
            "tolerance": self.tolerance,
            "unit": panel.readouts[view.value].unit,
            "unit_x": control.unit,
            "decimals": decimals_of(self.step),
            "decimals_x": max(decimals_of(x) for x in self.points),
            "drawn": [[d.curve, d.where, d.hint] for d in self.drawn],
            "right": f"Right. {self.next_step}",
            "least": LEAST,
            "few": FEW,
            "score": SCORE,
        }

    def veil(self, panel: PanelFace, result: dict[str, Any]) -> dict[str, Any]:
        """The result without the curve: only its first point is left."""
        view = self._curve(panel)
        return result | {view.x: result[view.x][:1], view.y: result[view.y][:1]}

    def judge(self, panel: PanelFace, given: Sequence[float]) -> Verdict:
        """What is said to `given`, the drawn value at each point (the given point's is not looked at)."""
        drawn, truth = np.array(given, float), self.truth(panel)
        if drawn.shape != truth.shape or not np.isfinite(drawn).all():
            raise ValueError(f"a curve must have {len(self.points)} numbers, got {given!r}")
        drawn[self.given] = truth[self.given]
        others = np.arange(len(drawn)) != self.given
        if np.count_nonzero(drawn[others] != self.start(truth)) < LEAST:
            return Verdict(False, UNREAD, FEW.format(least=LEAST))
        score = self._score(panel, drawn, truth, others)
        allowed = self.tolerance * truth.max()
        if np.abs(drawn - truth)[others].mean() <= allowed:
            return Verdict(True, "right", f"Right. {self.next_step} {score}")
        for mistake in self.drawn:
            if self._fits(mistake, drawn, others, allowed):
                return Verdict(False, mistake.name, f"{mistake.hint} {score}")
        return Verdict(False, "otherwise", score)

    def _fits(self, mistake: Drawn, drawn: np.ndarray, others: np.ndarray, allowed: float) -> bool:
        if not mistake.curve:
            at = dict(zip(self.points, drawn, strict=True))
            return all(low <= at[x] <= high for x, low, high in mistake.where)
        curve, drawn = np.array(mistake.curve)[others], drawn[others]
        scale = (curve * drawn).sum() / (curve * curve).sum()
        return bool(scale > 0 and np.abs(drawn - scale * curve).mean() <= allowed)

    def _score(self, panel: PanelFace, drawn: np.ndarray, truth: np.ndarray, others: np.ndarray) -> str:
        view, distance = self._curve(panel), np.abs(drawn - truth)
        control = next(c for c in panel.controls if c.name == view.at)
        k = int(distance.argmax())
        digits = decimals_of(self.step)
        return SCORE.format(
            off=fixed(float(distance[others].mean()), digits + 1),
            unit=panel.readouts[view.value].unit,
            x=fixed(self.points[k], max(decimals_of(x) for x in self.points)),
            unit_x=control.unit,
            drawn=fixed(float(drawn[k]), digits),
            true=fixed(float(truth[k]), digits),
        )
