"""One line on the standard error that says how far something is, written over and over."""

import sys
import time
from typing import Any

__all__ = ["Bar"]


class Bar:
    """A bar of 20 blocks and a few words, at most five times a second; of a total of 0 nothing is shown."""

    def __init__(self, total: int):
        self.total, self.last, self.width = total, -1.0, 0

    def show(self, done: int, before: str, after: str = "") -> None:
        """`done` of the total, between two texts."""
        now = time.monotonic()
        if self.total and (now - self.last > 0.2 or done == self.total):
            self.last = now
            full = round(20 * done / self.total)
            text = f"{before} {'█' * full}{'░' * (20 - full)} {after}".rstrip()
            sys.stderr.write("\r" + text.ljust(self.width))
            sys.stderr.flush()
            self.width = len(text)

    def begin(self, kernel: Any, before: str) -> None:
        """What takes so long before the first step, if `kernel` has not run in this process yet."""
        if not getattr(kernel, "signatures", [True]):
            self.show(0, before, "compiling; this is kept, and takes a moment the next time")

    def end(self) -> None:
        """Go to the next line."""
        if self.width:
            sys.stderr.write("\n")
