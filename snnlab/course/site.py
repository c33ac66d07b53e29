"""`snnlab site`: the book as a folder for any web host, and as a zip that works where it is unpacked."""

import shutil
import zipfile
from pathlib import Path

from snnlab.course.building import build_book
from snnlab.course.errors import CommandError

__all__ = ["pack", "write_site"]

MARK = ".snnlab-site"  # a folder with this file was written here, and may be written again
COMMENT = b"written by snnlab site"  # the same for a zip
_LEFT_OUT = shutil.ignore_patterns(".buildinfo*")


def write_site(out: str) -> int:
    """Build the book and write it to the folder `out` and to `out`.zip.

    Parameters
    ----------
    out : str
        The folder. One that was not written by this command is left alone.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    CommandError
        If the folder or the zip is something else, or the book cannot be built.
    """
    folder = Path(out).expanduser().absolute()
    archive = folder.with_name(folder.name + ".zip")
    _ours_or_nothing(folder, archive)
    pages = build_book().parent
    _ours_or_nothing(folder, archive)  # a build takes its time
    pack(pages, folder, archive)
    megabytes = archive.stat().st_size / 1e6
    print(f"{folder} can be copied to any web host.")
    print(f"{archive.name} ({megabytes:.1f} MB) is the same in one file: unpack it and open index.html.")
    return 0


def pack(pages: Path, folder: Path, archive: Path) -> None:
    """Copy the built pages to `folder` and zip it; an older site goes only when the new one is complete."""
    fresh = folder.with_name(folder.name + ".part")
    if fresh.exists():
        shutil.rmtree(fresh)
    shutil.copytree(pages, fresh, ignore=_LEFT_OUT)
    (fresh / MARK).write_text(
        "`snnlab site` writes this folder and replaces it as a whole.\n", encoding="utf-8"
    )
    (fresh / ".nojekyll").touch()  # some hosts leave out folders that begin with _ unless they find this
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)

    part = archive.with_name(archive.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as zipped:
        zipped.comment = COMMENT
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                zipped.write(file, Path(folder.name, file.relative_to(folder)).as_posix())
    part.replace(archive)


def _ours_or_nothing(folder: Path, archive: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file: name another folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise CommandError(f"{folder} has files that are not from `snnlab site`: name another folder")
    if archive.exists() and not _is_ours(archive):
        raise CommandError(f"{archive} is not from `snnlab site`: move it away, or name another folder")


def _is_ours(archive: Path) -> bool:
    try:
        with zipfile.ZipFile(archive) as zipped:
            return zipped.comment == COMMENT
    except (zipfile.BadZipFile, OSError):
        return False
