"""The pages of the reference: one for each module, with an entry for each public name of it."""

import ast
import functools
import importlib
import inspect
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations, pairwise
from typing import NamedTuple

from docstring_markup import escaped, to_rst
from field_words import words_of
from public_names import Name, text_of
from reference_uses import Uses
from topics import in_order, topic_of

RULED = {"Positive": "float > 0", "NonNegative": "float ≥ 0", "AtLeastOne": "int ≥ 1"}
MOST_NEIGHBOURS = 8  # pages below "See also": those that the text names, and then kin
FROM_TOPIC = 4  # where there are none of these: what stands beside the page in its topic


class Library:
    """All public names, and what is asked about them while pages are written."""

    def __init__(self, names: list[Name], chapters: dict, panels: dict, titles: dict[str, str]):
        self.names = names
        self.by_page: dict[str, list[Name]] = defaultdict(list)
        for name in names:
            self.by_page[name.page].append(name)
        self.modules = tuple(dict.fromkeys(name.module for name in names))
        self.by_path = {name.path: name for name in names}
        self.paths = {name.name: name.path for name in reversed(names)}
        self._chapters, self._panels, self._titles = chapters, panels, titles

    def link(self, code: str, package: str = "") -> str | None:
        """Return the public name that a piece of code in a docstring means, that of its own package first."""
        plain = re.sub(r"\(.*\)$", "", code.strip(), flags=re.DOTALL)
        name = re.sub(r"^(\w+\.)*", "", plain) if plain.startswith("snnlab") else plain
        near = f"{package}.{name}"
        return near if near in self.by_path else self.paths.get(name)

    def uses(self, name: Name) -> Uses:
        """Return where a name is used."""
        keys = [(name.package, name.name), (name.module, name.name)]
        return Uses(self._found(self._chapters, keys), self._found(self._panels, keys))

    def users_of(self, module: str) -> Uses:
        """Return which panels compute with a module, by any name of it."""
        keys = [key for key in self._panels if key[0] == module]
        return Uses([], self._found(self._panels, keys))

    def told(self, uses: Uses, before: str) -> str:
        """Return a paragraph that names and links them, or nothing."""
        links = [f":doc:`{escaped(self._titles[page])} </{page}>`" for page in uses.chapters]
        links += [f":py:obj:`{panel} <snnlab_widgets.{panel}>`" for panel in uses.panels]
        return f".. container:: uses\n\n   {before} {', '.join(links)}.\n" if links else ""

    @staticmethod
    def _found(users: dict, keys: Iterable) -> list[str]:
        return sorted({user for key in keys for user in users.get(key, [])})


def page(library: Library, docname: str) -> str:
    """Return the page of a module in reStructuredText."""
    names = library.by_page[docname]
    module, package = names[0].module, names[0].package
    doc = inspect.cleandoc(importlib.import_module(module).__doc__ or "")
    first, _, rest = doc.partition("\n\n")
    title = to_rst(" ".join(first.split()).rstrip("."), lambda code: None)
    parts = [
        ":orphan:\n",
        title,
        "=" * len(title),
        f"\n.. container:: where\n\n   :doc:`The library </reference>` › ``{module}``\n",
        to_rst(rest, lambda code: library.link(code, package)),
    ]
    for name in names:
        if name.package != package:  # the page of the source leads back to all by the first one's package
            members = methods(name.value) if inspect.isclass(name.value) else []
            ids = [f"{package}.{name.name}", *(f"{package}.{name.name}.{member}" for member in members)]
            spans = "".join(f'<span id="{one}"></span>' for one in ids)
            parts.append(f"\n.. raw:: html\n\n   {spans}\n")
        parts += [
            "",
            *index_entries(name),
            *entry(name),
            textwrap.indent(library.told(library.uses(name), "Used in"), "   "),
        ]
    seen = library.users_of(module)
    own = {panel for name in names for panel in library.uses(name).panels}
    others = Uses([], [panel for panel in seen.panels if panel not in own])
    parts += ["", library.told(others, "Panels that compute with this module:")]
    if near := neighbours(library, docname):
        parts += ["", ".. rubric:: See also\n", *near]
    return "\n".join(parts).rstrip() + "\n"


def entry(name: Name) -> list[str]:
    """Return the lines that make Sphinx write the entry of a name."""
    if inspect.isclass(name.value):
        lines = [f".. autoclass:: {name.path}"]
        if members := methods(name.value):
            lines += [f"   :members: {', '.join(members)}"]
        return [*lines, ""]
    if inspect.isfunction(name.value):
        return [f".. autofunction:: {name.path}", ""]
    kind = type(name.value).__name__
    value = " ".join(repr(name.value).split())
    lines = [f".. py:data:: {name.name}", f"   :module: {name.package}"]
    lines += [] if kind.startswith("_") else [f"   :type: {kind}"]
    if len(value) <= 60 and " at 0x" not in value:
        lines += [f"   :value: {value}"]
    return [*lines, "", textwrap.indent(to_rst(text_of(name), lambda code: None), "   "), ""]


def index_entries(name: Name) -> list[str]:
    """Return the lines that put a name into the index under the words of the field.

    The mark ``!`` says that here is the main entry of a word. Without it the search puts the entry behind all
    else that it has found.
    """
    words = words_of(name.path)
    return [".. index::", *(f"   ! single: {word}" for word in words), ""] if words else []


def methods(thing: type) -> list[str]:
    """Return the public methods and properties that a class defines itself and documents."""
    return [
        name
        for name, value in vars(thing).items()
        if not name.startswith("_")
        and name not in getattr(thing, "_fields", ())
        and (inspect.isfunction(value) or isinstance(value, property | classmethod | staticmethod))
        and inspect.getdoc(getattr(thing, name))
    ]


