"""The page forms of a panel: its script and style, the block in a page of the book, the single file."""

import base64
import functools
import hashlib
import json
import os
import re
import zlib
from collections.abc import Collection
from html import escape
from pathlib import Path
from typing import Any

from snnlab_widgets.pages.panel_face import PanelFace
from snnlab_widgets.views import View, frames, still

__all__ = ["block", "bundle", "css", "document", "esm", "library", "still_css"]

STATIC = Path(__file__).parents[1] / "static"
VIEWS = Path(__file__).parents[1] / "views"
KINDS = ("legend", "handle", *(kind.__name__.lower() for kind in View.__subclasses__()))
FIRST = ("format", "engine", "axes", "controls")
AROUND = ("compare", "svg", "save", "readoff", "zoom", "layout")
"""What every panel has around its pictures."""
STYLED = ("handle", "drawing", "play")
"""Of these, what has rules of its own."""
EXTRAS = ("best", "sound", "play", "camera")
GOALS = ("diagnose", "judge", "progress", "goal", "identify", "predict")
OF_KIND = {"diagnose": ("ask", "identify"), "identify": ("identify",), "predict": ("predict",)}
"""The scripts that only some kinds of goals need; a page with one goal leaves out the others."""

_sent: set[str] = set()
"""In a book build (one process a chapter) the first panel brings the "style" of still figures, and the first
that lives the "library", which knows goals; the others use them."""


