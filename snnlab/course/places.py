"""Where the course lies: in the repository, in the installed package, and in the reader's own folder."""

import os
from pathlib import Path

__all__ = ["PACKAGE", "can_write", "chapters_folder", "default_copy", "repository"]

PACKAGE = Path(__file__).resolve().parents[1]


def repository() -> Path | None:
    """The repository around the package, or None if the package was installed from a wheel."""
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "book" / "_config.yml").is_file() else None


def chapters_folder() -> Path | None:
    """The folder with the chapters: a wheel carries its own, an editable install reads the repository's."""
    for folder in (PACKAGE / "course" / "chapters", PACKAGE.parent / "book" / "chapters"):
        if folder.is_dir():
            return folder
    return None


def default_copy() -> Path:
    """The reader's own folder: ``SNNLAB_HOME``, or ``snnlab-course`` in the home folder.

    Raises
    ------
    RuntimeError
        If this system names no home folder.
    """
    chosen = os.environ.get("SNNLAB_HOME")
    return Path(chosen).expanduser() if chosen else Path.home() / "snnlab-course"


def can_write(folder: Path) -> bool:
    """Whether a file can be made in `folder`, which is made if it is missing.

    Permission bits do not tell (Windows, network drives, full disks), so a file is made and removed.
    """
    trial = folder / f".snnlab-trial-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return True
