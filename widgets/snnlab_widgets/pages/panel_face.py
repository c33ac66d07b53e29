"""What a page and a goal know of the panel in which they stand.

A `Panel` makes its own page and puts its goal to work, so that it imports both; they ask for this much.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from snnlab_widgets.core.calls import KernelCall
from snnlab_widgets.core.controls import Control, ReadOut
from snnlab_widgets.views import View

__all__ = ["PanelFace"]


class PanelFace(Protocol):
    """The parts of a `Panel` that a page shows and a goal judges; each is described there."""

    title: str
    question: str
    controls: tuple[Control, ...]
    readouts: dict[str, ReadOut]
    views: tuple[View, ...]
    call: KernelCall | None
    function: Any

    spec: Any
    wasm: Any
    model_id: Any

    solved: Any
    tries: Any
    neuron: Any
    injected: Any

    @property
    def goal(self) -> object:
        """None if the panel has no goal."""

    @property
    def values(self) -> dict[str, Any]:
        """The controls' values by name, the drawings, and the seed if there is one."""

    @property
    def result(self) -> Any:
        """What the function returned for the present values."""

    def result_at_start(self) -> dict:
        """What it returns for the values after a reset."""

    def result_in_still(self) -> dict:
        """The part of the result that the still picture may show."""

    def set_constants(self, numbers: Mapping[str, float]) -> None:
        """Replace constants of the kernel."""

    def observe(self, handler: Callable, names: Any) -> Any:
        """Call `handler` when one of the traits changes."""

    def headline(self) -> str:
        """The result that is shown in large type, with its unit."""