def squeezed(file: str) -> str:
    """A source without types, comments and indentation: readers of the sources want them, pages do not."""
    folder = VIEWS if file.removesuffix(".js") in KINDS else STATIC
    source = re.sub(r"/\*\*.*?\*/ ?", "", (folder / file).read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = (line.strip() for line in source.splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith(("//", "/*"))) + "\n"
    if file.endswith(".css"):  # white space around punctuation means nothing there
        text = re.sub(r"\s*([{};,])\s*", r"\1", text).replace(": ", ":").replace(";}", "}")
    else:  # a line that ends in one of these needs no end, unless a comment follows
        text = re.sub(r"^((?:(?!//).)*[;{,])\n", r"\1", text, flags=re.MULTILINE)
    return text


@functools.cache
def _script(kinds: tuple[str, ...], goals: tuple[str, ...]) -> str:
    parts = (*FIRST, *kinds, *AROUND, "panel", *goals)
    return "".join(squeezed(f"{part}.js") for part in parts)


def esm() -> str:
    """The module that JupyterLab loads: every view, and `render` as anywidget wants it."""
    return _script(KINDS + EXTRAS, GOALS) + squeezed("kernel.js") + "export default { render };\n"


@functools.cache
def css() -> str:
    """The style sheet of a living panel."""
    return "".join(squeezed(f"{part}.css") for part in ("still", "panel", *STYLED, "goal"))


@functools.cache
def still_css() -> str:
    """The style sheet of a still figure."""
    return squeezed("still.css")


def library(kinds: Collection[str] = KINDS + EXTRAS, goals: bool | str = False, alone: bool = False) -> str:
    """The script of a page without a kernel: it brings every waiting block of the page to life.

    Parameters
    ----------
    kinds
        The views, what they share, and the extras, as far as they are needed.
    goals
        Whether a panel has a goal, or the kind of the only one.
    alone
        Whether there is one panel only, which lives at once.
    """
    rules = squeezed("panel.css") + "".join(squeezed(f"{part}.css") for part in STYLED if part in kinds)
    rules += squeezed("goal.css") if goals else ""
    parts = tuple(part for part in GOALS if goals is True or goals in OF_KIND.get(part, (goals,)))
    script = _script(tuple(kind for kind in KINDS + EXTRAS if kind in kinds), parts if goals else ())
    mount = ("" if alone else squeezed("later.js")) + squeezed("standin.js")
    body = f"const STYLE = {json.dumps(rules)};\n{script}{mount}"
    key = "snnlab_" + hashlib.sha256(body.encode()).hexdigest()[:8]
    return f"(globalThis.{key} ||= (() => {{\n{body}return globalThis.snnlabMount = mountAll;\n}})())();"


# Unpacks what `_packed` packed: state and library in a third of the size, by means that every browser has.
LOADER = """for (const packed of document.querySelectorAll("script.snnlab-packed")) {
const bytes = Uint8Array.from(atob(packed.textContent), c => c.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
const [state, library] = (await new Response(stream).text()).split("\\0");
const script = (type, text) => Object.assign(document.createElement("script"), { type, textContent: text });
packed.replaceWith(script("application/json", state), script("text/javascript", library));
}"""


def as_json(state: object) -> str:
    """`state` as JSON that may stand in a script element."""
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _packed(state: str, script: str) -> str:
    text = base64.b64encode(zlib.compress(f"{state}\0{script}".encode(), 9)).decode()
    packed = f'<script type="text/plain" class="snnlab-packed">{text}</script>'
    return f'{packed}<script type="module">{LOADER}</script>'


def block(panel: PanelFace, script: str | None, packed: bool = False, style: bool = True) -> str:
    """The panel as HTML: the still picture, and what makes it live.

    Parameters
    ----------
    panel
        The panel.
    script
        The library, or a call of one that is in the page already; None leaves the picture still.
    packed
        Compress the numbers and the script.
    style
        Whether to bring the style of the still picture.
    """
    rules = f"<style>{still_css()}</style>" if style else ""
    views = "".join(
        f'<div class="snn-view snn-{view.kind}">{still.svg(*drawn, view.title)}</div>'
        for view, drawn in zip(panel.views, pictures(panel), strict=True)
    )
    html = (
        f'<div class="snnlab-host">{rules}<figure class="snnlab" aria-label="{escape(panel.title)}">'
        f'<p class="snn-question">{escape(panel.question)}</p>'
        f'<p class="snn-result"><b>{escape(panel.headline())}</b></p>'
        f'<div class="snn-views">{views}</div><figcaption>{escape(str(panel))}</figcaption>'
    )
    if not panel.wasm or script is None:
        note = "Python computes this figure: it lives in the notebook."
        return f'{html}<p class="snn-note">{note}</p></figure></div>'
    state = {"spec": panel.spec, "wasm": base64.b64encode(panel.wasm).decode(), **_values(panel)}
    data = as_json(state)
    if packed:
        return f"{html}</figure>{_packed(data, script)}</div>"
    state_and_script = (
        f'<script type="application/json">{data}</script><script type="module">{script}</script>'
    )
    return f"{html}</figure>{state_and_script}</div>"


def _values(panel: PanelFace) -> dict[str, Any]:
    return {name: str(value) if name == "seed" else value for name, value in panel.values.items()}


def _needed(panel: PanelFace) -> set[str]:
    """The views and extras that `panel` uses, and what they share."""
    needed = {extra for extra in EXTRAS if panel.spec[extra]}
    return needed.union(*({view.kind} | view.scripts() for view in panel.views))


def document(panel: PanelFace) -> str:
    """The panel as one HTML file, with only the views and extras that it uses."""
    body = block(
        panel, library(_needed(panel), panel.spec.get("goal", {}).get("kind", False), alone=True), packed=True
    )
    frame = (
        ":root{color-scheme:light dark;background:light-dark(#fff,#14181e)}"
        "body{margin:0 auto;padding:1rem;max-width:86rem;font:16px/1.5 system-ui,sans-serif}"
        "h1{font-size:1.2rem;font-weight:600}"
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{escape(panel.title)}</title><style>{frame}</style>"
        f"<body><main><h1>{escape(panel.title)}</h1>{body}</main></body></html>\n"
    )


def pictures(panel: PanelFace) -> list[tuple[list, int, int]]:
    """The still picture of every view: its shapes, width and height."""
    result, values, controls = panel.result_in_still(), panel.values, {c.name: c for c in panel.controls}
    return [(view.shapes(result, values, controls), view.box()["width"], view.height) for view in panel.views]


def bundle(panel: PanelFace) -> dict[str, Any]:
    """All forms of the panel by mime type; the front end takes the best that it can show."""
    static = os.environ.get("SNNLAB_STATIC") == "1"
    data: dict[str, Any] = {}
    try:
        data["text/plain"] = str(panel)
        if static:
            script = "globalThis.snnlabMount?.();" if "library" in _sent else library(goals=True)
            data["text/html"] = block(panel, script, style="style" not in _sent)
            _sent.update({"style", "library"} if panel.wasm else {"style"})
        else:
            data["text/html"] = block(panel, library(goals=bool(panel.goal)), packed=True)
        data["image/png"] = still.png(pictures(panel), str(panel))
    except ImportError:  # no Matplotlib: the other forms say the same
        pass
    except Exception as error:  # a student's function may raise anything; the panel still has to appear
        words = frames.in_words(error, panel.function)
        data = {"text/plain": words, "text/html": f"<pre>{escape(words)}</pre>"}
    if not static:
        view = {"version_major": 2, "version_minor": 0, "model_id": panel.model_id}
        data["application/vnd.jupyter.widget-view+json"] = view
    return data
