"""The icons of the theme, Font Awesome, without the two thousand that no page shows.

The theme sends all of them with every page, 1.5 MB as a script. What stands in the book is a copy with the
icons that its pages and scripts name; the licence, a file beside it, stays.
"""

import re
from pathlib import Path

ICON = re.compile(
    r'(?:"(?P<quoted>[\w-]+)"|(?P<bare>[\w$]+)):\[\d+,\d+,\[(?P<also>[^\]]*)\],"[0-9a-f]+","[^"]*"\],?'
)
NAME = re.compile(r"\bfa-([a-z0-9-]+)")


def without_unused(script: str, used: set[str]) -> str:
    """The script with only the icons of which a name is in `used`.

    Examples
    --------
    >>> script = 'var p={"sun":[5,5,[9728],"f185","M0z"],moon:[3,5,[127769,"night"],"f186","M1z"]};'
    >>> without_unused(script, {"night"})
    'var p={moon:[3,5,[127769,"night"],"f186","M1z"]};'
    """

    def kept(icon: re.Match) -> str:
        names = {icon["quoted"] or icon["bare"], *re.findall(r'"([^"]+)"', icon["also"])}
        return icon[0] if names & used else ""

    return ICON.sub(kept, script)


def used_icons(folder: Path) -> set[str]:
    """The names that stand in the pages and in the scripts beside them."""
    files = [
        *folder.rglob("*.html"),
        *(file for file in folder.rglob("*.js") if file.name != "fontawesome.js"),
    ]
    return {name for file in files for name in NAME.findall(file.read_text(encoding="utf-8"))}


def _finish(app, exception):
    folder = Path(app.outdir)
    script = folder / "_static" / "scripts" / "fontawesome.js"
    if exception is None and app.builder.format == "html" and script.is_file():
        text = script.read_text(encoding="utf-8").partition("//# sourceMappingURL")[0]
        script.write_text(without_unused(text, used_icons(folder)), encoding="utf-8")
        script.with_name("fontawesome.js.map").unlink(missing_ok=True)  # it knows the whole script


def setup(app):
    """Cut the script once all pages are written."""
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
