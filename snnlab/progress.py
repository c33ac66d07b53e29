"""One line on the standard error that says how far something is, written over and over."""

import sys
import time

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

    def end(self) -> None:
        """Go to the next line."""
        if self.width:
            sys.stderr.write("\n")
