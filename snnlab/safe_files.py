"""Files of what can be made again: a damaged one is noticed, and processes do not disturb each other.

A file holds the SHA-256 of its content and then the content. It is written under another name and moved into
place, so that nobody reads half of it; of two processes that write the same file at once, either may win.
"""

import hashlib
import uuid
from pathlib import Path

__all__ = ["a_path", "load", "store"]


def a_path(name: str, value: object) -> Path:
    """`value` as the path of a file.

    Parameters
    ----------
    name
        Of the argument, for the sentence.
    value
        What was given.

    Raises
    ------
    TypeError
        If it is neither a str nor a Path.

    Examples
    --------
    >>> a_path("file", "mine.npz").suffix
    '.npz'
    """
    if not isinstance(value, str | Path):
        raise TypeError(f"{name} must be the name of a file, got {type(value).__name__}")
    return Path(value)


def load(file: Path) -> bytes | None:
    """The content of a file, or None if there is none or if it is damaged.

    Parameters
    ----------
    file
        Its path.

    Returns
    -------
    bytes or None
        What was stored.

    Raises
    ------
    OSError
        If the file cannot be read although it may be there.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     load(Path(folder, "nothing"))
    """
    try:
        kept = file.read_bytes()
    except FileNotFoundError:
        return None
    content = kept[32:]
    return content if hashlib.sha256(content).digest() == kept[:32] else None


def store(file: Path, content: bytes) -> None:
    """Keep a content, whatever the file held before; whoever may read the folder may read it.

    Parameters
    ----------
    file
        Its path; the folder is made where there is none.
    content
        What `load` returns from now on.

    Raises
    ------
    OSError
        If the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store(Path(folder, "sum"), b"4")
    ...     load(Path(folder, "sum"))
    b'4'
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{uuid.uuid4().hex}.tmp")
    try:
        draft.write_bytes(hashlib.sha256(content).digest() + content)
        draft.replace(file)
    except PermissionError:  # on Windows another process may be reading the file, which is then the same
        draft.unlink(missing_ok=True)
        if not file.exists():
            raise
    except OSError:
        draft.unlink(missing_ok=True)
        raise
