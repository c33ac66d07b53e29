"""The first page of the reference: its topics, and below each every name with its sentence."""

import inspect
import re

from public_names import Name, first_sentence, text_of
from reference_pages import Library
from topics import TOPICS, Topic, in_order


def index(library: Library) -> str:
    """Return what stands on the first page of the reference, in Markdown."""
    pages = {names[0].module: page for page, names in library.by_page.items()}
    found = [(topic, in_order(pages, topic)) for topic in TOPICS]
    table = ["| topic | what is there |", "|:--|:--|"]
    table += [f"| [{topic.title}](#{slug(topic)}) | {topic.holds} |" for topic, modules in found if modules]
    parts = [*table, ""]
    for topic, modules in found:
        if modules:
            parts += [f"## {topic.title}", ""]
        for module in modules:
            parts += [*_page(library, pages[module]), ""]
    return "\n".join(parts)


def slug(topic: Topic) -> str:
    """Return the anchor that Sphinx gives to the heading of a topic."""
    return re.sub(r"[^a-z0-9]+", "-", topic.title.lower()).strip("-")


def _page(library: Library, docname: str) -> list[str]:
    """A page with all of its names, and the package from which they are imported."""
    names = sorted(library.by_page[docname], key=_rank)
    lines = [f"**[](/{docname})** `{names[0].shelf}`", ""]
    for name in names:
        lines.append(f"- {{py:obj}}`{name.name} <{name.path}>`: {first_sentence(text_of(name))}")
    return lines


def _rank(name: Name) -> int:
    """A simulation comes first, then what else is called, then what these take and return."""
    return 0 if name.name.startswith("simulate_") else 1 if inspect.isfunction(name.value) else 2