class Field(NamedTuple):
    """A field of a named tuple."""

    name: str
    kind: str
    text: str


def fields(thing: type) -> list[Field]:
    """Return the fields of a named tuple, with the text below each of them."""
    if not hasattr(thing, "_fields"):
        return []
    body = ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0].body
    found = []
    for node, after in pairwise([*body, ast.Pass()]):
        if isinstance(node, ast.AnnAssign):
            kind = _kind(node.annotation).replace("np.ndarray", "array").strip("'\"")
            kind += f", default {ast.unparse(node.value)}" if node.value else ""
            text = after.value.value if isinstance(after, ast.Expr) else ""
            found.append(Field(ast.unparse(node.target), kind, inspect.cleandoc(text)))
    return found


def _kind(annotation: ast.expr) -> str:
    """Return the type of a field; a rule that many fields declare (`snnlab.checks`) stands behind it."""
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Annotated":
        annotation = next(ast.iter_child_nodes(annotation.slice))
    kind = ast.unparse(annotation)
    return RULED.get(kind, kind)


def returned(function: Callable) -> str:
    """Return the kind of what a function returns, as its annotation says it; nothing if there is none."""
    kind = getattr(function, "__annotations__", {}).get("return")
    if kind is None or kind is type(None):
        return ""
    if isinstance(kind, type) and not hasattr(kind, "__args__"):
        return kind.__name__.replace("ndarray", "array")
    return re.sub(r"(\w+\.)+", "", str(kind)).replace("ndarray", "array")


def with_section(doc: str, heading: str, body: str) -> str:
    """Return a docstring with a section more, before those that follow it, unless it has one of its own."""
    if re.search(rf"^{heading}\n-+$", doc, re.MULTILINE):
        return doc
    later = re.search(r"^(Raises|Examples)\n-+$", doc, re.MULTILINE)
    at = later.start() if later else len(doc)
    section = f"{heading}\n{'-' * len(heading)}\n{body}"
    return f"{doc[:at].rstrip()}\n\n{section}\n\n{doc[at:]}"


def neighbours(library: Library, docname: str) -> list[str]:
    """Return a line for each page whose text names something of this one, or is named by it, and for kin."""
    module = library.by_page[docname][0].module
    near = related(library.modules)[module]
    kin = [other for other, names in library.by_page.items() if names[0].module in near]
    linked = [other for other in library.by_page if _tell(library, docname, other)]
    linked += [other for other in kin if other not in linked][: max(0, MOST_NEIGHBOURS - len(linked))]
    linked = [other for other in library.by_page if other in linked and other != docname]
    lines = []
    for other in linked or beside(library, docname):
        names = library.by_page[other]
        if names[0].module != module:
            listed = ", ".join(f":py:obj:`{name.name} <{name.path}>`" for name in names[:6])
            more = f" and {len(names) - 6} more" if len(names) > 6 else ""
            lines.append(f"* :doc:`/{other}`: {listed}{more}")
    return lines


def beside(library: Library, docname: str) -> list[str]:
    """Return the pages that stand nearest to one in the topic that both belong to."""
    pages = {names[0].module: page for page, names in library.by_page.items()}
    module = library.by_page[docname][0].module
    order = in_order(pages, topic_of(module))
    place = order.index(module)
    nearest = sorted((one for one in order if one != module), key=lambda one: abs(order.index(one) - place))
    return [pages[one] for one in sorted(nearest[:FROM_TOPIC], key=order.index)]


@functools.cache
def related(modules: tuple[str, ...]) -> dict[str, set[str]]:
    """Return for each module those about the same idea.

    Two are, where one imports the other or both import the same helper of few, or where their names share a
    word, as `lif_alpha` and `lif_delta` do, or one name is the end of the other.
    """
    imports = {module: _imports(module) for module in modules}
    words = {module: _words(module) for module in modules}
    taken = Counter(module for found in imports.values() for module in found)
    rare = {module for module, times in taken.items() if module.count(".") == 2 and times <= MOST_NEIGHBOURS}
    kin: dict[str, set[str]] = {module: set() for module in modules}
    for one, other in combinations(modules, 2):
        helpers = imports[one] & imports[other] & rare
        short, long = sorted((one.rpartition(".")[2], other.rpartition(".")[2]), key=len)
        named = words[one] & words[other] or long.endswith(short)
        if other in imports[one] or one in imports[other] or helpers or named:
            kin[one].add(other)
            kin[other].add(one)
    return kin


def _imports(module: str) -> set[str]:
    """The modules inside of packages that a module imports; what all need stands above them."""
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    found = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return {name for name in found if name.startswith("snnlab.") and name.count(".") >= 2}


def _words(module: str) -> set[tuple[str, str]]:
    package, _, name = module.rpartition(".")
    return {(package, word) for word in name.split("_") if len(word) > 2} - {(package, "spike")}


_MENTIONED: dict[str, set[str]] = {}


def _mentioned(library: Library, docname: str) -> set[str]:
    """The pages whose names stand between backticks in the texts of this page."""
    if docname not in _MENTIONED:
        names = library.by_page[docname]
        texts = [importlib.import_module(names[0].module).__doc__ or "", *(text_of(name) for name in names)]
        codes = {code for text in texts for code in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)}
        paths = {library.link(code, names[0].package) for code in codes}
        _MENTIONED[docname] = {name.page for name in library.names if name.path in paths}
    return _MENTIONED[docname]


def _tell(library: Library, one: str, other: str) -> bool:
    return other in _mentioned(library, one) or one in _mentioned(library, other)
