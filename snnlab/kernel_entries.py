"""Where a compiled kernel is kept: one file for each signature, named by what the kernel depends on.

Numba names a file by the line on which a kernel begins and checks that its source file is the same: a comment
above a kernel loses it, and a helper that was edited in another file is not seen. Here the name is

    module.function-FINGERPRINT-SIGNATURE.cpython-311.nbc

with the fingerprint of `snnlab.dependencies`. It is taken when a signature is asked for: a kernel may call
what is defined further down, and what Numba freezes are the globals of that moment.

Versions of a kernel, as on two branches, have files of their own, and so have its signatures: processes that
compile at the same time share no index in which one of them could lose an entry. What an edit leaves behind
is removed when the same kernel is next kept, a week later.

Where many people share one installation, as on a hub, none of them may write beside its modules, and Numba
keeps what they compile in their homes. What whoever installed it has compiled lies beside the modules, and is
read there by all: `snnlab warmup` once is enough for a class.

Not kept is a function defined inside another one. Many have the same name then, with other values closed in,
and Numba's names of compiled code tell them apart within one process only: a kernel that calls two of them
would get one of them twice.
"""

import contextlib
import hashlib
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from snnlab import safe_files
from snnlab.dependencies import fingerprint

__all__ = ["Entries"]

_WEEK = 7 * 24 * 3600.0  # s


class Entries:
    """The files of one kernel. Numba's cache asks it in place of a `numba.core.caching.IndexDataCacheFile`.

    Parameters
    ----------
    kernel
        The compiled function.
    folder
        Where Numba keeps it.
    dumps
        Numba's way to turn what it compiled into bytes.
    shared
        Where it may have been kept for everybody; nothing is ever written there.

    Examples
    --------
    >>> import tempfile
    >>> from snnlab.random import uniform
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     entries, key = Entries(uniform, Path(folder), pickle.dumps), ("signature", "processor")
    ...     print(entries.load(key))
    ...     entries.save(key, "compiled")
    ...     print(entries.load(key))
    None
    compiled
    """

    def __init__(
        self, kernel: Any, folder: Path, dumps: Callable[[object], bytes], shared: Path | None = None
    ):
        function = kernel.py_func
        self._start = f"{Path(function.__code__.co_filename).stem}.{function.__qualname__}-"
        self._end = f".{sys.implementation.cache_tag}.nbc"
        self._kernel, self._folder, self._dumps = kernel, folder, dumps
        self._shared = folder if shared is None else shared
        self._stamp = ""

    def load(self, key: tuple) -> Any:
        """What was kept for a signature, or None.

        Parameters
        ----------
        key
            Types of the arguments, processor, and Numba's own hashes, which the fingerprint contains.

        Returns
        -------
        object
            What `save` was given.
        """
        self._stamp = ""
        with contextlib.suppress(TypeError):  # reads what cannot be compared: compiled in every process
            self._stamp = fingerprint(self._kernel)[:24]
        if not self._can_be_kept(key):
            return None
        content = safe_files.load(self._file(key))
        if content is None and self._shared != self._folder:
            with contextlib.suppress(OSError):  # another's, which may be closed to this user
                content = safe_files.load(self._shared / self._file(key).name)
        if content is None:
            return None
        asked, data = pickle.loads(content)
        return data if asked == key[:2] else None

    def save(self, key: tuple, data: Any) -> None:
        """Keep what was compiled since `load` was asked for the same signature.

        Parameters
        ----------
        key
            As for `load`.
        data
            What Numba made of the compiled kernel.
        """
        if self._can_be_kept(key):
            safe_files.store(self._file(key), self._dumps((key[:2], data)))
            too_old = time.time() - _WEEK
            self._remove(lambda file: self._stamp not in file.name and file.stat().st_mtime < too_old)

    def flush(self) -> None:
        """Forget every signature of the kernel as it is now."""
        self._remove(lambda file: self._stamp in file.name)

    def _can_be_kept(self, key: tuple) -> bool:
        """Not inside another function, nor with a function as argument, which is another in each process."""
        return bool(self._stamp) and "<" not in self._start and " at 0x" not in str(key[0])

    def _file(self, key: tuple) -> Path:
        signature = hashlib.sha256(str(key[:2]).encode()).hexdigest()[:12]
        return self._folder / f"{self._start}{self._stamp}-{signature}{self._end}"

    def _remove(self, is_unwanted: Callable[[Path], bool]) -> None:
        for file in self._folder.iterdir():
            if file.name.startswith(self._start) and file.name.endswith(self._end):
                with contextlib.suppress(OSError):  # another process was quicker, or is reading
                    if is_unwanted(file):
                        file.unlink()
