"""Chromium prints: which one this machine has, and how it is asked."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from snnlab.course.errors import CommandError

__all__ = ["find_chromium", "print_page"]

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "brave-browser",
)
_MAC = ("Chromium", "Google Chrome", "Microsoft Edge", "Brave Browser")
_WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
    r"Chromium\Application\chrome.exe",
)
PATIENCE = 600  # s; a chapter takes some seconds
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-sandbox",  # root has none, and the page is ours and has no scripts
    "--no-first-run",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # it prints what is here
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
)


def find_chromium(wanted: str | None = None) -> str:
    """The program that prints.

    Parameters
    ----------
    wanted : str, optional
        Its name or its path; by default one that is installed.

    Returns
    -------
    str
        Its path.

    Raises
    ------
    CommandError
        If there is none; the sentence says what to install.
    """
    if wanted:
        found = shutil.which(wanted)
        if found is None:
            raise CommandError(f"there is no program {wanted}: name Chromium, Chrome, Edge or Brave")
        return found
    for program in _places():
        if found := shutil.which(program):
            return found
    raise CommandError(
        "a PDF is printed by Chromium, Chrome, Edge or Brave, and none was found: install one of them (on "
        "Debian and Ubuntu `apt-get install chromium`), or name it with --browser"
    )


def _places() -> list[str]:
    if sys.platform == "darwin":
        return [*NAMES, *(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in _MAC)]
    roots = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
    return [*NAMES, *(str(Path(root, path)) for root in roots if root for path in _WINDOWS)]


def print_page(page: Path, file: Path, program: str) -> None:
    """Print a page to a PDF, in a profile of its own, so that an open browser is left alone.

    Parameters
    ----------
    page : Path
        The page.
    file : Path
        The PDF; one that is there is replaced when the new one is complete.
    program : str
        The path of Chromium.

    Raises
    ------
    CommandError
        If there is no PDF in the end.
    """
    with tempfile.TemporaryDirectory(prefix="snnlab-", ignore_cleanup_errors=True) as folder:
        made = Path(folder, "printed.pdf")
        command = [program, *FLAGS, f"--user-data-dir={Path(folder, 'profile')}", f"--print-to-pdf={made}"]
        try:
            run = subprocess.run(
                [*command, page.as_uri()],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                encoding="utf-8",
                errors="replace",
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired:
            raise CommandError(f"{program} has not printed in {PATIENCE // 60} minutes: try again") from None
        if not made.is_file() or not made.stat().st_size:
            said = run.stderr.strip().splitlines()[-1:] or ["it says nothing"]
            raise CommandError(f"{program} has printed nothing ({said[0]}): name another with --browser")
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(file.name + ".part")
        shutil.copyfile(made, part)
        part.replace(file)
