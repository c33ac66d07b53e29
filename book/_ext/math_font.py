"""The font of the equations, STIX Two Math (SIL Open Font Licence), taken from the installed package ziamath.

Nothing of it is kept in this repository. Only the glyphs of mathematics go into the book, which makes the
file a third as large; its name table, with copyright and licence, stays whole.
"""

from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from sphinx.errors import ExtensionError

# Latin, Greek, accents, punctuation, letter-like symbols, arrows, operators, mathematical alphabets.
BLOCKS = [
    (0x0020, 0x00FF), (0x02C6, 0x02DD), (0x0300, 0x036F), (0x0370, 0x03FF), (0x2000, 0x206F),
    (0x20D0, 0x20FF), (0x2100, 0x214F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF),
    (0x27C0, 0x27FF), (0x2900, 0x297F), (0x2A00, 0x2AFF), (0x1D400, 0x1D7FF),
]  # fmt: skip


def font_file() -> Path:
    """Return the font inside the installed package."""
    spec = find_spec("ziamath")
    path = spec and Path(spec.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    if not path or not path.is_file():
        raise ExtensionError("the font STIX Two Math is missing: install snnlab-course[book]")
    return path


def write_font(target: Path) -> None:
    """Write the mathematical part of the font to `target` in the WOFF format."""
    options = subset.Options(flavor="woff", layout_features=["*"], name_IDs=["*"], hinting=False)
    font = subset.load_font(font_file(), options)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for first, last in BLOCKS for code in range(first, last + 1)])
    cutter.subset(font)
    subset.save_font(font, target, options)


def _finish(app, exception):
    target = Path(app.outdir) / "vendor" / "STIXTwoMath.woff"
    if exception is None and app.builder.format == "html" and not target.exists():
        target.parent.mkdir(exist_ok=True)
        write_font(target)


def setup(app):
    """Put the font into the book once its pages are written."""
    font_file()
    app.connect("build-finished", _finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
