"""`Panel`: a declaration that becomes alive in the notebook, in a page and in a single file."""

import os
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import numpy as np
import traitlets

from snnlab_widgets.core.calls import KernelCall, kernel_source
from snnlab_widgets.core.controls import Array, Control, ReadOut
from snnlab_widgets.core.declared import check_control, check_play
from snnlab_widgets.core.formats import as_code, fill, names_in
from snnlab_widgets.core.traits import Seed, Strokes, Value, drawing_text
from snnlab_widgets.pages import page
from snnlab_widgets.views import View, frames

if TYPE_CHECKING:
    from snnlab_widgets.goals import Goal, Task

__all__ = ["Panel"]


class Panel(anywidget.AnyWidget):
    """An interactive figure: controls, views and one function behind them.

    A panel is declared once. JupyterLab shows it as a widget, the book as a living figure without a server,
    `save` writes it to one file, ``str(panel)`` is one sentence with the values and the result. It is
    computed either by a Numba kernel, which runs in the reader's browser as WebAssembly, or by any Python
    function.

    Every control is an attribute: ``panel.v_th`` can be read, set (a value outside of the range is refused
    with one sentence) and observed (``panel.observe(function, "v_th")``). So is what a reader draws.

    Parameters
    ----------
    name : str
        A short name, used for files and links.
    title : str
        What the panel is called.
    question : str
        The question that readers should ask themselves, shown first.
    controls : sequence of Control
        The numbers to move, at most four.
    readouts : sequence of ReadOut
        The numbers that are reported; a kernel without a record writes them to ``out`` in this order.
    views : sequence of Trace, Raster, Curve, Histogram, Kernels, HeatMap or Drawing
        What is drawn; on the last the reader draws.
    sentence : str
        The panel in one sentence, in the format language of `snnlab_widgets.core.formats`, with values and
        result.
    headline : str
        The read-out that is shown in large type, with its change.
    detail : str
        A few words beside the headline, in the same language.
    kernel : callable, optional
        A function decorated with ``snnlab.kernel``. Its parameter names say what each argument is:
        a control, an array, a constant, ``seed`` or ``out``; the array of a drawing has its name.
    arrays : dict of Array, ndarray or record, optional
        The kernel's arrays by name, zeros before each run, or the given numbers of an ndarray (a recording,
        for example), or a blank record of `snnlab.records`, whose numbers are the read-outs. Those that are
        not ``work`` are the result.
    constants : dict of float, int or named tuple, optional
        The kernel's other arguments. A control takes the place of the field that has its name.
    compute : callable, optional
        Instead of a kernel: any Python function of the controls' names (and ``seed``) that returns a dict
        with the arrays that the views draw and the read-outs. What it raises is shown in the panel.
    presets : dict of dict, optional
        Named settings: ``{"silent": {"current": 0.1}}``. Controls that are not named go to their start.
    python : str, optional
        The call behind the picture as Python code, a template with the values in braces.
    seed : int, optional
        The start value of the seed; without it the panel has none.
    values : dict, optional
        Start values that replace those of the controls, the seed and the drawings.
    best : str, optional
        A read-out to make large: the page shows the reader's first guess and the best one until a reset.
    sound : sequence of str, optional
        One or two results with spike times that can be heard, the first with high clicks. Off at the start.
    play : sequence of str, optional
        ``(time, word)``: a process in time, with a button that says `word`, pause and step. Its time is a
        control, or the label of its views' horizontal axis, along which they are drawn as far as it has come.
        With ``"anew"`` as a third word the control goes to its lowest value when the reader moves another.
    camera : sequence of str, optional
        ``(grey, remembered, after)``: a button lets the reader's own camera fill the first of these given
        arrays, picture by picture, and the second with the result `after` of the one before. In the page
        alone: Python computes the arrays as they are given.
    engine : {"browser", "kernel"}
        Where a kernel runs: in the page, or in Python. What cannot be exported to the page runs in Python,
        and the panel says so.
    goal : Goal, optional
        An exercise that answers in the panel, see `snnlab_widgets.goals`. Then ``panel.goal`` is the goal at
        work and the traits ``panel.solved`` and ``panel.tries`` tell how the reader fares.

    Raises
    ------
    ValueError
        If the declaration contradicts itself.

    Examples
    --------
    >>> from snnlab_widgets import Axis, Control, Curve, Panel, ReadOut
    >>> def square(a):
    ...     x = np.linspace(0, 2, 50)
    ...     return {"x": x, "y": x**2, "area": a**2}
    >>> panel = Panel(
    ...     "square", title="A square", question="How fast does it grow?",
    ...     controls=[Control("a", "a", "Side", 0.0, 2.0, 1.0, 0.1, "m")],
    ...     readouts=[ReadOut("area", 2, "m²")],
    ...     views=[Curve("x", "y", "a", "area", Axis(0, 2, "side (m)"), "area (m²)")],
    ...     sentence="a = {a} m: area {area} m²", headline="area", compute=square,
    ... )
    >>> panel.a = 1.5
    >>> print(panel)
    a = 1.5 m: area 2.25 m²
    >>> panel.a = 3
    Traceback (most recent call last):
    ...
    snnlab_widgets.core.traits.OutOfRange: a must be between 0.0 and 2.0 m, got 3
    """

    _esm = page.esm()
    _css = page.css()
    spec = traitlets.Dict().tag(sync=True)
    wasm = traitlets.Bytes(b"").tag(sync=True)

    def __init__(
        self,
        name: str,
        *,
        title: str,
        question: str,
        controls: Sequence[Control],
        readouts: Sequence[ReadOut],
        views: Sequence[View],
        sentence: str,
        headline: str,
        detail: str = "",
        kernel: Callable | None = None,
        arrays: Mapping[str, Array | np.ndarray | tuple[Any, ...]] | None = None,
        constants: Mapping[str, float | tuple[Any, ...]] | None = None,
        compute: Callable | None = None,
        presets: Mapping[str, Mapping[str, float]] | None = None,
        python: str = "",
        seed: int | None = None,
        values: Mapping[str, Any] | None = None,
        best: str = "",
        sound: Sequence[str] = (),
        play: Sequence[str] = (),
        camera: Sequence[str] = (),
        engine: str = "browser",
        goal: "Goal | None" = None,
    ):
        self.name, self.title, self.question = name, title, goal.question if goal else question
        given = dict(values or {})
        drawings = {name: text for view in views for name, text in view.drawn().items()}
        self._drawings = {name: drawing_text(given.pop(name, text)) for name, text in drawings.items()}
        self._seed = seed if seed is None else int(given.pop("seed", seed))
        self.controls = _with_start(controls, given)
        self.readouts = {read.name: read for read in readouts}
        self.views, self._sentence, self._detail, self._python = tuple(views), sentence, detail, python
        self._headline, self._best, self._sound, self._play = headline, best, tuple(sound), tuple(play)
        self._camera = tuple(camera)
        self._presets = {label: dict(settings) for label, settings in (presets or {}).items()}
        if (kernel is None) == (compute is None):
            raise ValueError("a panel needs either a kernel or a compute function, and not both")
        if engine not in ("browser", "kernel"):
            raise ValueError(f'engine must be "browser" or "kernel", got {engine!r}')
        self.call = None
        if kernel is not None:
            self.call = KernelCall(
                kernel, self.controls, readouts, arrays or {}, constants or {}, seed is not None
            )
        self.function: Any = compute if compute is not None else kernel
        self._compute = compute if compute is not None else self._run_kernel
        self._last: tuple[dict, dict] | None = None
        self.goal: Task | None = goal.at_work(self) if goal else None
        self._check_declaration()

        module, note = self.call.module(name) if self.call and engine == "browser" else (b"", "")
        traits: dict[str, traitlets.TraitType] = {c.name: Value(c, c.start) for c in self.controls}
        traits |= {name: Strokes(text) for name, text in self._drawings.items()}
        if self._seed is not None:
            traits["seed"] = Seed(self._seed)
        if self.goal:
            traits |= self.goal.traits()
        self.add_traits(**traits)
        super().__init__(spec=self._page_spec(note), wasm=module)
        self.on_msg(self._answer)
        if self.goal:
            self.goal.declaration.started(self)

    # ---- values and result -------------------------------------------------------------------------------

    @property
    def engine(self) -> str:
        """``"browser"`` if the kernel runs in the page, ``"kernel"`` if Python computes."""
        return "browser" if self.wasm else "kernel"

    @property
    def values(self) -> dict[str, Any]:
        """The controls' values by name, the drawings, and the seed if there is one."""
        return {name: getattr(self, name) for name in self._at_start()}

    @property
    def result(self) -> Any:
        """What the function returned for the present values, as a named tuple of arrays and read-outs."""
        result = self._result()
        return namedtuple("Result", result)(**result)

    def reset(self) -> None:
        """Put every control, every drawing and the seed back to its start."""
        self._set(self._at_start())

    def preset(self, label: str) -> None:
        """Go to the preset `label`.

        Raises
        ------
        ValueError
            If there is no such preset.
        """
        if label not in self._presets:
            raise ValueError(f"preset must be one of {', '.join(self._presets) or 'none'}, got {label!r}")
        self._set({c.name: c.start for c in self.controls} | self._presets[label])

    def _at_start(self) -> dict[str, Any]:
        seed = {} if self._seed is None else {"seed": self._seed}
        return {c.name: c.start for c in self.controls} | self._drawings | seed

    def _set(self, values: Mapping[str, Any]) -> None:
        with self.hold_sync():
            for name, value in values.items():
                setattr(self, name, value)

    def _run_kernel(self, **values: Any) -> dict:
        assert self.call is not None
        return self.call.run(values)

    def _result(self, values: Mapping[str, Any] | None = None) -> dict:
        values = dict(self.values if values is None else values)
        if self._last is None or self._last[0] != values:
            result = frames.checked(self._compute(**values), self.views, self.readouts)
            self._last = values, result
        return self._last[1]

    def result_at_start(self) -> dict:
        """What the function returns for the values after a reset."""
        return self._result(self._at_start())

    def result_in_still(self) -> dict:
        """The part of the result that the still picture may show: all of it, unless a goal veils some."""
        return self.goal.declaration.veil(self, self._result()) if self.goal else self._result()

    def set_constants(self, numbers: Mapping[str, float]) -> None:
        """Replace constants of the kernel."""
        assert self.call is not None
        self.call.constants.update(numbers)
        self._last = None

    # ---- words -------------------------------------------------------------------------------------------

    def __str__(self) -> str:
        return self._fill(self._sentence)

    def __repr__(self) -> str:
        return str(self)

    def headline(self) -> str:
        """The result that is shown in large type, with its unit."""
        return self.readouts[self._headline].text(self._result()[self._headline])

    def as_python(self) -> str:
        """The call behind what is seen, as Python code that runs by itself."""
        return as_code(self._python, self.values, self._decimals())

    def link(self) -> str:
        """The end of an address that opens this panel as it is now: ``#lif?v_th=-52.0``."""
        return f"#{self.spec['name']}?" + "&".join(f"{name}={value}" for name, value in self.values.items())

    def kernel_source(self) -> str:
        """The source of the function that computes the panel, and of the kernels that it calls."""
        return kernel_source(self.function)

    def _decimals(self) -> dict[str, int]:
        decimals = {c.name: c.decimals for c in self.controls} | {"seed": 0}
        return decimals | {name: read.decimals for name, read in self.readouts.items()}

    def _fill(self, template: str) -> str:
        result = self._result()
        words = {name: read.text(result[name]) for name, read in self.readouts.items() if read.words}
        return fill(template, self.values | result | words, self._decimals())

    # ---- the declaration ---------------------------------------------------------------------------------

    def _check_declaration(self) -> None:
        names = [*(c.name for c in self.controls), *self._drawings]
        for name in names:
            taken = hasattr(Panel, name) or name in vars(self) or name == "seed" or names.count(name) > 1
            if taken or not name.isidentifier():
                raise ValueError(
                    f"a {'drawing' if name in self._drawings else 'control'} cannot be called {name}"
                )
        known = set(names) | set(self.readouts) | (set() if self._seed is None else {"seed"})
        for template in (self._sentence, self._detail, self._python):
            for name in sorted(names_in(template) - known):
                raise ValueError(f"{template!r} asks for {name}, which is no control and no read-out")
        if self._headline not in self.readouts:
            raise ValueError(f"headline must be a read-out, got {self._headline!r}")
        if self._best and self._best not in self.readouts:
            raise ValueError(f"best must be a read-out, got {self._best!r}")
        drawn = {name for view in self.views for name in view.arrays()}
        if len(self._sound) > 2 or not set(self._sound) <= drawn:
            raise ValueError(f"sound must be one or two results that a view draws, got {self._sound}")
        check_play(self._play, names, {view.spec().get("label_x") for view in self.views})
        if self._camera and (
            len(self._camera) != 3 or not self.call or not set(self._camera[:2]) <= set(self.call.given)
        ):
            raise ValueError(f"camera must be two given arrays and a result, got {self._camera}")
        for view in self.views:
            view.check(names, self.readouts)
        by_name = {c.name: c for c in self.controls}
        for label, settings in self._presets.items():
            for name, value in settings.items():
                if name not in by_name:
                    raise ValueError(f"preset {label!r} sets {name}, which is no control")
                by_name[name].check(value)

    def _page_spec(self, note: str) -> dict:
        """Everything that the page has to know, as JSON."""
        goal = {"name": self.goal.name, "goal": self.goal.declaration.spec(self)} if self.goal else {}
        return {
            "name": self.name,
            "title": self.title,
            "question": self.question,
            "controls": [c._asdict() | {"decimals": c.decimals} for c in self.controls],
            "readouts": [read._asdict() for read in self.readouts.values()],
            "views": [view.spec() for view in self.views],
            "sentence": self._sentence,
            "headline": self._headline,
            "detail": self._detail,
            "best": self._best,
            "sound": list(self._sound),
            "play": list(self._play),
            "camera": list(self._camera),
            "presets": self._presets,
            "python": self._python,
            "seed": None if self._seed is None else str(self._seed),
            "drawn": self._drawings,
            "call": self.call.spec() if self.call else [],
            "source": self.kernel_source(),
            "note": f"Python computes this figure: {note}" if note else "",
            **goal,
        }

    # ---- four forms of the same thing --------------------------------------------------------------------

    def open(self) -> None:
        """Connect to the page (not in a book build, which has no widget to connect to)."""
        if os.environ.get("SNNLAB_STATIC") != "1":
            super().open()

    def _answer(self, _: Any, message: dict, buffers: Any) -> None:
        """Answer the page's request for a picture, with an error in words if there is no picture."""
        if message.get("type") != "run":
            return
        try:
            result = self._result(self._from_page(message["values"]))
            head, data = frames.pack(result, self.views, self.readouts)
        except Exception as error:  # a student's function may raise anything; the page waits for an answer
            head, data = {"error": frames.in_words(error, self.function)}, []
        self.send({"type": "frame", "id": message["id"], **head}, data)

    def _from_page(self, values: Mapping[str, Any]) -> dict[str, Any]:
        checked: dict[str, Any] = {c.name: c.check(values[c.name]) for c in self.controls}
        checked |= {name: values[name] for name in self._drawings}
        return checked if self._seed is None else checked | {"seed": int(values["seed"])}

    def save(self, path: str | os.PathLike) -> None:
        """Write the panel to one HTML file that lives without a server and without a network.

        Parameters
        ----------
        path
            The file; an existing one is replaced.
        """
        Path(path).write_text(page.document(self), encoding="utf-8")

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:  # type: ignore[override]
        return page.bundle(self)


def _with_start(controls: Sequence[Control], start: Mapping[str, float]) -> tuple[Control, ...]:
    for name in start:
        if name not in {c.name for c in controls}:
            raise ValueError(f"no control is called {name}; there are {', '.join(c.name for c in controls)}")
    return tuple(c._replace(start=check_control(c).check(start.get(c.name, c.start))) for c in controls)
