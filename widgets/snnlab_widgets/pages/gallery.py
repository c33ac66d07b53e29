"""The playground: every panel of the course as a card, to be filtered by chapter and by idea.

In a page of the book a card has a small picture, drawn as the panel's own still picture is, and leads to the
page of its panel. In JupyterLab it has none, since nothing is computed before somebody asks for it, and the
panel appears in the place of the cards.
"""

import json
import os
import re
import unicodedata
from collections.abc import Iterator
from html import escape
from inspect import getdoc
from pathlib import Path
from typing import Any, NamedTuple

import anywidget
import traitlets
from ipywidgets import VBox

from snnlab.course.places import chapters_folder
from snnlab_widgets.pages import page
from snnlab_widgets.pages.panel_face import PanelFace
from snnlab_widgets.registry import CHAPTERS, PANELS
from snnlab_widgets.views import still

__all__ = ["Card", "cards", "gallery", "playground"]

HEAVY = 12_000
"""So many characters of a picture are too many for a card, if another view of the panel has less."""


ALL = '<button type="button" hidden>All panels</button>'
"""Brings the cards back, which go when a panel is chosen."""


class Card(NamedTuple):
    """What the playground tells of a panel."""

    name: str
    chapter: int
    title: str
    about: str
    """What it is, in a sentence."""
    question: str
    words: str
    """What the filter looks through, besides: its controls and its pictures."""

    @property
    def anchor(self) -> str:
        """Its place among the cards: what docutils makes of a heading."""
        plain = unicodedata.normalize("NFKD", self.title.lower()).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def cards() -> list[Card]:
    """The panels by chapter, in the order in which the chapters show them."""
    found = []
    for chapter, (names, _) in CHAPTERS.items():
        text = _chapter(chapter)
        for name in sorted(names, key=lambda name: text.find(f"{name}_panel(")):
            panel, about = PANELS[name](engine="kernel"), getdoc(PANELS[name]) or ""
            words = [c.label for c in panel.controls] + [view.title for view in panel.views]
            found.append(
                Card(name, chapter, panel.title, about.splitlines()[0], panel.question, " ".join(words))
            )
    return found


def chapter_title(chapter: int) -> str:
    """Such as "2. The leaky integrate-and-fire neuron"."""
    found = re.search(r'"# (\d+\. .+?)(?:\\n)?"', _chapter(chapter))
    return json.loads(f'"{found[1]}"') if found else f"{chapter}."


def _chapter(chapter: int) -> str:
    """The notebook of a chapter, and those of its excursions behind it."""
    folder = chapters_folder()
    files = sorted(folder.glob(f"{chapter:02}*.ipynb")) if folder else []
    return "".join(file.read_text(encoding="utf-8") for file in files)


def thumbnail(panel: PanelFace, title: str) -> str:
    """One of the panel's pictures as SVG: the first, or the lightest if that is heavy."""
    drawn = [still.svg(*picture, title) for picture in page.pictures(panel)]
    return drawn[0] if len(drawn[0]) < HEAVY else min(drawn, key=len)


def gallery(links: bool) -> str:
    """The cards as HTML.

    Parameters
    ----------
    links
        Whether each has a picture and leads to a page of its own; otherwise a script hears which was chosen.
    """
    listed, parts = cards(), []
    titles = {chapter: escape(chapter_title(chapter)) for chapter in CHAPTERS}
    for chapter, title in titles.items():
        inside = "".join(_card(card, links) for card in listed if card.chapter == chapter)
        heading = f'<h2 id="chapter-{chapter}">{title}</h2>'
        parts.append(
            f'<section data-chapter="{chapter}">{heading}<ul class="snn-cards">{inside}</ul></section>'
        )
    options = "".join(f'<option value="{c}">{title}</option>' for c, title in titles.items())
    return (
        '<div class="snnlab snn-gallery"><p class="snn-filter">'
        f'<label>Chapter <select><option value="">all</option>{options}</select></label>'
        '<label>Idea <input type="search" placeholder="threshold, noise, reward …"></label>'
        f'<output aria-live="polite">{len(listed)} panels</output>'
        f"{'' if links else ALL}</p>{''.join(parts)}</div>"
    )


def _card(card: Card, links: bool) -> str:
    picture = ""
    if links:
        panel = PANELS[card.name](engine="kernel")
        picture = thumbnail(panel, f"{panel.views[0].title}: {panel}")
    text = f"<b>{escape(card.title)}</b><span>{escape(card.question)}</span>"
    words = escape(f"{card.title} {card.about} {card.question} {card.words}".lower())
    link = f'<a href="{f"playground/{card.name}.html" if links else "#"}" data-name="{card.name}">'
    return f'<li id="{card.anchor}" data-words="{words}">{link}{picture}{text}</a></li>'


def in_page() -> str:
    """The cards for a page, with their style and their script."""
    style = f"<style>{page.still_css()}{page.squeezed('gallery.css')}</style>"
    script = f"(() => {{\n{page.squeezed('gallery.js')}forward();\nfilterCards(document);\n}})();"
    return f"{style}{gallery(links=True)}<script>{script}</script>"


class _Cards(anywidget.AnyWidget):
    """The cards in JupyterLab; `chosen` is the panel that was asked for."""

    _esm = page.squeezed("gallery.js") + "export default { render: renderCards };\n"
    _css = page.still_css() + page.squeezed("gallery.css")
    html = traitlets.Unicode().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)


SAID = "The panels of the course, chapter by chapter"


class _InPage:
    """The cards while the book is built, which has no widgets."""

    def __repr__(self) -> str:
        return SAID

    def _repr_html_(self) -> str:
        return in_page()


class _InLab(VBox):
    """The cards and, in their place, the panel that was chosen."""

    def __init__(self) -> None:
        self.cards = _Cards(html=gallery(links=False))
        super().__init__([self.cards])
        self.cards.observe(self._show, "chosen")

    def _show(self, change: Any) -> None:
        if change["new"] in PANELS:
            self.children = (self.cards, PANELS[change["new"]]())

    def __repr__(self) -> str:
        return SAID


def playground() -> object:
    """Every panel of the course as a card; the one that is clicked takes their place.

    Returns
    -------
    object
        What the notebook shows: a widget or, while the book is built, the cards alone, which lead to pages.

    Examples
    --------
    >>> playground()
    The panels of the course, chapter by chapter
    """
    return _InPage() if os.environ.get("SNNLAB_STATIC") == "1" else _InLab()


def panel_pages(folder: Path) -> Iterator[tuple[Card, str]]:
    """Every panel with the HTML of its page, which is kept in `folder` until the sources change."""
    folder.mkdir(parents=True, exist_ok=True)
    for card in cards():
        kept = folder / f"{card.name}.html"
        if not kept.is_file():
            block = page.block(PANELS[card.name](), "globalThis.snnlabMount?.();")
            kept.write_text(block, encoding="utf-8")
        yield card, kept.read_text(encoding="utf-8")
