"""The reference of the library: a page for each module, made from its docstrings while the book is built.

A public name without an entry, an entry without a public name, and a name without a text fail the build. The
pages are written into the folder ``reference`` beside the chapters, which git does not see.
"""

import ast
import inspect
import json
import re
import textwrap
from pathlib import Path

from docstring_markup import to_rst
from first_mentions import link_first_mentions
from other_tools import link_our_column
from public_names import Name, package_of, public_names, text_of
from reference_index import index
from reference_pages import Library, fields, page, returned, with_section
from reference_uses import chapters_that_import, panels_that_import
from sphinx.util import logging

LOGGER = logging.getLogger(__name__)
HOME = "reference"
PLACE = "<!-- every name -->"


def problems(names: list[Name], entries: set[str]) -> list[str]:
    """Return what is wrong with the entries of the reference, as sentences."""
    public = {name.path for name in names}
    found = [f"{path} is public and has no entry in the reference" for path in sorted(public - entries)]
    found += [f"{path} has an entry in the reference and is not public" for path in sorted(entries - public)]
    return found + [
        f"{name.path} is public and says nothing of itself" for name in names if not text_of(name)
    ]


def _write(app, config):
    """Write the pages that have changed, take away those of modules that are gone."""
    site = config.external_site_map
    if HOME not in site:
        return
    book, pages = Path(app.srcdir), [str(docname) for docname in site]
    titles = {docname: _title(book / f"{docname}.ipynb") for docname in pages}
    library = Library(public_names(), chapters_that_import(book, pages), panels_that_import(), titles)
    app.snnlab_library, app.snnlab_sidebars = library, {}
    folder = book / HOME
    folder.mkdir(exist_ok=True)
    wanted = {f"{docname.removeprefix(HOME + '/')}.rst": docname for docname in library.by_page}
    for old in folder.glob("*.rst"):
        if old.name not in wanted:
            old.unlink()
    for file, docname in wanted.items():
        text, target = page(library, docname), folder / file
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
    config.exclude_patterns = [
        pattern for pattern in config.exclude_patterns if not pattern.startswith(f"{HOME}/")
    ]
    # Words that are links where numpydoc writes a type; it takes all others for text.
    config.numpydoc_xref_ignore = "all"
    classes = [name for name in library.names if isinstance(name.value, type)]
    config.numpydoc_xref_aliases_complete = {name.name: name.path for name in classes}


def _title(file: Path) -> str:
    if not file.is_file():
        return ""
    first = json.loads(file.read_text(encoding="utf-8"))["cells"][0]["source"]
    return "".join(first).partition("\n")[0].strip("# ")


def _translate(app, what, path, thing, options, lines):
    """Turn a docstring into reStructuredText, and add the fields of a named tuple."""
    library = app.snnlab_library
    text = "\n".join(lines)
    if what == "class" and (told := fields(thing)):
        listed = [f"{name} : {kind}\n{textwrap.indent(text, '    ')}" for name, kind, text in told]
        text = with_section(text, "Attributes", "\n".join(listed))
    if what in ("function", "method") and (kind := returned(thing)):
        text = with_section(text, "Returns", kind)
    lines[:] = to_rst(text, lambda code: library.link(code, package_of(path))).split("\n")


def _fill(app, docname, source):
    if docname == HOME and PLACE in source[0]:
        source[0] = source[0].replace(PLACE, index(app.snnlab_library))
    elif docname == "coming_from" and hasattr(app, "snnlab_library"):
        source[0] = link_our_column(source[0], app.snnlab_library)


def _home_of(app, package, name):
    """Return the module in which the source of a name stands, for the link to it."""
    known = app.snnlab_library.by_path.get(f"{package}.{name.partition('.')[0]}")
    if known is None:
        return None
    itself = isinstance(known.value, type) or callable(known.value)
    return known.value.__module__ if itself else known.module


def _keep_sidebar(app, pagename, template, context, doctree):
    """Make the table of contents at the left once: it is the same beside all these pages, but for ``../``."""
    if not pagename.startswith((f"{HOME}/", "_modules/")) or "toctree" not in context:
        return
    make = context["toctree"]

    def kept(**how):
        key = (pagename.count("/"), tuple(sorted(how.items())))
        if key not in app.snnlab_sidebars:
            app.snnlab_sidebars[key] = make(**how)
        return app.snnlab_sidebars[key]

    context["toctree"] = kept


def _signature(app, what, path, thing, options, signature, returned):
    """Write the arguments of a function with their defaults as the source has them, without annotations."""
    if what not in ("function", "method") or not inspect.isfunction(thing):
        return None
    given = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0].args
    for argument in [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]:
        if argument:
            argument.annotation = None
    if what == "method":
        del given.args[:1]
    return f"({ast.unparse(given)})", ""


def _link(app, pagename, template, context, doctree):
    """Link what a chapter names for the first time, where the chapter means that name of the library."""
    library = getattr(app, "snnlab_library", None)
    if library is None or doctree is None or not re.match(r"chapters/\d\d[a-z]?_|ten_minutes$", pagename):
        return
    imported = {name.name: name for name in library.names if pagename in library.uses(name).chapters}

    def address(word):
        path = imported[word].path if word in imported else library.link(word)
        if path is None:
            return None
        return f"{app.builder.get_relative_uri(pagename, library.by_path[path].page)}#{path}"

    context["body"] = link_first_mentions(context["body"], address)


def _check(app, env):
    if not hasattr(app, "snnlab_library"):
        return
    objects = env.get_domain("py").objects
    kinds = ("class", "exception", "function", "data")
    entries = {path for path, entry in objects.items() if entry.objtype in kinds and not entry.aliased}
    for problem in problems(app.snnlab_library.names, entries):
        LOGGER.warning(problem)


def setup(app):
    """Write the pages before Sphinx looks for pages, and check them when all have been read."""
    app.connect("config-inited", _write, priority=950)  # the table of contents is read at 900
    app.connect("source-read", _fill)
    app.connect("autodoc-process-docstring", _translate, priority=400)  # before numpydoc, at 500
    app.connect("viewcode-follow-imported", _home_of)
    app.connect("autodoc-process-signature", _signature, priority=400)
    app.connect("html-page-context", _keep_sidebar, priority=400)  # before the theme, at 500
    app.connect("html-page-context", _link)
    app.connect("env-check-consistency", _check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
