"""Each panel of the playground on a page of its own, and the script that all of them share."""

import re
from html import escape
from pathlib import Path

from snnlab_widgets.pages.gallery import panel_pages
from snnlab_widgets.pages.page import library

SCRIPT = "snnlab-panels.js"


def _has_cards(app) -> bool:
    """Whether this book has the playground, which leads to the pages."""
    found = "playground" in app.env.found_docs and Path(app.env.doc2path("playground"))
    return bool(found) and "playground()" in found.read_text(encoding="utf-8")


def _pages(app):
    if app.builder.format != "html" or not _has_cards(app):
        return
    chapters = {  # those that this book has
        int(found[1]): (f"../{name}.html", app.env.titles[name].astext())
        for name in app.env.found_docs
        if (found := re.match(r"chapters/(\d\d)_", name))
    }
    kept = Path(app.config.nb_execution_cache_path) / "playground"
    for card, block in panel_pages(kept):
        home = f'<a href="../playground.html#{card.anchor}">All panels</a>'
        address, title = chapters.get(card.chapter, ("", ""))
        chapter = f' · <a href="{address}">{escape(title)}</a>' if address else ""
        about = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(card.about))  # the first line of a docstring
        body = (
            f"<section><h1>{escape(card.title)}</h1><p>{about}</p>{block}"
            f'<p class="snn-ways">{home}{chapter}</p></section>'
            f'<script src="../_static/{SCRIPT}"></script>'
        )
        yield f"playground/{card.name}", {"title": card.title, "body": body}, "page.html"


def _finish(app, exception):
    if exception is None and app.builder.format == "html":
        (Path(app.outdir) / "_static" / SCRIPT).write_text(library(), encoding="utf-8")


def setup(app):
    """Write the pages after those that are read, and the script once all are written."""
    app.connect("html-collect-pages", _pages)
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
