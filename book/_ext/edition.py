"""The last line of every page: who wrote it, which edition it is, and what may be done with it."""

import os
import subprocess
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import snnlab

LICENCES = (
    'Text and figures: <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>. '
    'Code: <a href="https://opensource.org/license/bsd-3-clause">BSD 3-Clause</a>. '
    "Recordings: the licence named where each is used."
)


def source_date() -> str | None:
    """Return the date of the source as 2026-01-31, or None outside a repository: never today's date."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    package = Path(find_spec("snnlab").origin).parent
    try:
        # An installed copy may lie inside somebody else's repository: it is ours only if git knows the file.
        for command in (["ls-files", "--error-unmatch", "__init__.py"], ["log", "-1", "--format=%cs"]):
            git = ["git", "-C", package, *command]
            run = subprocess.run(git, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return run.stdout.strip()


def footer() -> str:
    """Return the line as HTML."""
    date = source_date()
    edition = f"Edition {snnlab.__version__}" + (f" of {date}" if date else "")
    return f'<p class="edition">The snnlab authors. {edition}. {LICENCES}</p>'


def setup(app):
    """Write the line below every page."""

    def add_footer(app, config):
        config.html_theme_options["extra_footer"] = footer()

    app.connect("config-inited", add_footer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
